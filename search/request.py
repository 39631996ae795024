"""The question, as web, command line and engines share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MAX_QUERY_CHARACTERS = 500
"""A longer query is refused."""

MAX_PER_PAGE = 100
"""The most hits one page may hold."""

MAX_DEPTH = 10_000
"""The deepest hit that page numbers reach; a cursor reaches all of them."""

SHORTEST_RECENCY = 0.001
"""The shortest half-life in days with which the arithmetic of ages does not overflow."""

LONGEST_RECENCY = 1_000_000
"""The longest half-life in days that still tells ages apart."""


class Sort(StrEnum):
    """The order of hits. Ties fall to the newest, then to the document number."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Facet(StrEnum):
    """A field whose values are counted and can filter the hits."""

    SOURCE = "source"
    CATEGORY = "category"
    PLACE = "place"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.

    ``query`` is the text as typed (the empty text matches every article). A facet filter holds
    the values of which one must fit, without regard to case; different facets must all fit.
    ``date_from`` and ``date_to`` are calendar days in Asia/Jakarta, both included. ``cursor`` is a
    ``next_cursor`` of an earlier answer and takes the place of ``page``. ``recency`` is a half-life
    in days: an article that old scores half. ``collapse`` keeps the best of the articles that have
    the same text. Without ``snippets`` hits have none, and nothing is marked in their titles.
    ``budget_ms`` bounds the evaluation; what was found by then is returned with ``partial`` set.
    """

    query: str = ""
    page: int = 1
    per_page: int = 10
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    recency: float | None = None
    collapse: bool = False
    facets: bool = True
    explain: bool = False
    snippets: bool = True
    budget_ms: int = 2_000
