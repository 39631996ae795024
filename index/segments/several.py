"""Postings of several terms of a field at once, such as of all that fit a pattern."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged
from index.segments import runs
from index.segments.postings import Array, FieldIndex

Numbers = NDArray[np.int64]


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
    times = "frequencies" if index.section("counts") is None else "counts"
    counts = np.ones(len(documents), np.int64)
    if index.section(times) is not None:
        counts = index.section_part(times, *span).astype(np.int64)
    at, sizes = ordinals - first, np.diff(postings)[ordinals - first]
    whole = len(ordinals) == last - first
    if not whole:
        taken = runs.places(postings[at] - span[0], sizes)
        documents, counts = documents[taken], counts[taken]
    firsts = runs.running_sums(counts)
    if firsts[-1] != np.diff(begins)[at].sum():
        name = index.container.name
        raise FileDamaged(name, f"positions of {index.name} do not fit its frequencies")
    if not whole:
        # Each term's positions begin where they lie, not behind those of the term before.
        before = firsts[runs.running_sums(sizes)[:-1]]
        firsts[:-1] += (begins[at] - begins[0] - before).repeat(sizes)
    read, kept = len(documents), wanted[documents].nonzero()[0]
    documents = documents[kept].astype(np.int64)
    firsts, counts = firsts[kept], counts[kept]
    if len(ordinals) > 1:
        order = documents.argsort(kind="stable")
        documents, firsts, counts = documents[order], firsts[order], counts[order]
    return Occurring(documents, firsts, counts, positions, read)
