"""From files to articles: one reader a format, one way to an article, one account of problems.

``read_articles`` is the entrance. ``reading`` opens each file of ``files`` (``opening``), unpacks
it (``packing``), finds out what it is (``names``, ``magic``, ``logs``, ``sniffing``) and hands it
to its reader in ``formats``; each gives records, of which ``record`` makes articles with the names
of ``columns`` and the cleaning of ``cleaning``; ``ids`` keeps the articles of files apart that give
the same ids. What goes wrong becomes an ``InputProblem`` in the ``ReadReport``.
"""

from index.sources.columns import SYNONYMS
from index.sources.files import total_bytes
from index.sources.packing import Limits
from index.sources.problems import InputProblem, ProblemKind, ReadReport
from index.sources.reading import read_articles

__all__ = [
    "SYNONYMS",
    "InputProblem",
    "Limits",
    "ProblemKind",
    "ReadReport",
    "read_articles",
    "total_bytes",
]
