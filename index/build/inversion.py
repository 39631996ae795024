"""Texts as arrays of term ids to postings: an inverted field without an object a token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.postings import FieldArrays

Array = NDArray[Any]

_KEY_BITS = 64


def invert(name: str, names: Sequence[str], ids: Array, counts: NDArray[np.int64]) -> FieldArrays:
    """The postings with positions of a field.

    ``ids``: (t,) term ids of all documents, one after another, each an index into ``names``;
    ``counts``: (n,) how many each document has. Positions count from 0 in each document.

    A token's rank among the sorted terms, its document and its position are packed into one 64-bit
    key, so that one sort of plain numbers puts all postings in order. Where they need more bits, a
    stable sort by the rank does, as tokens come in order of document and position.
    """
    used = np.flatnonzero(np.bincount(ids, minlength=len(names)))
    texts = [names[term].encode("utf-8", "surrogatepass") for term in used.tolist()]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    rank = np.zeros(len(names), np.uint64)
    rank[used[order]] = np.arange(len(order), dtype=np.uint64)
    starts = np.cumsum(counts) - counts
    rank_bits = max(len(order) - 1, 1).bit_length()
    document_bits = max(len(counts) - 1, 1).bit_length()
    position_bits = max(int(counts.max(initial=1)) - 1, 1).bit_length()
    ranks = rank[ids]
    if rank_bits + document_bits + position_bits <= _KEY_BITS:
        # Adding the token's place once is adding its position: subtract where its document began.
        low = (np.arange(len(counts), dtype=np.uint64) << np.uint64(position_bits)) - starts.astype(
            np.uint64
        )
        keys = ranks
        keys <<= np.uint64(document_bits + position_bits)
        keys += np.repeat(low, counts)
        keys += np.arange(len(ids), dtype=np.uint64)
        keys.sort()
        positions = keys & np.uint64((1 << position_bits) - 1)
        keys >>= np.uint64(position_bits)
        heads = keys  # rank and document
    else:
        places = np.argsort(ranks, kind="stable")
        documents = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)[places]
        positions = places.astype(np.uint64) - starts.astype(np.uint64)[documents.astype(np.int64)]
        heads = (ranks[places] << np.uint64(document_bits)) + documents
    return _gather(name, [texts[number] for number in order], heads, positions, document_bits)


def _gather(
    name: str, terms: list[bytes], heads: Array, positions: Array, document_bits: int
) -> FieldArrays:
    """Runs of one term in one document to postings."""
    new = np.empty(len(heads), np.bool_)
    new[:1] = True
    np.not_equal(heads[1:], heads[:-1], out=new[1:])
    first = np.flatnonzero(new)
    frequencies = np.diff(first, append=len(heads))
    heads = heads[first]
    term_of = (heads >> np.uint64(document_bits)).astype(np.int64)
    documents = (heads & np.uint64((1 << document_bits) - 1)).astype(np.uint32)
    return FieldArrays(
        name=name,
        terms=terms,
        counts=np.bincount(term_of, minlength=len(terms)),
        documents=documents,
        frequencies=frequencies,
        occurrences=np.bincount(term_of, frequencies, minlength=len(terms)).astype(np.int64),
        positions=positions,
    )


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
