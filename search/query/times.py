"""Times that are typed with a colon, ``10:15``, and so are two words; newspapers write a point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.patterns import on_use
from search.query.lexemes import INCHES, QUOTES, in_plain_characters

BEFORE, BEHIND = r"(?<![0-9])(?<![0-9][.,:])", r"(?![0-9]|[.,:][0-9])"
"""Around a number, of which it is no part of another one."""
_TIME = on_use(rf"{BEFORE}([0-9]{{1,2}}):([0-5][0-9]){BEHIND}")
_QUOTED = on_use(rf"{INCHES} | [{QUOTES}] (?P<inside> [^{QUOTES}]* ) [{QUOTES}]?", re.VERBOSE)
_WORDS = on_use(r"\w+")
HOURS = 24


def times_in(text: str) -> frozenset[tuple[str, str]]:
    """The hours and minutes of the times that a query has with a colon, as they are typed.

    What only looks like a time, such as the score ``99:15``, is said back as typed, too.
    """
    if ":" not in text:
        return frozenset()
    return frozenset((found[1], found[2]) for found in _TIME.finditer(in_plain_characters(text)))


def times_of_words_in(text: str) -> frozenset[tuple[str, str]]:
    """The same of what stands outside quotation marks."""
    if ":" not in text:
        return frozenset()
    return times_in(_QUOTED.sub(" ", in_plain_characters(text)))


def times_of_phrase(surfaces: Sequence[str], text: str) -> frozenset[tuple[str, str]]:
    """The times of a phrase of a query, as ``times_in`` gives them.

    The two numbers of ``"12 30"`` are none, whatever else the query has.
    """
    times = times_in(text)
    if not times:
        return times
    words = _words_of(" ".join(surfaces))
    for quoted in _QUOTED.finditer(in_plain_characters(text)):
        inside = quoted["inside"] or ""
        if _words_of(inside) == words:
            times &= times_in(inside)
            times = frozenset(one for one in times if not _stand_apart(*one, inside))
    return times


def _stand_apart(hour: str, minutes: str, text: str) -> bool:
    """Whether the numbers of a time stand beside each other without its colon, too."""
    return re.search(rf"{BEFORE}{hour}[^\w:]+{minutes}{BEHIND}", text) is not None


def _words_of(text: str) -> list[str]:
    return _WORDS.findall(text.lower())


def times_of(hour: str, minutes: str) -> Iterator[str]:
    """How a time may be written that was typed with a colon, the commonest first."""
    if int(hour) <= HOURS:
        for one in dict.fromkeys((f"{hour:0>2}", hour, hour.removeprefix("0") or hour)):
            yield f"{one}.{minutes}"
            if one != hour:
                yield f"{one}:{minutes}"
