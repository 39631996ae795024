"""From files to articles: one reader a format, one way to an article, one account of problems.

``read_articles`` is the entrance. ``reading`` finds out the format of each file of ``files`` and
hands its ``streams`` to ``textfile``, ``jsonlines``, ``jsonvalues`` or ``tables``; each gives
records, of which ``record`` makes articles with the names of ``fields`` and the cleaning of
``cleaning``; what goes wrong becomes an ``InputProblem`` in the ``ReadReport``.
"""

from index.sources.columns import SYNONYMS
from index.sources.files import total_bytes
from index.sources.problems import InputProblem, ProblemKind
from index.sources.reading import read_articles
from index.sources.report import ReadReport

__all__ = ["SYNONYMS", "InputProblem", "ProblemKind", "ReadReport", "read_articles", "total_bytes"]
