"""The postings of a term as arrays, read from Whoosh once and kept while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

_CHECK_EVERY = 1024
_CACHE_BYTES = 64 << 20


@dataclass(frozen=True)
class Postings:
    """The live documents that have a term.

    ``documents``: (n,) uint32, ascending. ``frequencies``: (n,) float32. ``document_frequency``
    counts deleted documents too. ``complete`` is false where reading stopped at a deadline.
    """

    documents: NDArray[np.uint32]
    frequencies: NDArray[np.float32]
    document_frequency: int
    complete: bool


def read_postings(
    leaves: list[tuple[IndexReader, int]], field: str, term: str, deadline: float
) -> Postings:
    """Read a term's postings from all segments until ``deadline`` (of ``time.monotonic``)."""
    documents: list[int] = []
    frequencies: list[float] = []
    document_frequency = 0
    complete = True
    for reader, offset in leaves:
        if (field, term) not in reader:
            continue
        document_frequency += reader.doc_frequency(field, term)
        matcher = reader.postings(field, term)
        add, count, step = documents.append, frequencies.append, matcher.next
        number, weight, active = matcher.id, matcher.weight, matcher.is_active
        while complete and active():
            add(offset + number())
            count(weight())
            step()
            if len(documents) % _CHECK_EVERY == 0 and monotonic() > deadline:
                complete = False
    return Postings(
        np.array(documents, np.uint32),
        np.array(frequencies, np.float32),
        document_frequency,
        complete,
    )


class PostingsCache:
    """The postings used last, bounded in bytes. Safe under threads."""

    def __init__(self, limit: int = _CACHE_BYTES) -> None:
        self._limit = limit
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Postings | None:
        """What was put for ``(field, term)``, if it is still there."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str], postings: Postings) -> None:
        """Keep postings, dropping those used longest ago beyond the limit."""
        with self._lock:
            if key in self._kept or not len(postings.documents):
                return
            self._kept[key] = postings
            self._bytes += _size(key, postings)
            while self._bytes > self._limit:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: tuple[str, str], postings: Postings) -> int:
    """Bytes, those of the objects around the arrays included (measured with tracemalloc)."""
    arrays = postings.documents.nbytes + postings.frequencies.nbytes
    return arrays + 2 * len(key[1]) + 600
