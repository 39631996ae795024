"""Which asterisks and question marks of a query stand for letters, and what pattern they make.

``b?njir``, ``pen*kapan`` and ``*karta`` are patterns. ``siapa?``, ``apa?Lalu``, ``2*3`` and
``tiket?utm_source=x`` are none: there the signs are those of plain text and of addresses.
"""

from __future__ import annotations

import re

from index.analysis import TextAnalysis, Token, fold
from index.patterns import on_use

SIGNS = frozenset("*?")

MIN_LETTERS = 2
"""A pattern has as many letters or more, and one more where it begins with an asterisk."""

_LETTER = r"[^\W\d_]"
_NO_VALUE = r"(?! \w+ = )"  # as in the rest of an address: tiket?utm_source=populer
_NEXT = r"\? [A-Z][a-z]"  # a sentence with no blank before it: siapa?Direktur
_WILD = on_use(
    rf"""
    (?! {_NEXT} ) (?<= {_LETTER} ) [*?]+ (?= \w ) {_NO_VALUE}    # kor*psi
  | (?! {_NEXT} ) (?<= \w ) [*?]+ (?= {_LETTER} ) {_NO_VALUE}
  | ^ (?! {_NEXT} ) [*?]+ (?= \w ) {_NO_VALUE}                   # *karta
  | (?<= \d\d ) \? (?= \d ) {_NO_VALUE}                          # 20?4
  | (?<= \w ) \?+ \*                                            # makan?*
    """,
    re.VERBOSE,
)
_RUN = re.compile(r"[*?]{2,}")
_AS_LETTERS = str.maketrans("*?", "xx")


def has_pattern(text: str) -> bool:
    """Whether signs between letters, or before them, stand for others."""
    return _WILD.search(text) is not None


def patterned(text: str, how: TextAnalysis) -> list[tuple[Token, str]]:
    """The tokens of a text that has patterns, each with its pattern, empty for a plain word.

    A token stands where it does in the text; that of a pattern has no terms to go by.
    """
    found: list[tuple[Token, str]] = []
    for token in how.tokens(text.translate(_AS_LETTERS)):
        typed = text[token.start : token.end].rstrip("?")
        if SIGNS.isdisjoint(typed):
            found += _plain(typed, token.start, how)
        elif has_pattern(typed) or typed.endswith("*"):
            letters = SIGNS.union(token.surface)
            pattern = "".join(one for one in fold(typed) if one in letters).rstrip("?")
            found.append((token, _RUN.sub(_in_order, pattern)))
        else:
            found += _plain(typed, token.start, how)
    return found


def is_too_short(pattern: str) -> bool:
    """Whether a pattern has too few letters to say anything."""
    letters = sum(one not in SIGNS for one in pattern)
    return letters < MIN_LETTERS + pattern.startswith("*")


def _plain(text: str, start: int, how: TextAnalysis) -> list[tuple[Token, str]]:
    return [
        (token._replace(start=start + token.start, end=start + token.end), "")
        for token in how.tokens(text)
    ]


def _in_order(run: re.Match[str]) -> str:
    """The signs of a run, each question mark first: what they mean does not change."""
    return "?" * run[0].count("?") + "*" * ("*" in run[0])
