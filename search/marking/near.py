"""Which spans stand near each other, and which whole spans they make (see ``NearQuery``).

Spans of parts that are in nobody's way are near each other when few enough words stand between
them: as many as the distance is above what they need side by side. That number is the *slack*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from search.marking.marked_text import Mark
from search.marking.work import Work

_STATES = 4
"""So many sets of parts that may stand before a span cost a unit; one that does, another."""


_SPAN = 4
"""What it costs to try one, apart from those."""


_WAY = 2
"""What it costs, for each part, to mark what is in a way to make a whole."""


class Span(NamedTuple):
    """The positions of the first and the last word of a match, and what is marked for it."""

    first: int
    last: int
    marks: tuple[Mark, ...]


class _At(NamedTuple):
    first: int
    last: int
    part: int


def near(
    parts: Sequence[Sequence[Span]], slack: int, *, ordered: bool, work: Work
) -> list[list[Span]]:
    """The spans of each part that stand near some of all other parts.

    Costs a step for each span and each set of parts that may stand before or behind it.
    """
    if not all(parts):
        return [[] for _ in parts]
    count = len(parts)
    most = (work.left - work.half) // (_SPAN * count)  # as many as can be tried at the most
    if any(len(some) > most for some in parts):
        work.partial = True
        parts = [some[:most] for some in parts]
    spans = sorted(_At(one.first, one.last, at) for at, some in enumerate(parts) for one in some)
    before = _skipped(spans, slack, ordered, work)

    def turned(one: _At) -> _At:
        return _At(-one.last, -one.first, count - 1 - one.part if ordered else one.part)

    # The same from the end, in a mirror, of what was come to.
    behind = _skipped(sorted(map(turned, before)), slack, ordered, work)
    every = (1 << count) - 1
    taking = set()
    for one, states in before.items():
        after = behind.get(turned(one), {})
        for used, skipped in states.items():
            rest = every ^ used ^ (1 << one.part)
            if ordered:
                rest = (1 << (count - 1 - one.part)) - 1
            if skipped + after.get(rest, slack + 1) <= slack:
                taking.add(one)
                break
    return [
        [span for span in some if _At(span.first, span.last, at) in taking]
        for at, some in enumerate(parts)
    ]


def _skipped(
    spans: Sequence[_At], slack: int, ordered: bool, work: Work
) -> dict[_At, dict[int, int]]:
    """How many words at the least stand between spans of other parts and each span.

    By the set of those parts, as bits; none is more than ``slack``. ``spans`` ascend. ``ordered``:
    only sets of all parts with smaller numbers.
    """
    found: dict[_At, dict[int, int]] = {}
    open_: dict[int, int] = {}  # what is skipped, less the position behind
    pending: list[tuple[int, int, int]] = []
    kept = work.half
    for one in spans:
        if work.spent(kept):
            break
        while pending and pending[0][0] < one.first:
            _, used, value = heappop(pending)
            open_[used] = min(value, open_.get(used, value))
        states = {} if ordered and one.part else {0: 0}
        for used, value in list(open_.items()):
            if value + one.first > slack:
                del open_[used]
            elif used == (1 << one.part) - 1 if ordered else not used >> one.part & 1:
                states[used] = value + one.first
        found[one] = states
        for used, skipped in states.items():
            heappush(pending, (one.last, used | 1 << one.part, skipped - one.last - 1))
        work.left -= _SPAN + len(states) + len(open_) // _STATES
    return found


def together(
    parts: Sequence[Sequence[Span]], slack: int, *, ordered: bool, work: Work
) -> list[Span]:
    """The whole spans, each with all that is marked for it in any way to make it.

    Every way is gone, so this is only for what is a part itself.
    """
    spans = sorted(
        ((span, at) for at, some in enumerate(parts) for span in some),
        key=lambda pair: (pair[0].first, pair[0].last, pair[1]),
    )
    found: dict[tuple[int, int], set[Mark]] = {}
    for chosen in _ways(spans, len(parts), slack, ordered, work):
        bounds = chosen[0].first, chosen[-1].last
        found.setdefault(bounds, set()).update(mark for span in chosen for mark in span.marks)
    return [Span(first, last, tuple(sorted(found[first, last]))) for first, last in sorted(found)]


def _ways(
    spans: Sequence[tuple[Span, int]], count: int, slack: int, ordered: bool, work: Work
) -> Iterator[list[Span]]:
    """Every choice of one span of each part, from the left to the right."""
    ways: list[tuple[int, int, int, list[Span]]] = [(0, 0, 0, [])]
    kept = work.half
    while ways:
        at, used, skipped, chosen = ways.pop()
        for number in range(at, len(spans)):
            if work.spent(kept):
                return
            work.left -= 1
            span, part = spans[number]
            gap = span.first - chosen[-1].last - 1 if chosen else 0
            if skipped + gap > slack:
                break
            free = part == len(chosen) if ordered else not used >> part & 1
            if gap < 0 or not free:
                continue
            if len(chosen) + 1 == count:
                work.left -= _WAY * count
                yield [*chosen, span]
            else:
                ways.append((number + 1, used | 1 << part, skipped + gap, [*chosen, span]))
