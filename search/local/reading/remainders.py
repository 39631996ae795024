"""Whether a term is one of a set, at a glance: a bit for each remainder of terms as numbers.

Terms of a segment are put into the set by a few array operations, many thousands in milliseconds;
sets of strings take many times that, and the room. A term that is not in the set passes for one of
it where its remainder is that of another: of 70,000 terms, one in sixty.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.segments.postings import FieldIndex

_kernel = kernel("remainders")
PRIME = 4_194_301
"""The largest below 2**22, so that sums of products of remainders fit in 64 bits."""
_WORD = 8
_WORDS = 4
LONGEST = _WORD * _WORDS
"""Bytes. Any longer term passes for one of the set."""


_Terms = Iterable[tuple[FieldIndex, int]]


class Remainders:
    """A set of terms. A term is its bytes as a little-endian number.

    ``bits``: one for each remainder by ``PRIME``, the lowest first.
    """

    def __init__(self, terms: _Terms) -> None:
        """The set of the terms of fields that more than so many documents have.

        Raises ``FileDamaged``.
        """
        self.bits = _in_arrays(terms) if _kernel is None else _compiled(terms)

    def __contains__(self, term: str) -> bool:
        """Whether a term may be in the set; True for all that are."""
        text = term.encode("utf-8", "surrogatepass")
        place = int.from_bytes(text, "little") % PRIME
        return len(text) > LONGEST or self.bits[place >> 3] >> (place & 7) & 1 == 1

    def cuts(self, term: str) -> list[tuple[int, bool]]:
        """Places in a term, ascending, whose end may be in the set; whether the beginning may."""
        if term.isascii() and len(term) <= LONGEST and _kernel is not None:
            found: list[tuple[int, bool]] = _kernel.cuts(self.bits, PRIME, term.encode())
            return found
        return [(at, term[:at] in self) for at in self._endings(term)]

    def _endings(self, term: str) -> list[int]:
        if not term.isascii() or len(term) > LONGEST:
            return [at for at in range(1, len(term)) if term[at:] in self]
        found = []
        number = int.from_bytes(term.encode(), "little")
        bits = self.bits
        for at in range(1, len(term)):
            number >>= 8
            place = number % PRIME
            if bits[place >> 3] >> (place & 7) & 1:
                found.append(at)
        return found


def _compiled(terms: _Terms) -> bytes:
    """The bits of a set, by a kernel."""
    bits = bytearray(-(-PRIME // 8))
    for index, most in terms:
        text, ends, places = map(index.all_of, ("text", "text_at", "posting_at"))
        bounds = ends.view(np.uint8), ends.itemsize, places.view(np.uint8), places.itemsize
        _kernel.mark(bits, PRIME, text, *bounds, most)
    return bytes(bits)


def _in_arrays(terms: _Terms) -> bytes:
    """The same by NumPy."""
    having = np.zeros(PRIME, np.bool_)
    for index, most in terms:
        counts = index.document_frequencies(0, index.terms)
        having[_remainders(index, (counts > most).nonzero()[0])] = True
    return np.packbits(having, bitorder="little").tobytes()


def _remainders(index: FieldIndex, ordinals: NDArray[np.int64]) -> NDArray[np.intp]:
    """Those of terms of a field: (n,). Of longer ones than ``LONGEST`` they mean nothing."""
    text, ends = index.all_of("text"), index.all_of("text_at")
    starts = ends[ordinals].astype(np.int64)
    lengths = ends[ordinals + 1] - starts
    # Eight bytes from any place on as one number, those behind the text as zeros.
    padded = np.concatenate((text, np.zeros(_WORD, np.uint8)))
    numbers: NDArray[np.uint64] = np.ndarray((len(text) + 1,), "<u8", padded.data, strides=(1,))
    found = np.zeros(len(ordinals), np.uint64)
    for word in range(_WORDS):
        some = (lengths > word * _WORD).nonzero()[0]
        inside = np.minimum(lengths[some] - word * _WORD, _WORD).astype(np.uint64)
        piece = numbers[starts[some] + word * _WORD]
        piece &= np.uint64(2**64 - 1) >> (np.uint64(64) - np.uint64(8) * inside)
        found[some] += piece % np.uint64(PRIME) * np.uint64(pow(2, 64 * word, PRIME))
    return (found % np.uint64(PRIME)).astype(np.intp)
