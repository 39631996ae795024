"""Byte strings to ids by array operations: an exact hash table that is asked in bulk.

A string of up to 8 bytes is one 64-bit word, one of up to 16 two, one of up to 32 four; longer ones
are rare and go through a dict. The words are looked up in open-addressing tables that hold the
words themselves, so every hit is compared in full: a hash collision costs one more probe and never
gives a wrong id. Strings hold no zero byte, so that padding with zeros is unambiguous.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

PADDING = 48
"""How many zero bytes a buffer must end with, as loads run past the end of a string."""

_LONGEST = 32
_FIRST_BITS = (18, 18, 14)
_U64 = np.uint64
_FACTORS = tuple(
    # The primes of xxHash64 (Collet, Y.), as odd multipliers of a multiplicative hash.
    _U64(factor)
    for factor in (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63)
)

Words64 = NDArray[np.uint64]
"""Machine words: 8 bytes of a string each."""
Numbers = NDArray[np.int64]
Ids = NDArray[np.int32]
NewIds = Callable[[Numbers], Ids]

if sys.byteorder != "little":  # pragma: no cover
    raise ImportError("index.analysis.interning needs a little-endian machine")


class Interner:
    """One vocabulary with stable ids from 0 on; of a call's new strings the short ones come first.

    ``distinct``: id to string.
    """

    def __init__(self) -> None:
        self.distinct: list[bytes] = []
        self._tables = tuple(
            _Table(words, bits) for words, bits in zip((1, 2, 4), _FIRST_BITS, strict=True)
        )
        self._long: dict[bytes, int] = {}

    def intern(self, buffer: bytes, starts: Numbers, ends: Numbers) -> Ids:
        """The ids of the strings ``buffer[start:end]``, each of one byte or more.

        ``buffer``: its length is a multiple of 8, its last ``PADDING`` bytes are zero and in no
        string. Returns (n,) int32.
        """
        words = np.frombuffer(buffer, np.uint64)
        lengths = ends - starts
        short = lengths <= 8
        first = _load(words, starts)
        longer = np.flatnonzero(~short)
        behind = first[longer]
        ids = self._tables[0].lookup(
            [_cut(first, np.minimum(lengths, 8))], self._namer(buffer, starts, lengths), short
        )
        if len(longer):
            ids[longer] = self._intern_longer(
                buffer, words, starts[longer], lengths[longer], behind
            )
        return ids

    def _intern_longer(
        self, buffer: bytes, words: Words64, starts: Numbers, lengths: Numbers, first: Words64
    ) -> Ids:
        """The ids of strings of more than 8 bytes, ``first`` being the word of the first 8."""
        second = _cut(_load(words, starts + 8), np.minimum(lengths - 8, 8))
        fits = lengths <= 16
        ids = self._tables[1].lookup([first, second], self._namer(buffer, starts, lengths), fits)
        rest = np.flatnonzero(~fits)
        if not len(rest):
            return ids
        starts, lengths = starts[rest], lengths[rest]
        third = _cut(_load(words, starts + 16), np.minimum(lengths - 16, 8))
        fourth = _cut(_load(words, starts + 24), np.clip(lengths - 24, 1, 8))
        fourth[lengths <= 24] = 0
        fits = lengths <= _LONGEST
        found = self._tables[2].lookup(
            [first[rest], second[rest], third, fourth],
            self._namer(buffer, starts, lengths),
            fits,
        )
        for at in np.flatnonzero(~fits).tolist():
            name = buffer[starts[at] : starts[at] + lengths[at]]
            known = self._long.get(name)
            if known is None:
                known = self._long[name] = len(self.distinct)
                self.distinct.append(name)
            found[at] = known
        ids[rest] = found
        return ids

    def _namer(self, buffer: bytes, starts: Numbers, lengths: Numbers) -> NewIds:
        def new_ids(who: Numbers) -> Ids:
            before = len(self.distinct)
            begin = starts[who]
            end = begin + lengths[who]
            self.distinct += [
                buffer[left:right] for left, right in zip(begin.tolist(), end.tolist(), strict=True)
            ]
            return np.arange(before, len(self.distinct), dtype=np.int32)

        return new_ids


class _Table:
    """Keys of ``width`` words to ids; linear probing, never more than three eighths full."""

    def __init__(self, width: int, bits: int) -> None:
        self._width = width
        self._used = 0
        self._allocate(bits)

    def _allocate(self, bits: int) -> None:
        self._bits = bits
        self._size = 1 << bits
        self._keys = [np.zeros(self._size, np.uint64) for _ in range(self._width)]
        self._ids = np.zeros(self._size, np.int32)
        self._claims = np.empty(self._size, np.int64)

    def lookup(self, keys: list[Words64], new_ids: NewIds, asked: NDArray[np.bool_]) -> Ids:
        """The ids of the keys, (n,); those that are not ``asked`` for get any id.

        ``new_ids`` is asked for the ids of new keys, given their places.
        """
        slots = self._slots(keys)
        found = self._ids.take(slots, mode="clip")
        open_ = self._keys[0].take(slots, mode="clip") != keys[0]
        for column, word in zip(self._keys[1:], keys[1:], strict=True):
            open_ |= column.take(slots, mode="clip") != word
        open_ &= asked
        waiting = np.flatnonzero(open_)
        slots = slots[waiting]
        at = 0
        while at < len(waiting):  # in portions, so that the table cannot fill up meanwhile
            if self._used > self._size >> 2:
                self._grow()
                slots = self._slots([word[waiting] for word in keys])
            end = at + (self._size >> 3)
            self._insert(keys, slots[at:end], waiting[at:end], new_ids, found)
            at = end
        return found

    def _slots(self, keys: list[Words64]) -> Numbers:
        mixed = keys[0] * _FACTORS[0]
        for word, factor in zip(keys[1:], _FACTORS[1:], strict=False):
            mixed ^= mixed >> _U64(32)
            mixed += word
            mixed *= factor
        mixed ^= mixed >> _U64(29)
        mixed *= _FACTORS[0]
        mixed >>= _U64(64 - self._bits)
        return mixed.view(np.int64)

    def _insert(
        self, keys: list[Words64], slots: Numbers, waiting: Numbers, new_ids: NewIds, found: Ids
    ) -> None:
        """Find or add the keys at the places ``waiting``, from ``slots`` on."""
        while len(waiting):
            free = np.flatnonzero(self._keys[0][slots] == 0)
            if len(free):
                slot, who = slots[free], waiting[free]
                # Of all that want an empty slot the first gets it; the others look again.
                self._claims[slot[::-1]] = who[::-1]
                won = self._claims[slot] == who
                slot, who = slot[won], who[won]
                for column, word in zip(self._keys, keys, strict=True):
                    column[slot] = word[who]
                self._ids[slot] = new_ids(who)
                self._used += len(who)
            hit = self._keys[0][slots] == keys[0][waiting]
            for column, word in zip(self._keys[1:], keys[1:], strict=True):
                hit &= column[slots] == word[waiting]
            found[waiting[hit]] = self._ids[slots[hit]]
            miss = ~hit
            waiting = waiting[miss]
            slots = (slots[miss] + 1) & (self._size - 1)

    def _grow(self) -> None:
        used = np.flatnonzero(self._keys[0])
        keys = [column[used] for column in self._keys]
        ids = self._ids[used]
        self._used = 0
        self._allocate(self._bits + 2)
        self._insert(
            keys, self._slots(keys), np.arange(len(used)), ids.__getitem__, np.empty_like(ids)
        )


def _load(words: Words64, starts: Numbers) -> Words64:
    """The 8 bytes at each start, in bytes: two aligned loads, shifted together."""
    index = starts >> 3
    shift = (starts & 7) << 3
    low = words.take(index, mode="clip")
    low >>= shift.view(_U64)
    index += 1
    high = words.take(index, mode="clip")
    high <<= _U64(1)  # by 1 and by 63 - shift, as a shift by 64 is undefined
    high <<= (63 - shift).view(_U64)
    low |= high
    return low


def _cut(words: Words64, lengths: Numbers) -> Words64:
    """The words with all but their first ``lengths`` (1 to 8) bytes shifted out, in place."""
    words <<= ((8 - lengths) << 3).view(_U64)
    return words
