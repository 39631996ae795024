"""Words that are operators where they stand alone, and how they are typed to be words."""

from __future__ import annotations

from string import digits

WORDS = frozenset(
    {
        *("AND", "OR", "NOT", "DAN", "ATAU", "TANPA", "BUKAN", "TIDAK", "ANDNOT", "BUTNOT"),
        *(
            "NEAR",
            "DEKAT",
            "ONEAR",
            "NOTNEAR",
            "NOTDEKAT",
            "NOTWITHIN",
            "ADJ",
            "ADJACENT",
            "AROUND",
            "WITHIN",
            "XOR",
            "SENTENCE",
        ),
    }
)

_COUNTING = frozenset(
    {
        *("near", "onear", "dekat", "adj", "around", "within", "pre", "next", "atleast"),
        *("notnear", "notdekat", "notwithin"),
    }
)
"""Operators with a number behind them, in small letters."""


def as_word(text: str) -> str:
    """A word as it is typed to be searched for, whatever stands beside it."""
    if text in {"NEAR", "near"}:
        return "(near)"  # a number behind it would make it an operator
    if text in WORDS:
        return text.lower()
    if not text[-1:].isdigit() or text.isdigit():
        return text
    return f"({text})" if text.rstrip(digits).casefold() in _COUNTING else text
