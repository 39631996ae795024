"""Inverts a field: arrays of term ids to postings, by array operations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.bulk import Names
from index.joined import JoinedTerms
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings_writer import FieldArrays, width
from index.segments.runs import Numbers, add_counts, put_next, running_sums, stable_order

Array = NDArray[Any]
Ids = NDArray[np.uint32]

Room = NDArray[np.uint8]
"""Memory that the postings of one field after the other are put into: of pages that are there."""

Sorted = tuple[Ids, Ids, Ids, Array, Array, Array]
"""The arrays of a ``Batch``, in their order."""

Sort = Callable[[Array, Numbers], Sorted]
"""Sorts term ids, with how many tokens each document has."""

_WORD = 8

_kernel = kernel("inversion")


@dataclass(frozen=True, slots=True)
class Batch:
    """The postings of ``documents`` documents by term, small enough for the processor's cache.

    ``terms``: (r,) uint32, the ids of the terms that are there, ascending; ``postings``,
    ``occurrences``: (r,) uint32, how many documents and tokens each has. ``numbers``: (p,)
    documents within the batch, ascending in a term; ``frequencies``: (p,). ``positions``: (t,),
    ascending in a posting. These are as narrow as they can be: a segment's batches all wait.
    """

    documents: int
    terms: Ids
    postings: Ids
    occurrences: Ids
    numbers: Array
    frequencies: Array
    positions: Array


def sorting() -> Sort:
    """What sorts the tokens of one batch after the other, for ``batch``. Not safe under threads."""
    return sorted_by_term if _kernel is None else _kernel.Sorter().sort


def batch(ids: Array, counts: Numbers, sort: Sort) -> Batch:
    """Sort the tokens of a batch by term.

    ``ids``: (t,) uint32 term ids of all documents, one after another; ``counts``: (n,) how many
    each document has. Positions count from 0 in each document.
    """
    return Batch(len(counts), *sort(ids, counts))


def sorted_by_term(ids: Array, counts: Numbers) -> Sorted:
    """What the kernel ``inversion`` gives, by a stable sort."""
    size = len(ids)
    # Tokens come in order of document and position, and a stable sort leaves them so in a term.
    order = stable_order(ids)
    ordered = ids[order]
    of_document = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)[order]
    starts = running_sums(counts).astype(np.uint32)
    positions = order.astype(np.uint32) - starts[of_document]
    term_starts = _starts(ordered[1:] != ordered[:-1], size)
    changed = of_document[1:] != of_document[:-1]
    changed[term_starts[1:] - 1] = True
    posting_starts = _starts(changed, size)
    first = np.searchsorted(posting_starts, term_starts)
    return (
        ordered[term_starts],
        np.diff(first, append=len(posting_starts)).astype(np.uint32),
        np.diff(term_starts, append=size).astype(np.uint32),
        _narrow(of_document[posting_starts]),
        _narrow(np.diff(posting_starts, append=size)),
        _narrow(positions),
    )


def _starts(changed: NDArray[np.bool_], size: int) -> Numbers:
    """Where runs of ``size`` items begin, from where an item differs from the one before."""
    return np.concatenate([np.zeros(min(size, 1), np.int64), np.flatnonzero(changed) + 1])


def _narrow(values: Array) -> Array:
    return values.astype(width(int(values.max(initial=0))))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids of terms in their order, (v,), below ``ids``; ``terms``: those of some, (n,)."""

    ascending: Numbers
    ids: int
    terms: Callable[[Numbers], JoinedTerms]


def vocabulary(names: Names, used: Numbers) -> Vocabulary:
    """The terms of the ids ``used``, (v,), each once."""
    order = ascending(names.heads(used), lambda places: names.texts(used[places]))
    return Vocabulary(used[order], names.count, names.texts)


def used_in(fields: Iterable[Sequence[Batch]], ids: int) -> Numbers:
    """The ids below ``ids`` that are in some fields, ascending: (v,)."""
    used = np.zeros(ids, np.bool_)
    for batches in fields:
        for one in batches:
            used[one.terms] = True
    return np.flatnonzero(used)


def ascending(heads: NDArray[np.uint64], terms: Callable[[Numbers], Iterable[bytes]]) -> Numbers:
    """Where terms are in their order, told of most by their ``heads``, (t, 2); none holds a zero.

    ``terms``: gives those of some places.
    """
    order: Numbers = np.ascontiguousarray(heads[:, 0]).argsort()
    first = heads[order, 0]
    alike = np.zeros(len(first) + 1, np.bool_)
    alike[1:-1] = first[1:] == first[:-1]
    # Few terms begin with the same eight bytes.
    places = (alike[1:] | alike[:-1]).nonzero()[0]
    some = order[places]
    order[places] = some[np.lexsort((heads[some, 1], first[places]))]
    begin = heads[order[places]]
    equal = np.zeros(len(places) + 1, np.bool_)
    equal[1:-1] = (begin[1:] == begin[:-1]).all(axis=1)
    for start, stop in np.flatnonzero(equal[1:] != equal[:-1]).reshape(-1, 2).tolist():
        group = places[start : stop + 1]  # side by side: they are alike
        some = order[group]
        texts = [*terms(some)]
        order[group] = some[sorted(range(len(texts)), key=texts.__getitem__)]
    return order


def room_for(fields: Iterable[Sequence[Batch]]) -> Room:
    """Room to ``invert`` each of some fields, one after the other."""
    return np.empty(max(map(_size, fields)), np.uint8)


def invert(name: str, names: Vocabulary, batches: Sequence[Batch], room: Room) -> FieldArrays:
    """The postings with positions of a field, by term ids of ``names``.

    How much every term has is counted first, so its place is known, and every batch moves its runs
    there: a counting sort. They are in ``room``, from ``room_for``, until the next field is.
    """
    counts = np.zeros(names.ids, np.int64)
    occurrences = np.zeros(names.ids, np.int64)
    for one in batches:
        add_counts(counts, one.terms, one.postings)
        add_counts(occurrences, one.terms, one.occurrences)
    used = names.ascending[counts[names.ascending] > 0]
    counts, occurrences = counts[used], occurrences[used]
    next_posting = np.zeros(names.ids, np.int64)
    next_posting[used] = running_sums(counts)[:-1]
    next_position = np.zeros(names.ids, np.int64)
    next_position[used] = running_sums(occurrences)[:-1]
    documents, frequencies, positions = _arrays(batches, room)
    before = 0
    for one in batches:
        terms, postings = one.terms, one.postings
        put_next(documents, next_posting, terms, postings, one.numbers, before, take=False)
        put_next(frequencies, next_posting, terms, postings, one.frequencies, 0, take=True)
        put_next(positions, next_position, terms, one.occurrences, one.positions, 0, take=True)
        before += one.documents
    return FieldArrays(
        name=name,
        terms=names.terms(used),
        counts=counts,
        documents=documents,
        frequencies=frequencies,
        occurrences=occurrences,
        positions=positions,
    )


def _arrays(batches: Sequence[Batch], room: Room) -> list[Array]:
    """Room for all documents, frequencies and positions of a field."""
    arrays = []
    start = 0
    for count, dtype in _needed(batches):
        arrays.append(room[start : start + count * dtype.itemsize].view(dtype))
        start += _whole_words(count * dtype.itemsize)
    return arrays


def _needed(batches: Sequence[Batch]) -> list[tuple[int, np.dtype[Any]]]:
    """How many documents, frequencies and positions a field has, and their types."""
    postings = sum(len(one.numbers) for one in batches)
    return [
        (postings, width(sum(one.documents for one in batches), 2)),
        (postings, _widest([one.frequencies for one in batches])),
        (sum(len(one.positions) for one in batches), _widest([one.positions for one in batches])),
    ]


def _size(batches: Sequence[Batch]) -> int:
    return sum(_whole_words(count * dtype.itemsize) for count, dtype in _needed(batches))


def _whole_words(size: int) -> int:
    return -(-size // _WORD) * _WORD


def _widest(arrays: Sequence[Array]) -> np.dtype[Any]:
    return max((array.dtype for array in arrays), key=lambda dtype: dtype.itemsize)


def invert_values(name: str, values: Sequence[bytes | None]) -> FieldArrays:
    """The postings of a field whose whole value is one term; None where a document has none."""
    having = [place for place, value in enumerate(values) if value is not None]
    there = [value for value in values if value is not None]
    distinct = sorted(set(there))
    number = {value: place for place, value in enumerate(distinct)}
    ids = np.fromiter(map(number.__getitem__, there), np.uint32, len(there))
    order = stable_order(ids)
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
        order = shifted.argsort(kind="stable")
        shifted = shifted[order]
        begins = _starts(shifted[1:] != shifted[:-1], len(shifted))
        packed = shifted[begins].astype(">u8").tobytes()
        head = bytes([shift])
        terms += [head + packed[at : at + 8] for at in range(0, len(packed), 8)]
        counts.append(np.diff(begins, append=len(shifted)))
        documents.append(having[order])
    return FieldArrays(
        name=name,
        terms=terms,
        counts=np.concatenate(counts),
        documents=np.concatenate(documents).astype(np.uint32),
    )
