"""Whether a value of an archive is a clean text as it stands, told in one pass where compiled."""

from __future__ import annotations

from collections.abc import Callable

from index.kernels import kernel
from index.sources.text.cleaning import ORDINARY
from index.sources.text.hyphens import HYPHENS
from index.sources.text.markup import BEHIND, MARKS, MOST_MARKS
from index.sources.text.mojibake import BEFORE_BLANKS, LETTERS_AMONG_LEADS
from index.sources.values.notation import STARTS

_INVISIBLE_SPACE = 0x200B
"""Ordinary, but what it parts may be one word (``join_divided``)."""

_ONE_WORD = "array"
"""What begins with the letter that is among ``STARTS`` is text unless it begins with this word."""


def _asks_nothing(_: str) -> bool:
    """Without the kernel every text is looked at by each of those who may alter it."""
    return False


def _ordinary() -> list[tuple[int, int]]:
    """The ordinary characters beyond ASCII, but for one: first and last of each range."""
    found = []
    for first, last in ORDINARY:
        if first <= _INVISIBLE_SPACE <= last:
            found += [(first, _INVISIBLE_SPACE - 1), (_INVISIBLE_SPACE + 1, last)]
        else:
            found.append((first, last))
    return [(first, last) for first, last in found if first <= last]


_compiled = kernel("tidy")
TIDINESS = _compiled and _compiled.Tidiness(
    "".join(STARTS - {*_ONE_WORD}),
    _ONE_WORD,
    MARKS,
    BEHIND,
    MOST_MARKS,
    HYPHENS,
    _ordinary(),
    LETTERS_AMONG_LEADS,
    BEFORE_BLANKS,
)
"""What tells it; None where there is no kernel: nothing is ever told then."""

is_tidy: Callable[[str], bool] = TIDINESS.is_tidy if TIDINESS else _asks_nothing
"""True where cleaning a text, undoing its markup and joining its divided words would give it back.

Nothing is said by False.
"""

is_line: Callable[[str], bool] = TIDINESS.is_line if TIDINESS else _asks_nothing
"""True for a tidy text that is not empty and stays as it is as one line. Nothing is said by False.
"""

is_body: Callable[[str], bool] = TIDINESS.is_body if TIDINESS else _asks_nothing
"""True for a tidy text that is that of an article for certain, whole and without white space around
it. Nothing is said by False.
"""
