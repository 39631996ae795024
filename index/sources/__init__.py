"""From files to articles: one reader a format, one way to an article, one account of problems.

``read_articles`` is the entrance. ``reading`` finds out the format of each file of ``files`` and
hands its ``streams`` to the reader of ``formats``; each gives records, of which ``record`` makes
articles. Which column holds which field is known to ``columns`` by the words of its name
(``name_words``, ``name_grammar``, ``name_meanings``) and by ``paths``. What goes wrong becomes an
``InputProblem`` in the ``ReadReport``, whose ``account`` tells what was taken from which column.
"""

from index.sources.columns import SYNONYMS
from index.sources.files import total_bytes
from index.sources.problems import InputProblem, ProblemKind
from index.sources.reading import read_articles
from index.sources.report import ReadReport

__all__ = ["SYNONYMS", "InputProblem", "ProblemKind", "ReadReport", "read_articles", "total_bytes"]
