"""The question, as web, command line and engines share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from index.dates import local_today
from index.fields import Counted, Facet, Period
from index.light_dataclass import dataclass, few_given
from search.errors import OutOfRange, PageTooDeep, QueryTooLong
from search.limits import (
    BUDGET_MS,
    FACET_VALUES,
    LONGEST_RECENCY,
    MAX_DEPTH,
    MAX_FACET_OFFSET,
    MAX_FACET_VALUES,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    SHORTEST_RECENCY,
)
from search.response import Note


class Sort(StrEnum):
    """The order of hits. Ties fall to the newest, then to the one that was read first."""

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


class FacetSort(StrEnum):
    """The order of a facet's values.

    ``COUNT``: the commonest first, then by name; years and months: the newest first. ``NAME``: by
    name without regard to case; years and months: the oldest first.
    """

    COUNT = "count"
    NAME = "name"


_RELEVANCE = Sort.RELEVANCE
_set = object.__setattr__
_NOTHING: Mapping[Any, tuple[str, ...]] = MappingProxyType({})


def _nothing() -> Mapping[Any, tuple[str, ...]]:
    return _NOTHING


_SURE: Mapping[str, range | None] = {
    "query": range(MAX_QUERY_CHARACTERS + 1),
    "per_page": range(1, MAX_PER_PAGE + 1),
    "facet_limit": range(MAX_FACET_VALUES + 1),
    "facet_offset": range(MAX_FACET_OFFSET + 1),
    **dict.fromkeys(("typed_from", "typed_to", "partial", "facets", "facet_query", "facet_sort")),
    **dict.fromkeys(("explain", "snippets", "bodies", "budget_ms", "today", "notes")),
}
"""What ``SearchRequest.__post_init__`` has nothing to do with."""


@few_given(_SURE, anew=["today"])
@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.

    What is asked: ``query`` is the text as typed; the empty text matches every article. Without
    ``correct`` no word is replaced by another. ``today`` is the day in Asia/Jakarta from which days
    in the query count (``kemarin``); with a cursor those of its first page are meant
    (``search.cursor``). ``notes`` say how what is asked was read; they stand first in the answer.

    Filters: ``filters`` holds for a facet the values of which one must fit; different facets must
    all fit. A value that no article has exactly, but for case, stands for those of which it is a
    part (``search.values``). ``excluded`` holds in the same way what no article found may have; one
    without a value of the facet stays. ``years`` such as ``2017`` and ``months`` such as
    ``2017-05`` (of Asia/Jakarta), chosen and excluded, are read as filters are: of several years
    one must fit, and where months are given too, one of these as well. ``date_from`` and
    ``date_to`` are calendar days in Asia/Jakarta, both included; ``typed_from`` and ``typed_to``
    are the words that they are counted back by, such as ``tahun lalu``, else empty: with them,
    addresses go on counting.

    Which hits, in which order: ``page`` and ``per_page``, or ``cursor``, a ``next_cursor`` of an
    earlier answer, in the place of ``page``. ``recency`` is a half-life in days: an article that
    old scores half. ``collapse`` keeps the best of the articles that have the same text.

    What the answer has: without ``snippets`` hits have none, and nothing is marked in their titles;
    with ``bodies`` they have their whole texts. With ``facets`` it has counts and the histogram. Of
    the values of each facet it has ``facet_limit`` from the ``facet_offset``-th on, in the order of
    ``facet_sort``, and where neither ``facet_offset`` nor ``facet_query`` is given those too that
    are chosen or excluded. ``facet_query``: only values that have it in them. Without
    ``offers`` no other spelling and no days are offered, nor on any page but the first
    (``offering``).

    What it may cost: ``budget_ms`` bounds the processor time of the answer, whose work is bounded
    besides (``search.budget``), and apart from that how long a cluster is waited for
    (``search.opensearch.waiting``): what was found by then comes with the response's ``partial``
    set.

    Computed, not given: ``chosen`` is what ``filters``, ``years`` and ``months`` choose and
    ``left_out`` what ``excluded`` and its years and months exclude, by facet or period;
    ``restricted``: whether anything beside the query says which may be found. ``asks_more``:
    whether anything is ``asked`` beside it. ``offering``: whether the answer may offer other
    spellings and days.
    """

    query: str = ""
    page: int = 1
    per_page: int = 10
    cursor: str | None = None
    sort: Sort = Sort.RELEVANCE
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=_nothing)
    excluded: Mapping[Facet, tuple[str, ...]] = field(default_factory=_nothing)
    years: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    excluded_years: tuple[str, ...] = ()
    excluded_months: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    typed_from: str = field(default="", compare=False)
    typed_to: str = field(default="", compare=False)
    recency: float | None = None
    collapse: bool = False
    partial: Partial = Partial.FOLLOW
    correct: bool = True
    facets: bool = True
    facet_limit: int = FACET_VALUES
    facet_offset: int = 0
    facet_query: str = ""
    facet_sort: FacetSort = FacetSort.COUNT
    offers: bool = True
    explain: bool = False
    snippets: bool = True
    bodies: bool = False
    budget_ms: int = BUDGET_MS
    today: date = field(default_factory=local_today, compare=False)
    notes: tuple[Note, ...] = field(default=(), compare=False)
    chosen: Mapping[Counted, tuple[str, ...]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )
    left_out: Mapping[Counted, tuple[str, ...]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )
    restricted: bool = field(init=False, repr=False, compare=False, default=False)
    asks_more: bool = field(init=False, repr=False, compare=False, default=False)
    offering: bool = field(init=False, repr=False, compare=False, default=True)

    def __post_init__(self) -> None:
        """Leave out filters without a value, and of the query what a subclass of ``str`` adds.

        Raises ``QueryTooLong``, ``PageTooDeep`` and ``OutOfRange``.
        """
        self._check_query()
        if self.page < 1:
            raise OutOfRange("page", self.page, 1, MAX_DEPTH)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise OutOfRange("per_page", self.per_page, 1, MAX_PER_PAGE)
        if self.recency is not None and not SHORTEST_RECENCY <= self.recency <= LONGEST_RECENCY:
            raise OutOfRange("recency", self.recency, SHORTEST_RECENCY, LONGEST_RECENCY)
        if self.cursor is None and self.page * self.per_page > MAX_DEPTH:
            raise PageTooDeep(self.page, self.per_page)
        if not 0 <= self.facet_limit <= MAX_FACET_VALUES:
            raise OutOfRange("facet_limit", self.facet_limit, 0, MAX_FACET_VALUES)
        if not 0 <= self.facet_offset <= MAX_FACET_OFFSET:
            raise OutOfRange("facet_offset", self.facet_offset, 0, MAX_FACET_OFFSET)
        self._restrict()
        by_relevance = self.sort is _RELEVANCE
        ordinary = by_relevance and self.correct and not self.collapse and self.recency is None
        if self.restricted or not ordinary:
            _set(self, "asks_more", True)
        if not self.offers or self.page != 1 or self.cursor is not None:
            _set(self, "offering", False)

    @property
    def asked(self) -> tuple[object, ...]:
        """What is asked beside the query, in whatever order it was given; empty where nothing is.

        With the same query and the same of this, hits are the same in the same order. By relevance
        articles with only some of the words change the order of none, so ``partial`` is no part of
        it; by date ``WITH`` is, as else they are listed only where there are no others.
        """
        if not self.asks_more:
            return ()
        return (
            str(self.sort),
            self.sort is not _RELEVANCE and self.partial is Partial.WITH,
            self.correct,
            self.collapse,
            self.recency,
            self.date_from and self.date_from.toordinal(),
            self.date_to and self.date_to.toordinal(),
            *(
                sorted((str(name), sorted(set(values))) for name, values in given.items())
                for given in (self.chosen, self.left_out)
            ),
        )

    def _check_query(self) -> None:
        """Make the query a text and no more, as kernels take it. Raises ``QueryTooLong``."""
        if type(self.query) is not str:
            _set(self, "query", str.__str__(self.query))
        if len(self.query) > MAX_QUERY_CHARACTERS:
            raise QueryTooLong(len(self.query))

    def _restrict(self) -> None:
        """Set what follows from filters, where there are any."""
        if self.filters is not _NOTHING:
            _set(self, "filters", _frozen(self.filters))
        if self.excluded is not _NOTHING:
            _set(self, "excluded", _frozen(self.excluded))
        if self.filters or self.years or self.months:
            _set(self, "chosen", _given(self.filters, self.years, self.months))
        if self.excluded or self.excluded_years or self.excluded_months:
            left_out = _given(self.excluded, self.excluded_years, self.excluded_months)
            _set(self, "left_out", left_out)
        days = self.date_from is not None or self.date_to is not None
        if days or self.chosen or self.left_out:
            _set(self, "restricted", True)


def _frozen(given: Mapping[Facet, tuple[str, ...]]) -> Mapping[Facet, tuple[str, ...]]:
    """Filters by facet without those that have no value."""
    facets = {Facet(facet): tuple(values) for facet, values in given.items() if values}
    return MappingProxyType(facets) if facets else _NOTHING


def _given(
    facets: Mapping[Facet, tuple[str, ...]], years: tuple[str, ...], months: tuple[str, ...]
) -> Mapping[Counted, tuple[str, ...]]:
    """What is given of facets, that of years and months beside it."""
    found: dict[Counted, tuple[str, ...]] = dict(facets.items())
    found |= {Period.YEAR: years} if years else {}
    found |= {Period.MONTH: months} if months else {}
    return MappingProxyType(found)
