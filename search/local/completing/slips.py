"""How readily one word is typed where another is meant: the cost of the slips between them.

A slip is an edit of ``search.local.reading.nearest`` with a cost: the natural logarithm of how many
times rarer it is than typing the word right. The costs are a noisy channel's (Kernighan, Church and
Gale, 1990, "A Spelling Correction Program Based on a Noisy Channel Model"), set by hand.
"""

from __future__ import annotations

from itertools import accumulate, pairwise, product
from string import ascii_lowercase

from index.kernels import kernel

_kernel = kernel("slips")

LEAST = 2.0
"""What each slip costs at the least."""
_SWAPPED = 2.5
_REPEATED = LEAST
"""A letter doubled, or one of two left out."""
_ALIKE = LEAST
"""What sounds alike: sy and s, f and p, kh and k."""
_LEFT_OUT = 2.5
_NEIGHBOUR = 3.0
"""The key beside the one that was meant, or both."""
_ADDED = 5.5
_OTHER = 5.5
_AT_FIRST = 2.0
"""What a slip at the first letter costs more: it is seldom mistyped."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("fpv", "sz", "jz", "jy", "ck", "kq", "iy", "dt", "ei", "ou", "vw")
_SILENT = frozenset(
    ("sy", "kh", "dh", "gh", "th", "dz", "ts", "ny", "ng", "rh", "ph", "ch", "sh", "iy", "uw")
)
"""Two letters of which the second is hardly heard."""


def _either_way(pairs: set[str]) -> frozenset[str]:
    return frozenset(pairs | {pair[::-1] for pair in pairs})


_NEIGHBOURS = _either_way(
    {first + second for row in _ROWS for first, second in pairwise(row)}
    | {
        first + second
        for upper, lower in pairwise(_ROWS)
        for at, second in enumerate(lower)
        for first in upper[at : at + 2]
    }
)
_SAME_SOUND = _either_way({a + b for group in _SOUNDS for a in group for b in group if a != b})


def _table(pairs: frozenset[str]) -> bytes:
    """A byte for each two of the letters a to z, 1 for those pairs."""
    return bytes(one + other in pairs for one, other in product(ascii_lowercase, repeat=2))


_slips = None
if _kernel is not None:
    _slips = _kernel.Slips(
        *map(_table, (_SAME_SOUND, _NEIGHBOURS, _SILENT)),
        swapped=_SWAPPED,
        repeated=_REPEATED,
        alike=_ALIKE,
        left_out=_LEFT_OUT,
        neighbour=_NEIGHBOUR,
        added=_ADDED,
        other=_OTHER,
        at_first=_AT_FIRST,
    )


def slips(typed: str, meant: str) -> float:
    """The least cost of what makes the one of the other; every letter slips once at most."""
    # None for other letters than a to z, and of very long words.
    cost: float | None = None if _slips is None else _slips.cost(typed, meant)
    return in_lists(typed, meant) if cost is None else cost


def in_lists(typed: str, meant: str) -> float:
    """The same without a kernel."""
    before: list[float] = []
    missing = [_missing(meant, at) for at in range(len(meant))]
    row = [0.0, *accumulate(missing)]
    for i in range(len(typed)):
        extra = _extra(typed, i)
        found = [row[0] + extra]
        for j in range(len(meant)):
            best = min(
                row[j] + _instead(typed[i], meant[j], at_first=not i and not j),
                row[j + 1] + extra,
                found[j] + missing[j],
            )
            if i and j and typed[i] == meant[j - 1] and typed[i - 1] == meant[j]:
                best = min(best, before[j - 1] + _SWAPPED + (_AT_FIRST if i == j == 1 else 0.0))
            found.append(best)
        before, row = row, found
    return row[-1]


def _instead(typed: str, meant: str, *, at_first: bool) -> float:
    if typed == meant:
        return 0.0
    pair = typed + meant
    cost = _OTHER
    if pair in _SAME_SOUND:
        cost = _ALIKE
    elif pair in _NEIGHBOURS:
        cost = _NEIGHBOUR
    return cost + (_AT_FIRST if at_first else 0.0)


def _missing(meant: str, at: int) -> float:
    """The cost of leaving a letter out."""
    if at == 0:
        return _LEFT_OUT + _AT_FIRST
    if meant[at] in {meant[at - 1], *meant[at + 1 : at + 2]}:
        return _REPEATED
    return _ALIKE if meant[at - 1 : at + 1] in _SILENT else _LEFT_OUT


def _extra(typed: str, at: int) -> float:
    """The cost of adding a letter."""
    beside = [*typed[max(at - 1, 0) : at], *typed[at + 1 : at + 2]]
    if typed[at] in beside:
        return _REPEATED
    if at and typed[at - 1 : at + 1] in _SILENT:
        return _ALIKE
    near = any(typed[at] + letter in _NEIGHBOURS for letter in beside)
    return (_NEIGHBOUR if near else _ADDED) + (0.0 if at else _AT_FIRST)
