"""Many parts near each other in any order, or parts that may stand at one place: span by span.

For what arrays cannot tell: which of the parts each span is taken for. Documents are taken one
after the other, their spans from left to right, and what has been taken so far is kept as the set
of parts, where it ends and what it cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from search.budget import POSITION, Budget
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import Spans, nowhere, spans_of

_STATE = 40 * POSITION
"""What is taken so far, compared with a span."""

_Span = tuple[int, int, int]


def arranged(
    parts: Sequence[Spans], distance: int, budget: Budget, *, whole: bool = False
) -> Spans:
    """From the first to the last word of parts that are near, as in ``near``.

    ``whole``: every such span; else at least one of every document that has any. Only of documents
    that were looked at before the budget was spent.
    """
    kinds = {id(part): number for number, part in enumerate(parts)}
    starts = np.concatenate([part.starts for part in parts])
    ends = np.concatenate([part.ends for part in parts])
    # Equal parts are told apart by nothing, so each span stands once, for the first of them.
    of = np.repeat([kinds[id(part)] for part in parts], [len(part) for part in parts])
    rows = np.unique(np.stack([starts, ends, of]), axis=1).T.tolist()
    wanted = [kinds[id(part)] for part in parts]
    found: list[tuple[int, int]] = []
    for _, spans in groupby(rows, key=lambda row: row[0] >> DOCUMENT_SHIFT):
        if budget.spent():
            break
        found += _of_document([tuple(row) for row in spans], wanted, distance, budget, whole=whole)
    if not found:
        return nowhere()
    return spans_of(*np.array(found, np.int64).T)


def _of_document(
    spans: Sequence[_Span], wanted: Sequence[int], distance: int, budget: Budget, *, whole: bool
) -> list[tuple[int, int]]:
    """The spans of one document; without ``whole`` one of them, if there is any."""
    slots: dict[int, list[int]] = {}
    for slot, kind in enumerate(wanted):
        slots.setdefault(kind, []).append(slot)
    full = (1 << len(wanted)) - 1
    found: list[tuple[int, int]] = []
    # By parts taken, end and, where it matters, beginning: what it cost.
    states: dict[tuple[int, int, int], int] = {}
    for start, end, kind in spans:
        budget.work += _STATE * (1 + len(states))
        if budget.spent():
            break
        states = {
            state: cost for state, cost in states.items() if cost + start - state[1] <= distance
        }
        fresh = {(0, start, start): 0}
        reached = [
            ((taken, until, begin), cost + start - until)
            for (taken, until, begin), cost in states.items()
            if until < start
        ]
        for (taken, _, begin), cost in [*reached, *fresh.items()]:
            slot = next((1 << one for one in slots[kind] if not taken >> one & 1), 0)
            if not slot:
                continue
            if taken | slot == full:
                if not whole:
                    return [(start, end)]
                found.append((begin, end))
                continue
            key = taken | slot, end, begin if whole else 0
            states[key] = min(cost, states.get(key, cost))
    return found
