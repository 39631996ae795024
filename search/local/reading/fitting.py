"""Which terms of a field fit a pattern: ``pen*kapan``, ``b?njir``, ``*karta``.

``*`` stands for any letters or none, ``?`` for one letter, whatever bytes it takes. Letters are
compared for all terms at once: those before the first sign by the order of terms, those behind the
last ``*`` counted from each term's end, and what is between where it first stands behind what was
found, which leaves most for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from index.segments import runs
from index.segments.postings import FieldIndex
from search.budget import SHAPE, TERM, Budget

ANY, ONE = "*", "?"

_WIDE = 128
"""Bytes from this one on are of letters that take several."""

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Letters:
    """Some terms of a field: their letters, one behind the other, as bytes or as code points.

    ``ordinals``: (n,) int32, ascending. ``starts``, ``ends``: (n,) int32, where each is.
    """

    letters: NDArray[Any]
    ordinals: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def fitting(self, first: int, last: int, pieces: Sequence[str], budget: Budget) -> _Numbers:
        """Which of the ordinals from ``first`` to ``last`` have the pieces and anything between."""
        part = slice(*self.ordinals.searchsorted([first, last]).tolist())
        starts, ends = self.starts[part].astype(np.intp), self.ends[part].astype(np.intp)
        budget.work += 2 * SHAPE * len(starts)
        head, *between, tail = pieces if len(pieces) > 1 else (*pieces, "")
        least, sizes = sum(map(len, pieces)), ends - starts
        left = (sizes == least if len(pieces) == 1 else sizes >= least).nonzero()[0]
        left = _having(self.letters, starts, head, left)
        left = _having(self.letters, ends - len(tail), tail, left)
        reached, limits = starts[left] + len(head), ends[left] - len(tail)
        for piece in filter(None, between):
            if not len(left):
                break
            low, high = int(starts[0]), int(ends[-1])
            budget.work += 2 * SHAPE * len(left) + SHAPE * (high - low) // 2
            behind = low + _behind(self.letters[low:high], piece, reached - low)
            kept = behind <= limits
            left, reached, limits = left[kept], behind[kept], limits[kept]
        return self.ordinals[part][left].astype(np.int64)


@dataclass(frozen=True, slots=True)
class TermLetters:
    """The letters of all terms of a segment's field: to be made once, and kept."""

    index: FieldIndex
    plain: _Letters
    wide: _Letters

    def fitting(self, pattern: str, budget: Budget) -> _Numbers:
        """The ordinals of the terms that fit, ascending. Raises ``FileDamaged``."""
        signs = [at for sign in (ANY, ONE) if (at := pattern.find(sign)) >= 0]
        start = pattern[: min(signs, default=len(pattern))]
        first, last = self.index.with_prefix(start.encode("utf-8", "surrogatepass"))
        budget.work += TERM
        pieces = pattern.split(ANY)
        some = (self.plain, self.wide) if pattern.isascii() else (self.wide,)
        found = [one.fitting(first, last, pieces, budget) for one in some]
        return np.sort(np.concatenate(found))


def letters_of(index: FieldIndex) -> TermLetters:
    """The letters of a segment's field. Raises ``FileDamaged``."""
    text, bounds = index.all_of("text"), index.all_of("text_at").astype(np.int64)
    wide = np.zeros(index.terms, np.bool_)
    wide[bounds.searchsorted((text >= _WIDE).nonzero()[0], "right") - 1] = True
    plain, others = (~wide).nonzero()[0], wide.nonzero()[0]
    sizes = np.diff(bounds)[others]
    packed = text[runs.places(bounds[others], sizes)]
    letters = packed.tobytes().decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass")
    # Every byte but the first of a letter has these two bits.
    before = runs.running_sums((packed & 0xC0) != 0x80)[runs.running_sums(sizes)]
    return TermLetters(
        index,
        _letters(text, plain, bounds[plain], bounds[plain + 1]),
        _letters(np.frombuffer(letters, "<u4"), others, before[:-1], before[1:]),
    )


def _letters(letters: NDArray[Any], *arrays: _Numbers) -> _Letters:
    return _Letters(letters, *(one.astype(np.int32) for one in arrays))


def _having(letters: NDArray[Any], places: _Numbers, piece: str, left: _Numbers) -> _Numbers:
    """Those of ``left`` that have the piece at their places."""
    for at, letter in reversed([*enumerate(piece)]):
        if letter != ONE:
            left = left[letters[places[left] + at] == ord(letter)]
    return left


def _behind(letters: NDArray[Any], piece: str, reached: _Numbers) -> _Numbers:
    """Where the piece ends that first stands from each place on, in whatever term; far off if none.

    The places ascend.
    """
    size = max(len(letters) - len(piece) + 1, 0)
    there = np.ones(size, np.bool_)
    for at, letter in enumerate(piece):
        if letter != ONE:
            there &= letters[at : at + size] == ord(letter)
    places = np.append(there.nonzero()[0], 2 * len(letters))
    return places[places.searchsorted(reached)] + len(piece)
