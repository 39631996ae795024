"""What is known of distinct chunks: their terms as ids, worked out once for each.

``TextAnalysis`` is the one definition of the rules; here its results are kept as arrays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.interning import Ids, Numbers
from index.analysis.sentences import is_short
from index.analysis.text import TextAnalysis

_LETTERS = re.compile(rb"[A-Za-z]+")
_CHANGE_OF_CASE = re.compile(rb"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_LONGEST_WRITTEN = 63
"""Letters of a word of which it is known which are capitals: a bit each."""
_SMALL_A = ord("a")
_ROOM = 1 << 16
_UNKNOWN = -1


class Learned:
    """A growing vocabulary of chunks and of terms. Not safe under threads.

    ``first``, ``count``: (chunks or more,) int32, of each chunk's terms where they are in the next
    two; ``stem_of``, ``surface_of``: uint32, ids. ``stem_ids``, ``surface_ids``: term to id, in the
    order of these. ``written``: see ``Encoder``.
    """

    def __init__(self, how: TextAnalysis) -> None:
        self._analysis = how
        self.stem_ids: dict[str, int] = {}
        self.surface_ids: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self.chunks = 0
        self.first = np.empty(_ROOM, np.int32)
        self.count = np.empty(_ROOM, np.int32)
        self.stem_of = np.empty(_ROOM, np.uint32)
        self.surface_of = np.empty(_ROOM, np.uint32)
        self._short = np.empty(_ROOM, np.int8)
        self._terms = 0
        self._words: dict[bytes, int] = {}  # plain words to the place of their terms

    def learn(self, distinct: Sequence[bytes]) -> None:
        """Analyse the chunks that were not seen before; ``distinct``: number to chunk."""
        names = distinct[self.chunks :]
        if not names:
            return
        first: list[int] = []
        count: list[int] = []
        stems: list[int] = []
        surfaces: list[int] = []
        words, stem_ids, surface_ids = self._words, self.stem_ids, self.surface_ids
        terms, stem_of = self._analysis.terms, self._analysis.stem_of_plain
        end = self._terms
        for name in names:
            if not name.islower() and _CHANGE_OF_CASE.search(name):
                self._learn_capitals(name)
            if name.isalpha():
                # ASCII letters: one token, the same for "Rusia" and "rusia". The commonest case.
                word = name.lower()
                place = words.get(word)
                if place is None:
                    place = words[word] = end
                    end += 1
                    surface, stem = stem_of(word.decode())
                    stems.append(stem_ids.setdefault(stem, len(stem_ids)))
                    surfaces.append(surface_ids.setdefault(surface, len(surface_ids)))
                first.append(place)
                count.append(1)
                continue
            found = terms(name.decode("utf-8", "surrogatepass"))
            first.append(end)
            count.append(len(found))
            end += len(found)
            for surface, stem in found:
                stems.append(stem_ids.setdefault(stem, len(stem_ids)))
                surfaces.append(surface_ids.setdefault(surface, len(surface_ids)))
        before, self.chunks = self.chunks, len(distinct)
        self.first = _put(self.first, before, first)
        self.count = _put(self.count, before, count)
        self._short = _put(self._short, before, [_UNKNOWN] * len(names))
        self.stem_of = _put(self.stem_of, self._terms, stems)
        self.surface_of = _put(self.surface_of, self._terms, surfaces)
        self._terms = end

    def are_short(self, numbers: Ids, distinct: Sequence[bytes]) -> NDArray[np.bool_]:
        """Which chunks ``is_short``; ``numbers``: (n,), of known ones."""
        short = self._short.take(numbers)
        for number in np.unique(numbers[short == _UNKNOWN]).tolist():
            self._short[number] = is_short(distinct[number])
        return self._short.take(numbers) == 1

    def _learn_capitals(self, chunk: bytes) -> None:
        for word in _LETTERS.findall(chunk):
            if len(word) <= _LONGEST_WRITTEN and _CHANGE_OF_CASE.search(word):
                surface, written = word.lower().decode(), capitals(word)
                self.written[surface] = min(written, self.written.get(surface, written))


def capitals(word: bytes) -> int:
    """Which letters of a word are capitals: bit i for letter i."""
    return sum(1 << at for at, letter in enumerate(word) if letter < _SMALL_A)


def _put(array: NDArray[Any], at: int, values: Sequence[int]) -> NDArray[Any]:
    """The array with values from a place on, grown where it has no room for them."""
    end = at + len(values)
    if end > len(array):
        grown = np.empty(max(end, 2 * len(array)), array.dtype)
        grown[:at] = array[:at]
        array = grown
    array[at:end] = values
    return array
