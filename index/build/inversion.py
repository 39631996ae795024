"""Texts as arrays of term ids to postings: an inverted field without an object a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.postings import FieldArrays

Array = NDArray[Any]
Numbers = NDArray[np.int64]

_HALF = 16


def invert(
    name: str, names: Sequence[str], batches: Sequence[tuple[Array, Numbers]]
) -> FieldArrays:
    """The postings with positions of a field.

    ``batches``: of each batch of documents ``(ids, counts)``, (t,) uint32 term ids of all its
    documents, one after another, each an index into ``names``, and (n,) how many each document has.
    Positions count from 0 in each document.

    This is a counting sort by term: how often every term comes is counted first, so its tokens'
    places are known, and every batch, small enough for the processor's cache, moves there at once.
    Tokens come in order of document and position, and stay so within a term.
    """
    totals = np.zeros(len(names), np.int64)
    for ids, _ in batches:
        totals += np.bincount(ids, minlength=len(names))
    used = np.flatnonzero(totals)
    texts = [names[term].encode("utf-8", "surrogatepass") for term in used.tolist()]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    occurrences = totals[used[order]]
    starts = np.cumsum(occurrences) - occurrences
    free = np.zeros(len(names), np.int64)  # of each term, where its next token goes
    free[used[order]] = starts
    size = int(occurrences.sum())
    documents = np.empty(size, np.uint32)
    positions = np.empty(size, np.uint32)
    before = 0
    for ids, counts in batches:
        where, place = _places(ids, free)
        begins = np.cumsum(counts) - counts
        of_document = np.repeat(np.arange(before, before + len(counts), dtype=np.uint32), counts)
        within = np.arange(len(ids), dtype=np.uint32) - np.repeat(begins.astype(np.uint32), counts)
        documents[place] = of_document[where]
        positions[place] = within[where]
        before += len(counts)
    new = np.empty(size, np.bool_)
    new[:1] = True
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    new[starts] = True
    first = np.flatnonzero(new)
    frequencies = np.empty(len(first), np.int64)
    np.subtract(first[1:], first[:-1], out=frequencies[:-1])
    frequencies[-1:] = size - first[-1:]
    bounds = np.searchsorted(first, np.append(starts, size))
    return FieldArrays(
        name=name,
        terms=[texts[number] for number in order],
        counts=np.diff(bounds),
        documents=documents[first],
        frequencies=frequencies,
        occurrences=occurrences,
        positions=positions,
    )


def _places(ids: Array, free: Numbers) -> tuple[Numbers, Numbers]:
    """The tokens of a batch in order of their ids, and where each goes; ``free`` moves on."""
    order = _stable_order(ids)
    ordered = ids[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    starts = np.concatenate([np.zeros(min(len(ids), 1), np.int64), edges])
    runs = np.diff(starts, append=len(ids))
    terms = ordered[starts]
    place = np.repeat(free[terms] - starts, runs)
    place += np.arange(len(ids))
    free[terms] += runs
    return order, place


def _stable_order(ids: Array) -> Numbers:
    """A stable argsort of (t,) uint32: NumPy sorts 16-bit numbers by radix, one half at a time."""
    order: Numbers = np.argsort(ids.astype(np.uint16), kind="stable")
    high = ids >> np.uint32(_HALF)
    if high.any():
        order = order[np.argsort(high.astype(np.uint16)[order], kind="stable")]
    return order


def invert_values(name: str, values: Sequence[bytes | None]) -> FieldArrays:
    """The postings of a field whose whole value is one term; None where a document has none."""
    distinct = sorted({value for value in values if value is not None})
    number = {value: place for place, value in enumerate(distinct)}
    having = [place for place, value in enumerate(values) if value is not None]
    ids = np.fromiter((number[value] for value in values if value is not None), np.int64)
    order = np.argsort(ids, kind="stable")
    return FieldArrays(
        name=name,
        terms=distinct,
        counts=np.bincount(ids, minlength=len(distinct)),
        documents=np.array(having, np.uint32)[order],
    )


def invert_numbers(
    name: str, numbers: NDArray[np.uint64], present: Array, step: int
) -> FieldArrays:
    """The postings of a field of 64-bit numbers, as Whoosh's NUMERIC field indexes them.

    ``numbers``: (n,) sortable, ``present``: (n,) bool. Each number is a term at every shift of
    ``step`` bits: the shift as one byte, then the shifted number, big-endian.
    """
    having = np.flatnonzero(present)
    terms: list[bytes] = []
    counts = []
    documents = []
    for shift in range(0, 64, step):
        shifted = numbers[having] >> np.uint64(shift)
        distinct, ids = np.unique(shifted, return_inverse=True)
        packed = distinct.astype(">u8").tobytes()
        head = bytes([shift])
        terms += [head + packed[at : at + 8] for at in range(0, len(packed), 8)]
        counts.append(np.bincount(ids, minlength=len(distinct)))
        documents.append(having[np.argsort(ids, kind="stable")])
    return FieldArrays(
        name=name,
        terms=terms,
        counts=np.concatenate(counts),
        documents=np.concatenate(documents).astype(np.uint32),
    )
