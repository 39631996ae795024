"""What is learned from articles: built for each segment when it is complete, kept in its own file.

``derivations`` lists all there is; ``words`` has the shapes of words, to look for near ones.
"""

from index.derived.derivations import derive
from index.derived.words import WordShapes, words_of

__all__ = ["WordShapes", "derive", "words_of"]
