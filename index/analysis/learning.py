"""What is known of distinct chunks: their terms as ids, worked out once for each.

``TextAnalysis`` is the one definition of the rules; here its results are kept as arrays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress, count, islice
from operator import not_
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.analysis.interning import Ids
from index.analysis.sentences import is_short
from index.analysis.text import TextAnalysis
from index.analysis.tokenizer import MAX_TERM_CHARACTERS

_LETTERS = re.compile(rb"[A-Za-z]+")
_CHANGE_OF_CASE = re.compile(rb"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_LONGEST_WRITTEN = 63
"""Letters of a word of which it is known which are capitals: a bit each."""
_SMALL_A = ord("a")
_ROOM = 1 << 16
_UNKNOWN = -1

Name = TypeVar("Name", str, bytes)


class Learned:
    """A growing vocabulary of chunks and of terms. Not safe under threads.

    ``first``, ``count``: (chunks or more,) int32, of each chunk's terms where they are in the next
    two; ``stem_of``, ``surface_of``: uint32, ids. ``stem_ids``, ``surface_ids``: term to id, in the
    order of these. ``written``: see ``Encoder``.
    """

    def __init__(self, how: TextAnalysis) -> None:
        self._analysis = how
        self.stem_ids = _numbering(str)
        self.surface_ids = _numbering(str)
        self.written: dict[str, int] = {}
        self.chunks = 0
        self.first = np.empty(_ROOM, np.int32)
        self.count = np.empty(_ROOM, np.int32)
        self.stem_of = np.empty(_ROOM, np.uint32)
        self.surface_of = np.empty(_ROOM, np.uint32)
        self._short = np.empty(_ROOM, np.int8)
        self._terms = 0
        self._words = _numbering(bytes)  # plain words
        self._place = np.empty(_ROOM, np.int32)  # of each plain word's terms

    def learn(self, distinct: Sequence[bytes]) -> None:
        """Analyse the chunks that were not seen before; ``distinct``: number to chunk."""
        names = distinct[self.chunks :]
        if not names:
            return
        self._learn_capitals(names)
        letters = [name.isalpha() for name in names]
        plain = np.array(letters)
        first = np.empty(len(names), np.int32)
        counts = np.ones(len(names), np.int32)
        first[plain] = self._learn_plain([*compress(names, letters)])
        others = [*map(self._analysis.terms, _texts([*compress(names, map(not_, letters))]))]
        counts[~plain] = sizes = [*map(len, others)]
        first[~plain] = self._terms + np.cumsum(sizes, dtype=np.int32) - sizes
        self._add(
            [stem for terms in others for _, stem in terms],
            [surface for terms in others for surface, _ in terms],
        )
        before, self.chunks = self.chunks, len(distinct)
        self.first = _put(self.first, before, first)
        self.count = _put(self.count, before, counts)
        self._short = _put(self._short, before, np.full(len(names), _UNKNOWN))

    def _learn_plain(self, chunks: list[bytes]) -> Ids:
        """The places of terms of chunks of ASCII letters, (n,); each has one.

        It is the same for "Rusia" and "rusia".
        """
        before = len(self._words)
        numbers = [self._words[name] for name in map(bytes.lower, chunks)]
        fresh = [*islice(reversed(self._words), len(self._words) - before)][::-1]
        places = np.arange(self._terms, self._terms + len(fresh))
        self._place = _put(self._place, before, places)
        surfaces = [word[:MAX_TERM_CHARACTERS] for word in _texts(fresh)]
        self._add(self._analysis.stems_of_plain(surfaces), surfaces)
        return self._place[numbers]

    def _add(self, stems: list[str], surfaces: list[str]) -> None:
        """Put terms behind those that are there."""
        before = self._terms
        self._terms += len(stems)
        self.stem_of = _put(self.stem_of, before, [*map(self.stem_ids.__getitem__, stems)])
        self.surface_of = _put(
            self.surface_of, before, [*map(self.surface_ids.__getitem__, surfaces)]
        )

    def are_short(self, numbers: Ids, distinct: Sequence[bytes]) -> NDArray[np.bool_]:
        """Which chunks ``is_short``; ``numbers``: (n,), of known ones."""
        short = self._short.take(numbers)
        for number in np.unique(numbers[short == _UNKNOWN]).tolist():
            self._short[number] = is_short(distinct[number])
        found: NDArray[np.bool_] = self._short.take(numbers) == 1
        return found

    def _learn_capitals(self, chunks: Sequence[bytes]) -> None:
        for chunk in chunks:
            # Most are told without the pattern, several times as fast.
            if chunk.islower() or chunk.isupper() or chunk[1:].islower():
                continue
            if not _CHANGE_OF_CASE.search(chunk):
                continue
            for word in _LETTERS.findall(chunk):
                if len(word) <= _LONGEST_WRITTEN and _CHANGE_OF_CASE.search(word):
                    surface, written = word.lower().decode(), capitals(word)
                    self.written[surface] = min(written, self.written.get(surface, written))


def _numbering(_: type[Name]) -> dict[Name, int]:
    """Gives whatever is asked for and new the next number, from 0 on."""
    return defaultdict(count().__next__)


def _texts(chunks: list[bytes]) -> list[str]:
    """Chunks as text, all at once: none holds a line's end."""
    return b"\n".join(chunks).decode("utf-8", "surrogatepass").split("\n") if chunks else []


def capitals(word: bytes) -> int:
    """Which letters of a word are capitals: bit i for letter i."""
    return sum(1 << at for at, letter in enumerate(word) if letter < _SMALL_A)


def _put(array: NDArray[Any], at: int, values: Sequence[int] | NDArray[Any]) -> NDArray[Any]:
    """The array with values from a place on, grown where it has no room for them."""
    end = at + len(values)
    if end > len(array):
        grown = np.empty(max(end, 2 * len(array)), array.dtype)
        grown[:at] = array[:at]
        array = grown
    array[at:end] = values
    return array
