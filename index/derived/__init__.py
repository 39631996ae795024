"""What is learned from articles: computed for each segment when it is complete, kept in its files.

``derivations`` is the list of it; ``words`` are the shapes of words, by which near words are found;
``capitals`` is how words with capitals inside are written, ``small`` which are written without any;
``titles`` are the words of titles in their order, ``pairs`` the words side by side in bodies,
``sentences`` where the sentences of bodies begin.
"""

from index.derived.capitals import written_in
from index.derived.derivations import (
    Deriving,
    Told,
    derive,
    told_by_encoder,
    told_by_merged,
    told_by_segments,
)
from index.derived.pairs import Pairs, merged_pairs, pairs_of
from index.derived.sentences import Sentences, sentences_of
from index.derived.titles import Titles, titles_of
from index.derived.words import WordShapes, words_of

__all__ = [
    "Deriving",
    "Pairs",
    "Sentences",
    "Titles",
    "Told",
    "WordShapes",
    "derive",
    "merged_pairs",
    "pairs_of",
    "sentences_of",
    "titles_of",
    "told_by_encoder",
    "told_by_merged",
    "told_by_segments",
    "words_of",
    "written_in",
]
