"""The operators that ask for words near each other, under all the names that they have elsewhere.

===========================================================  =====================================
written                                                      means
===========================================================  =====================================
``NEAR/5`` ``DEKAT/5`` ``NEAR5`` ``near/5`` ``near5``        at most five words apart, either order
``NEAR(5)`` ``AROUND(5)`` ``WITHIN/5`` ``W/5`` ``/5``        the same
``ONEAR/5`` ``PRE/5`` ``P/5`` ``ADJ/5`` ``adj5`` ``NEXT/5``  the same, in the order of the query
``NEAR`` ``DEKAT`` ``ONEAR`` ``AROUND`` ``WITHIN``           at most ``DEFAULT`` words apart
``ADJ`` ``ADJACENT``                                         one after the other
``W/S`` ``/S`` ``SENTENCE``                                  in one sentence
``NOTNEAR/5`` ``NOT NEAR/5`` ``TANPA DEKAT/5``               the first, and nowhere near the second
``"a b"~5``                                                  all of the words at most five apart
===========================================================  =====================================
"""

from __future__ import annotations

import re

from index.light_dataclass import dataclass
from index.patterns import on_use

DEFAULT = 10
"""How many words apart, where that is not said."""

MOST = 100
"""A greater distance is read as this one."""

OPERATOR = r"""
    (?: (?: NOT \s* | (?: TANPA | BUKAN ) \s+ ) (?= NEAR | DEKAT | WITHIN | W?/[0-9] )
      | TIDAK \s+ (?= (?: DEKAT | NEAR ) \s? [/:(]? \s? [0-9] ) )?
    (?: (?: (?: NEAR | DEKAT | AROUND | WITHIN ) \s* | (?: near | dekat | around | within ) )
        \( \s* [0-9]+ \s* \)
      | (?: (?: O?NEAR | DEKAT | ADJ | AROUND | WITHIN | PRE | NEXT ) (?: \s? [/:] \s? )? [0-9]+
          | (?: O?NEAR | DEKAT ) [=~-] [0-9]+
          | (?: O?NEAR | DEKAT | ADJ | AROUND | WITHIN | near ) \s [0-9]{1,3} (?= [,;]? \s+ [^\s)] )
          | (?ai: o?near | dekat | adj | around | within | pre | next ) / [0-9]+
          | near : [0-9]+
          | [NPWnpw] / [0-9]+ ) (?: [,;.:]+ (?= \s ) )?
      | / [0-9]+
      | (?: near | dekat | adj ) [0-9]{1,2}
      | (?ai: w? / (?: s | sent | sentence ) ) | SENTENCE
      | O?NEAR | DEKAT | ADJ (?: ACENT )? | AROUND | WITHIN ) (?! [^\s()"\u201c\u201d] )
"""
"""What the operators look like; part of a verbose pattern.

They are of letters of ASCII, and of what ``lexemes`` makes such: not of \u0131 and \u017f, which
are the same only without regard to case.
"""

_SURE = on_use(r"(?:(?:NOT|TANPA|BUKAN|TIDAK)\s*)?[^\W\d]+(?:\s?[/:]\s?\d|[=~-]\d|\s*\(|\d)")
_UNSURE = on_use(r"(?:near|dekat|adj)\d+")
_NOT = on_use(r"NOT\s*|(?:TANPA|BUKAN|TIDAK)\s+")
_IN_SENTENCE = on_use(r"w?/s(?:ent(?:ence)?)?|sentence", re.IGNORECASE | re.ASCII)
_ORDERED = on_use(r"ONEAR|PRE|P/|ADJ|NEXT", re.IGNORECASE | re.ASCII)
_DIGITS = on_use(r"[0-9]+")
_LONGEST = 6  # digits that are read: more are too many anyway


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near: ``distance`` in words, None where it is not said; or in one sentence.

    ``excluded``: what stands so near must not match. ``written`` at ``position``: what says so in
    the query.
    """

    written: str
    position: int
    distance: int | None = None
    ordered: bool = False
    in_sentence: bool = False
    excluded: bool = False

    def within(self, least: int) -> int:
        """The distance that is searched for, ``least`` at the least."""
        wanted = DEFAULT if self.distance is None else self.distance
        return max(least, min(wanted, MOST))


def nearness(written: str, position: int) -> Nearness:
    """What an operator, or the sign behind a phrase, means."""
    digits = _DIGITS.search(written)
    adjacent = written in {"ADJ", "ADJACENT"}
    return Nearness(
        written,
        position,
        int(digits[0][:_LONGEST]) if digits else 1 if adjacent else None,
        ordered=_ORDERED.match(written) is not None,
        in_sentence=_IN_SENTENCE.fullmatch(written) is not None,
        excluded=_NOT.match(written) is not None,
    )


def is_sure(written: str) -> bool:
    """Whether an operator is meant even where it has nothing to join."""
    return _SURE.match(written) is not None and _UNSURE.fullmatch(written) is None
