"""Runs of items, one behind the other in an array: where they begin, and the places of their items.

All the postings of a term are such a run, and the positions of a posting.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

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


def take_places(free: Numbers, terms: Numbers, counts: Numbers) -> Numbers:
    """Where the items of runs go, one run a term, and move the free places on.

    ``free``: (t,) where the next items of each term go; ``terms``, ``counts``: (r,), no term twice.
    One place for every item, run after run: (counts.sum(),).
    """
    found = places(free[terms], counts)
    free[terms] += counts
    return found
