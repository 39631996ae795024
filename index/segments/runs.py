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


def running_sums(counts: Array) -> Numbers:
    """(n,) counts or bools to the sums of those before each and, last, of all: (n + 1,)."""
    totals = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=totals[1:])
    return totals


def places(firsts: Numbers, counts: Numbers) -> Numbers:
    """The numbers from each of ``firsts`` on, as many as ``counts`` says, run after run.

    Both are (r,). One place for every item of every run: (counts.sum(),).
    """
    found = np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    found += np.arange(len(found))
    return found


def put_runs(target: Array, firsts: Numbers, counts: Numbers, items: Array) -> None:
    """Write runs of ``items``, one behind the other there, to ``target`` from ``firsts`` on.

    ``firsts``, ``counts``: (r,) the place of each run and how many items it has. ``items``:
    (counts.sum(),), of the dtype of ``target``. Raises IndexError.
    """
    if _kernel is None:
        target[places(firsts, counts)] = items
    else:
        _kernel.put_runs(target, firsts, counts, items)


_kernel = kernel("runs")
