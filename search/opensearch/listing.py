"""What a cluster is asked to count and to list for a request, and what it answered.

Counts and lists are asked for at once, unless what is to be listed depends on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from index.light_dataclass import dataclass
from index.opensearch.layout import TEXT_HASH, Dsl
from search.limits import MAX_DEPTH
from search.local.find import listing
from search.local.page.spread import NOT_COUNTED, Spread
from search.opensearch.asking import Asking, Named, counting, named, ranking
from search.opensearch.counts import Counting, folded_texts, joined
from search.opensearch.dsl.as_typed import LIFT
from search.opensearch.dsl.clauses import any_term, constant
from search.opensearch.order import Keys, Window
from search.request import Partial, SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Sought:
    """The queries of a question.

    ``strict``: what has all words; ``some``: what has some of them, None where that finds no more;
    ``scored``: the same with scores. ``complete_first``: whether by relevance the former come
    first. ``exact``: whether they find what the embedded engine does. ``ageing``: how age changes
    scores, as ``function_score`` takes it.
    """

    strict: Dsl
    some: Dsl | None
    scored: tuple[Dsl, Dsl | None]
    complete_first: bool
    exact: bool
    ageing: Dsl | None = None

    @property
    def both(self) -> Dsl:
        """What has all words, or some."""
        return self.strict if self.some is None else {"bool": {"should": [self.strict, self.some]}}

    @property
    def best(self) -> Dsl:
        """The same with scores by which the best come first."""
        if self.some is None:
            return self.scored[0]
        first = [constant(self.strict, LIFT)] if self.complete_first else []
        return {"bool": {"must": [self.scored[1]], "should": first}}

    def rest(self, folded: Sequence[str]) -> Dsl:
        """What has some words, and not all, and none of some texts."""
        left_out = [self.strict]
        if folded:
            left_out.append(any_term(TEXT_HASH, folded))
        return {"bool": {"must": [self.scored[1]], "must_not": left_out}}


@dataclass(frozen=True, slots=True)
class Listed:
    """What was counted and listed.

    ``named``: the hits of the window, after ``Listing.lead`` others; ``leading``: which of them are
    of those that come first whatever their scores. ``query``: what is listed.
    """

    total: int
    partial_total: int
    listed: int
    spread: Spread
    named: Sequence[Named]
    leading: Sequence[bool]
    query: Dsl


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a list: ``size`` hits of a query from rank ``begin`` on, or after some keys."""

    query: Dsl
    leading: bool
    size: int
    begin: int = 0
    after: Keys | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Asks for one request: its queries, counts and window."""

    request: SearchRequest
    sought: Sought
    counted: Counting
    window: Window
    asking: Asking

    @property
    def lead(self) -> int:
        """How many hits before those of the window are asked for, for the keys of the last."""
        known = self.window.after is not None or not self.window.begin
        return 0 if known or self.request.collapse else 1

    def listed(self) -> Listed:
        """Ask the cluster. Raises ``IndexUnavailable``."""
        request, sought = self.request, self.sought
        bare = replace(self.counted, request=replace(request, facets=False))
        both_counted = request.partial is Partial.WITH and sought.some is not None
        every, both = (bare, self.counted) if both_counted else (self.counted, bare)
        counts = [(sought.strict, every)]
        if sought.some is not None:
            counts.append((sought.both, both))
        parts = self._parts(None, ())
        of_strict, *found = self._answers(counts, parts or ())
        total, partial_total, of_both = every.total(of_strict), 0, of_strict
        if sought.some is not None:
            of_both, *found = found
            partial_total = max(both.total(of_both) - total, 0)
        with_some, follow = listing(request, total)
        # What is filtered by a facet counts in it as if it were not, and may be there.
        late = request.facets and with_some and not both_counted and sought.some is not None
        late = late and bool(partial_total or self.counted.filters.by)
        more = [(sought.both, self.counted)] if late else []
        missing = None
        if parts is None:
            folded = folded_texts(of_strict) if request.collapse else ()
            parts = missing = self._parts(total, folded) or []
        if more or missing:
            again = self._answers(more, missing or ())
            of_both = again.pop(0) if late else of_both
            found = again if missing else found
        spread = NOT_COUNTED
        if request.facets:
            spread = self.counted.spread(
                of_both if both_counted or late else of_strict, of_strict if late else None
            )
        hits = [
            (one, part.leading)
            for part, answer in zip(parts, found, strict=True)
            for one in named(answer, request.sort)
        ]
        leading = [leading for _, leading in hits]
        if self.asking.partial:
            total, partial_total = self._with_seen(total, partial_total, leading, follow=follow)
        return Listed(
            total,
            partial_total,
            total + partial_total if follow else total,
            spread,
            [one for one, _ in hits],
            leading,
            sought.both if follow else sought.strict,
        )

    def _with_seen(
        self, total: int, some: int, leading: Sequence[bool], *, follow: bool
    ) -> tuple[int, int]:
        """How many there are at the least where counting was cut short, and listing was not.

        ``leading``: of each hit that is listed. ``follow``: whether what has some words only may be
        among these. What a cursor says of hits before them is its reader's word, and counts not.
        """
        if not leading:
            return total, some
        before = self.window.begin - self.lead if self._after is None else 0
        both, seen = total + some, before + len(leading)
        if self.sought.some is None or not follow:
            total = max(total, seen)
        elif self.in_turn and leading[0]:
            total = max(total, before + sum(leading))
        return total, max(both, seen if follow else 0, total) - total

    def _answers(self, counts: Sequence[tuple[Dsl, Counting]], parts: Sequence[_Part]) -> list[Dsl]:
        """The aggregations of what counts queries find, then the answers to parts of a list."""
        of_counts = [
            [counting(query, one.filters.days, aggs) for aggs in one.aggregations()]
            for query, one in counts
        ]
        collapsed = TEXT_HASH if self.request.collapse else ""
        lists = [
            ranking(
                one.query,
                self.counted.filters.every,
                self.request.sort,
                one.size,
                one.begin,
                one.after,
                ageing=self.sought.ageing,
                collapsed=collapsed,
            )
            for one in parts
        ]
        found = iter(self.asking.answers([*chain(*of_counts), *lists]))
        return [
            *(
                joined([one["aggregations"] for one in islice(found, len(asked))])
                for asked in of_counts
            ),
            *found,
        ]

    def _parts(self, total: int | None, folded: Sequence[str]) -> list[_Part] | None:
        """The parts that the window needs; None where ``total`` has to be known for it.

        ``total``: how many have all words; ``folded``: the repeated texts of these.
        """
        request, sought, window = self.request, self.sought, self.window
        by_score, partial = request.sort is Sort.RELEVANCE, request.partial
        if self.in_turn:
            return self._in_turn(total, folded)
        if partial is Partial.FOLLOW and self._lists_both and not by_score and total is None:
            return None
        follow = by_score or partial is Partial.WITH or not total
        query: Dsl | None = sought.scored[0] if by_score else sought.strict
        if self._lists_both and follow:
            query = sought.scored[1] if by_score else sought.both
        assert query is not None
        part = _Part(query, True, self._size, window.begin - self.lead, self._after)
        return [part] if part.size else []

    def _in_turn(self, total: int | None, folded: Sequence[str]) -> list[_Part] | None:
        """The same where what has all words comes before all else."""
        window, after = self.window, self._after
        begin, size = window.begin - self.lead, self._size
        if total is None and (self.request.collapse or (begin and after is None)):
            return None
        strict, rest = self.sought.scored[0], self.sought.rest(folded)
        if after is not None and not window.leading:
            return [_Part(rest, False, size, 0, after)]
        if after is not None or total is None:
            return [_Part(strict, True, size, 0, after), _Part(rest, False, size)]
        leading = min(max(total - begin, 0), size)
        parts = [
            _Part(strict, True, leading, begin),
            _Part(rest, False, size - leading, max(begin - total, 0)),
        ]
        return [one for one in parts if one.size]

    @property
    def in_turn(self) -> bool:
        """Whether what has some words only is listed behind what has all."""
        by_score = self.request.sort is Sort.RELEVANCE
        return by_score and self.sought.complete_first and self._lists_both

    @property
    def _lists_both(self) -> bool:
        """Whether what has some words only may be listed."""
        return self.sought.some is not None and self.request.partial is not Partial.OFF

    @property
    def _size(self) -> int:
        """How many hits are asked for."""
        end = self.window.end
        if self.request.collapse:  # which goes no further
            end = min(end, MAX_DEPTH)
        return max(end - self.window.begin, 0) + self.lead

    @property
    def _after(self) -> Keys | None:
        return None if self.request.collapse else self.window.after
