"""Terms and pieces of terms as numbers, many at once, and how many texts have them.

The number of bytes b0, b1, ... is the sum of (bi + 1) * B**i modulo 2**64, as of Rabin and Karp
(1987), so that running sums over a whole blob give those of every piece of it. Two pieces of an
archive have one number about never; then a count is too high.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 1 << 64)
MIX = 0xC2B2AE3D27D4EB4F
BITS = 22
_HALF = np.uint64(32)
_SHIFT = np.uint64(64 - BITS)
_MANY = 64
"""So many ascending numbers for each that is looked for are not gone over."""

_kernel = kernel("hashing")


class Blob:
    """Bytes of which pieces are had as numbers. ``text``: (n,) uint8."""

    def __init__(self, text: NDArray[np.uint8]) -> None:
        self.text = text

    def numbers(self, starts: Places, ends: Places) -> Numbers:
        """The numbers of pieces: (k,). ``starts``, ``ends``: (k,), where each begins and ends.

        Raises ``IndexError`` where one lies outside the text or ends before it begins.
        """
        if _kernel is None:
            return self.plain_numbers(starts, ends)
        found: Numbers = _kernel.numbers(self.text, starts, ends, BASE)
        return found

    def plain_numbers(self, starts: Places, ends: Places) -> Numbers:
        """The same without a kernel."""
        self._require(starts, ends)
        sums, inverse = self._sums
        found = sums.take(ends)
        found -= sums.take(starts)
        found *= inverse.take(starts)
        return found

    @cached_property
    def _sums(self) -> tuple[Numbers, Numbers]:
        """The running sums over the bytes, and by what one from a place on is multiplied."""
        size = len(self.text)
        powers, inverse = POWERS.to(size)
        sums = np.zeros(size + 1, np.uint64)
        parts = self.text.astype(np.uint64)
        parts += np.uint64(1)
        parts *= powers[:size]
        np.cumsum(parts, out=sums[1:])
        return sums, inverse

    def are_within(self, starts: Places, ends: Places, first: int, last: int) -> Flags:
        """Which pieces have no byte below ``first`` and none above ``last``: (k,).

        Else as ``numbers``.
        """
        if _kernel is None:
            return self.plainly_within(starts, ends, first, last)
        found: Flags = _kernel.are_within(self.text, starts, ends, first, last)
        return found

    def plainly_within(self, starts: Places, ends: Places, first: int, last: int) -> Flags:
        """The same without a kernel, by running counts of other bytes."""
        self._require(starts, ends)
        others = np.zeros(len(self.text) + 1, np.int64)
        np.cumsum((self.text < first) | (self.text > last), out=others[1:])
        found: Flags = others[ends] == others[starts]
        return found

    def _require(self, starts: Places, ends: Places) -> None:
        """Raise ``IndexError`` unless all pieces lie in the text."""
        if len(starts) != len(ends):
            raise IndexError("the arrays do not fit each other")
        if not ((starts >= 0) & (starts <= ends) & (ends <= len(self.text))).all():
            raise IndexError("a piece lies outside the text")


class _Powers(threading.local):
    """The powers of the base and of its inverse, as many as were needed last, for each thread."""

    def __init__(self) -> None:
        self._both = np.ones((2, 1), np.uint64)

    def to(self, size: int) -> tuple[Numbers, Numbers]:
        """Those from the 0th to the ``size``th at least."""
        if self._both.shape[1] <= size:
            both = np.empty((2, size + 1), np.uint64)
            both[:, 0] = 1
            both[:, 1:] = np.array([[BASE], [INVERSE]], np.uint64)
            self._both = np.cumprod(both, axis=1, out=both)
        powers, inverse = self._both
        return powers, inverse


POWERS = _Powers()


def blob_of(texts: Sequence[bytes]) -> tuple[Blob, Places, Places]:
    """Texts as one blob, and where each begins and ends."""
    return blob_of_sizes(b"".join(texts), map(len, texts), len(texts))


def blob_of_sizes(joined: bytes, sizes: Iterable[int], count: int) -> tuple[Blob, Places, Places]:
    """The same of so many texts that are one after the other, by their sizes."""
    ends = np.cumsum(np.fromiter(sizes, np.int64, count))
    starts = np.concatenate((np.zeros(1, np.int64), ends))[:-1]
    return Blob(np.frombuffer(joined, np.uint8)), starts, ends


def numbers_of(texts: Sequence[bytes]) -> Numbers:
    """The numbers of texts: (k,)."""
    blob, starts, ends = blob_of(texts)
    return blob.numbers(starts, ends)


def distinct(numbers: Numbers) -> Numbers:
    """Each of some numbers once, ascending: (d,)."""
    ascending = np.sort(numbers)
    new = np.ones(len(ascending), np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]


def are_among(numbers: Numbers, ascending: Numbers) -> Flags:
    """Which of the numbers are among ascending ones: (k,)."""
    if not len(ascending):
        return np.zeros(len(numbers), np.bool_)
    nearest = ascending.take(places_among(ascending, numbers), mode="clip")
    found: Flags = nearest == numbers
    return found


def places_among(ascending: Numbers, numbers: Numbers) -> Places:
    """``ascending.searchsorted(numbers)`` of numbers that are spread as those of texts are."""
    if _kernel is None or len(ascending) > _MANY * len(numbers):
        return ascending.searchsorted(numbers)
    found: Places = _kernel.places(ascending, np.ascontiguousarray(numbers))
    return found


def term_numbers(field: FieldIndex) -> Numbers:
    """The numbers of the terms of a field, by their ordinals: (t,)."""
    bounds = field.all_of("text_at").astype(np.int64)
    return Blob(field.all_of("text")).numbers(bounds[:-1], bounds[1:])


NumbersOfTerms = Callable[[FieldIndex], Numbers]
"""What gives ``term_numbers``."""


class AtAGlance:
    """A set of numbers that tells at a glance what is surely not in it: of others one in 40.

    ``having``: (2 ** ``BITS``,) uint8, by the mixed number, in which the set has a ``bit``.
    """

    def __init__(
        self, numbers: Iterable[Numbers], having: NDArray[np.uint8] | None = None, bit: int = 1
    ) -> None:
        self.having = np.zeros(1 << BITS, np.uint8) if having is None else having
        self._bit = np.uint8(bit)
        for some in numbers:
            self.having[_mixed(some)] |= self._bit

    def has(self, numbers: Numbers) -> Flags:
        """Which of the numbers may be in the set: (k,); True for all that are."""
        found: Flags = (self.having[_mixed(numbers)] & self._bit) != 0
        return found


def at_a_glance(*sets: Iterable[Numbers]) -> list[AtAGlance]:
    """Up to eight sets that share a table, whose memory is large beside what is in it.

    The first has its lowest bit.
    """
    having = np.zeros(1 << BITS, np.uint8)
    return [AtAGlance(numbers, having, 1 << at) for at, numbers in enumerate(sets)]


def _mixed(numbers: Numbers) -> NDArray[np.int64]:
    mixed = numbers ^ (numbers >> _HALF)
    mixed *= np.uint64(MIX)
    mixed >>= _SHIFT
    return mixed.view(np.int64)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many texts have each of some terms: ``numbers`` distinct and ascending."""

    numbers: Numbers
    counts: NDArray[np.int64]

    def of(self, numbers: Numbers) -> NDArray[np.int64]:
        """Those of terms by their numbers, 0 of what is not among them: (k,)."""
        if not len(self.numbers):
            return np.zeros(len(numbers), np.int64)
        places = places_among(self.numbers, numbers)
        there = self.numbers.take(places, mode="clip") == numbers
        found: NDArray[np.int64] = self.counts.take(places, mode="clip") * there
        return found


def counted(
    numbers: Sequence[Numbers], texts: Sequence[NDArray[np.int64]]
) -> tuple[Counts, list[Places]]:
    """How many texts have each of the terms of some arrays, and where each array's are among them.

    ``texts``: how many have each term of an array: those of one term are added up.
    """
    found = None if _kernel is None else _kernel.sums([*numbers], [*texts])
    distinct_, sums, places = plain_sums(numbers, texts) if found is None else found
    edges = np.cumsum([len(one) for one in numbers])[:-1]
    return Counts(distinct_, sums), np.split(places, edges)


def plain_sums(
    numbers: Sequence[Numbers], texts: Sequence[NDArray[np.int64]]
) -> tuple[Numbers, NDArray[np.int64], Places]:
    """The distinct numbers and their sums, and where all are among them, without a kernel."""
    every = np.concatenate(numbers)
    order = every.argsort()
    every = every[order]
    new = np.ones(len(every), np.bool_)
    np.not_equal(every[1:], every[:-1], out=new[1:])
    begins = new.nonzero()[0]
    sums = np.add.reduceat(np.concatenate(texts)[order], begins)
    places = np.empty(len(order), np.int64)
    places[order] = np.cumsum(new) - 1
    return every[begins], sums, places
