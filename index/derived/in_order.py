"""The tokens of a segment's texts in the order of the texts, put together from positions.

An inverted index has for each term where it stands; what follows from which words are neighbours
needs it the other way round. Memory is bounded: of many or long texts only some are put together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.container import Array
from index.segments.postings import FieldIndex
from index.segments.runs import Numbers, places, running_sums

_kernel = kernel("in_order")

_AT_ONCE = 1 << 20
"""So many positions are looked at together, or those of one term."""


@dataclass(frozen=True, slots=True)
class InOrder:
    """Texts one after the other.

    ``tokens``: (t,) uint32, one more than the ordinals of their terms, 0 for those that were left
    out. ``starts``: (n + 1,) int64, where each text begins. ``step``: these are the documents whose
    number is a multiple of it.
    """

    tokens: NDArray[np.uint32]
    starts: Numbers
    step: int


def in_order(
    index: FieldIndex, size: int, terms: Numbers | None = None, most: int | None = None
) -> InOrder:
    """The texts of a field of a segment of ``size`` documents.

    ``terms``: ordinals, ascending, of those that are not left out; all if None. If texts have more
    than about ``most`` tokens, every second, third ... of them. Raises ``FileDamaged``.
    """
    if terms is None:
        terms = np.arange(index.terms)
    compiled = None if _kernel is None else _kernel.Postings(index)
    lengths = _lengths(index, size) if compiled is None else compiled.lengths(size)
    total = int(lengths.sum())
    if total != len(index.all_of("positions")):
        raise index.damaged("its positions differ in number")
    step = 1 if most is None else max(1, -(-total // most))
    lengths[np.arange(size) % step > 0] = 0
    starts = running_sums(lengths)
    tokens = np.zeros(int(starts[-1]), np.uint32)
    if compiled is None:
        _put(index, tokens, starts, terms, step)
    else:
        compiled.put(tokens, starts, terms, step)
    return InOrder(tokens, starts, step)


def _often(index: FieldIndex) -> Array:
    """How often each posting's document has its term."""
    counts = index.times
    return np.ones(len(index.all_of("documents")), np.uint8) if counts is None else counts.all()


def _lengths(index: FieldIndex, size: int) -> Numbers:
    return np.bincount(index.all_of("documents"), _often(index), size).astype(np.int64)


def _put(
    index: FieldIndex, tokens: NDArray[np.uint32], starts: Numbers, terms: Numbers, step: int
) -> None:
    """Write one more than the ordinals of terms where they stand in ``tokens``."""
    documents, often = index.all_of("documents"), _often(index)
    begins = starts[:-1].astype(np.uint32) if starts[-1] < 1 << 32 else starts[:-1]
    posting_at, position_at = index.all_of("posting_at"), index.all_of("position_at")
    positions = index.all_of("positions")
    ends = running_sums(np.diff(position_at)[terms])
    first = 0
    while first < len(terms):
        end = int(ends.searchsorted(ends[first] + _AT_ONCE, "right")) - 1
        some = terms[first : max(end, first + 1)]
        first += len(some)
        from_, to = posting_at[some].astype(np.int64), posting_at[some + 1].astype(np.int64)
        rows = places(from_, to - from_)
        ordinals = np.repeat(some + 1, to - from_).astype(np.uint32)
        having, times = documents[rows], often[rows]
        from_, to = position_at[some].astype(np.int64), position_at[some + 1].astype(np.int64)
        within = positions[places(from_, to - from_)]
        at = np.add(np.repeat(begins[having], times), within, dtype=begins.dtype)
        ordinals = np.repeat(ordinals, times)
        if step > 1:
            looked_at = np.repeat(having % step == 0, times)
            at, ordinals = at[looked_at], ordinals[looked_at]
        if int(at.max(initial=0)) >= max(len(tokens), 1):
            raise index.damaged("a position is behind its text")
        tokens[at] = ordinals
