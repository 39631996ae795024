"""Runs of items, one behind the other in an array: where they begin, and the places of their items.

All the postings of a term are such a run, and the positions of a posting.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel

Array = NDArray[Any]
Numbers = NDArray[np.int64]

_HALF = 16


def running_sums(counts: Array) -> Numbers:
    """(n,) counts or bools to the sums of those before each and, last, of all: (n + 1,)."""
    totals = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=totals[1:])
    return totals


def stable_order(ids: NDArray[np.uint32]) -> Numbers:
    """A stable argsort of (t,) ids: NumPy sorts 16-bit numbers by radix, one half at a time."""
    order: Numbers = np.argsort(ids.astype(np.uint16), kind="stable")
    high = ids >> np.uint32(_HALF)
    if high.any():
        order = order[np.argsort(high.astype(np.uint16)[order], kind="stable")]
    return order


def places(firsts: Numbers, counts: Numbers) -> Numbers:
    """The numbers from each of ``firsts`` on, as many as ``counts`` says, run after run.

    Both are (r,). One place for every item of every run: (counts.sum(),).
    """
    found = np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    found += np.arange(len(found))
    return found


def put_next(  # noqa: PLR0917 - arrays that belong together
    target: Array,
    free: Numbers,
    terms: NDArray[np.uint32],
    counts: NDArray[np.uint32],
    items: Array,
    more: int,
    *,
    take: bool,
) -> None:
    """Write the next items of terms, run after run, to where their places are free in ``target``.

    ``free``: where the next item of a term goes, by its number. ``terms``, ``counts``: (r,) terms,
    each once, and how many of the items each has; ``more`` is added to each item. The places are
    free no more if ``take``. Raises IndexError.
    """
    if _kernel is not None:
        _kernel.put_next(target, free, terms, counts, items, more, take)
        return
    firsts, sizes = free[terms], counts.astype(np.int64)
    target[places(firsts, sizes)] = items.astype(target.dtype) + target.dtype.type(more)
    if take:
        free[terms] = firsts + sizes


def add_counts(totals: Numbers, terms: NDArray[np.uint32], counts: NDArray[np.uint32]) -> None:
    """Add the counts of terms, (r,), each once, to their ``totals``. Raises IndexError."""
    if _kernel is None:
        totals[terms] += counts
    else:
        _kernel.add_counts(totals, terms, counts)


def first_items(items: Array, counts: Array) -> Array:
    """The first item of each run, (r,); ``counts``: how many each has."""
    if _kernel is not None and counts.dtype.kind == "u":
        found: Array = _kernel.first_items(items, counts)
    else:
        found = items[running_sums(counts)[:-1]]
    return found


_kernel = kernel("runs")
