"""Postings of several terms of a field at once, such as of all that fit a pattern."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged
from index.light_dataclass import dataclass
from index.segments import runs
from index.segments.postings import Array, FieldIndex

Numbers = NDArray[np.int64]

_FEW = 4
"""Terms that have one posting of so many from the first of them to the last are gathered."""


@dataclass(frozen=True, slots=True)
class Occurring:
    """Documents that have one of some terms, ascending, once for each term: (n,) each.

    ``firsts``: where the positions of each begin in ``positions``; ``counts``: how many they are.
    ``read``: of how many postings of the terms these are.
    """

    documents: Numbers
    firsts: Numbers
    counts: Numbers
    positions: Array
    read: int


def documents_of(index: FieldIndex, ordinals: Numbers) -> Array:
    """The documents of some terms, one or more, ascending: one term's after the other.

    Raises ``FileDamaged``.
    """
    first, last = int(ordinals[0]), int(ordinals[-1]) + 1
    bounds = index.section_part("posting_at", first, last + 1).astype(np.int64)
    found = index.section_part("documents", int(bounds[0]), int(bounds[-1]))
    if len(ordinals) == last - first:
        return found
    at = ordinals - first
    starts = bounds[at] - bounds[0]
    gathered: Array = found[runs.places(starts, bounds[at + 1] - bounds[at])]
    return gathered


def occurring(index: FieldIndex, ordinals: Numbers, wanted: NDArray[np.bool_]) -> Occurring:
    """Where some terms, one or more, ascending, stand in the documents of ``wanted``: (size,).

    Raises ``FileDamaged``.
    """
    first, last = int(ordinals[0]), int(ordinals[-1]) + 1
    postings = index.section_part("posting_at", first, last + 1).astype(np.int64)
    begins = index.section_part("position_at", first, last + 1).astype(np.int64)
    span = int(postings[0]), int(postings[-1])
    documents = index.section_part("documents", *span)
    positions = index.section_part("positions", int(begins[0]), int(begins[-1]))
    times = index.times
    at, sizes = ordinals - first, np.diff(postings)[ordinals - first]
    taken: NDArray[np.int64] | slice = slice(None)
    gathered = int(sizes.sum()) * _FEW < len(documents)
    if gathered:
        taken = runs.places(postings[at] - span[0], sizes)
    documents = documents[taken]
    counts: Array = np.ones(len(documents), np.uint8)
    if times is not None:
        counts = times.part(*span)[taken]
    firsts = runs.running_sums(counts)
    if gathered:
        # Each term's positions begin where they lie, not behind those of the term before.
        ends = firsts[runs.running_sums(sizes)]
        if (np.diff(ends) != np.diff(begins)[at]).any():
            raise _damaged(index)
        firsts = firsts[:-1] + (begins[at] - begins[0] - ends[:-1]).repeat(sizes)
    elif firsts[-1] != len(positions):
        raise _damaged(index)
    read, kept = len(documents), wanted[documents].nonzero()[0]
    if not gathered and len(ordinals) < last - first:
        of_term = np.zeros(last - first, np.bool_)
        of_term[at] = True
        kept = kept[of_term[(postings - span[0]).searchsorted(kept, "right") - 1]]
    documents, counts = documents[kept].astype(np.int64), counts[kept].astype(np.int64)
    firsts = firsts[kept]
    if len(ordinals) > 1:
        order = documents.argsort(kind="stable")
        documents, firsts, counts = documents[order], firsts[order], counts[order]
    return Occurring(documents, firsts, counts, positions, read)


def _damaged(index: FieldIndex) -> FileDamaged:
    name = index.container.name
    return FileDamaged(name, f"positions of {index.name} do not fit its frequencies")
