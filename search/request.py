"""The question, as web, command line and engines share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from index.dates import local_today
from index.fields import Facet
from search.errors import OutOfRange, PageTooDeep, QueryTooLong
from search.limits import (
    BUDGET_MS,
    LONGEST_RECENCY,
    MAX_DEPTH,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    SHORTEST_RECENCY,
)


class Sort(StrEnum):
    """The order of hits. Ties fall to the newest, then to the document number."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Partial(StrEnum):
    """What becomes of articles that have only some of a query's words.

    ``FOLLOW``: by relevance they are listed behind those that have all words (in a question, and
    where many words may be lacking, among them by their scores); facets, histogram and orders by
    date are over the latter while there are any. ``WITH``: the same order, but facets, histogram
    and orders by date are over both. ``OFF``: they are left out.
    """

    FOLLOW = "follow"
    WITH = "with"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.

    ``query`` is the text as typed (the empty text matches every article). ``filters`` holds for a
    facet the values of which one must fit; different facets must all fit. A value that no article
    has exactly, but for case, stands for those of which it is a part (``search.values``).
    ``date_from`` and ``date_to`` are calendar days in Asia/Jakarta, both included. ``cursor`` is a
    ``next_cursor`` of an earlier answer and takes the place of ``page``. ``recency`` is a half-life
    in days: an article that old scores half. ``collapse`` keeps the best of the articles that have
    the same text. Without ``correct`` no word is replaced by another. Without ``snippets`` hits
    have none, and nothing is marked in their titles; with ``bodies`` they have their whole texts.
    ``budget_ms`` bounds the processor
    time of the answer, whose work is bounded besides (``search.budget``): what was found by then
    comes with the response's ``partial`` set. ``today`` is the day in Asia/Jakarta from which days
    in the query count (``kemarin``); with a cursor those of its first page are meant
    (``search.cursor``).
    """

    query: str = ""
    page: int = 1
    per_page: int = 10
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    recency: float | None = None
    collapse: bool = False
    partial: Partial = Partial.FOLLOW
    correct: bool = True
    facets: bool = True
    explain: bool = False
    snippets: bool = True
    bodies: bool = False
    budget_ms: int = BUDGET_MS
    today: date = field(default_factory=local_today, compare=False)

    def __post_init__(self) -> None:
        """Leave out filters without a value.

        Raises ``QueryTooLong``, ``PageTooDeep`` and ``OutOfRange``.
        """
        if len(self.query) > MAX_QUERY_CHARACTERS:
            raise QueryTooLong(len(self.query))
        if self.page < 1:
            raise OutOfRange("page", self.page, 1, MAX_DEPTH)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise OutOfRange("per_page", self.per_page, 1, MAX_PER_PAGE)
        if self.recency is not None and not SHORTEST_RECENCY <= self.recency <= LONGEST_RECENCY:
            raise OutOfRange("recency", self.recency, SHORTEST_RECENCY, LONGEST_RECENCY)
        if self.cursor is None and self.page * self.per_page > MAX_DEPTH:
            raise PageTooDeep(self.page, self.per_page)
        some = {Facet(facet): tuple(given) for facet, given in self.filters.items() if given}
        object.__setattr__(self, "filters", MappingProxyType(some))
