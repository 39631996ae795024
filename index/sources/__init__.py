"""From files to articles: one reader a format, one way to an article, one account of problems.

``read_articles`` is the entrance. Files are found, opened, unpacked and told apart in ``inputs``; a
reader of ``formats`` makes records of each. ``record`` makes an article of a record: ``columns``
know which key holds which field, ``values`` make texts and moments of what stands there, ``text``
cleans it. ``ids`` keeps the articles of files apart that give the same ids. What goes wrong becomes
an ``InputProblem`` in the ``ReadReport``.
"""

from index.sources.columns.plan import SYNONYMS
from index.sources.inputs.files import total_bytes
from index.sources.inputs.packing import Limits
from index.sources.problems import InputProblem, ProblemKind
from index.sources.reading import read_articles
from index.sources.report import ReadReport

__all__ = [
    "SYNONYMS",
    "InputProblem",
    "Limits",
    "ProblemKind",
    "ReadReport",
    "read_articles",
    "total_bytes",
]
