"""What is learned from articles: computed for each segment when it is complete, kept in its files.

``derivations`` is the list of it; ``words`` are the shapes of words, by which near words are found.
"""

from index.derived.derivations import derive
from index.derived.words import WordShapes, words_of

__all__ = ["WordShapes", "derive", "words_of"]
