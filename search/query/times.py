"""Times that are typed with a colon, ``10:15``, and so are two words; newspapers write a point."""

from __future__ import annotations

from collections.abc import Iterator

from index.patterns import on_use
from search.query.lexemes import in_plain_characters

BEFORE, BEHIND = r"(?<![0-9])(?<![0-9][.,:])", r"(?![0-9]|[.,:][0-9])"
"""Around a number, of which it is no part of another one."""
_TIME = on_use(rf"{BEFORE}([0-9]{{1,2}}):([0-5][0-9]){BEHIND}")
HOURS = 24


def times_in(text: str) -> frozenset[tuple[str, str]]:
    """The hours and minutes of the times that a query has with a colon, as they are typed.

    What only looks like a time, such as the score ``99:15``, is said back as typed, too.
    """
    if ":" not in text:
        return frozenset()
    return frozenset((found[1], found[2]) for found in _TIME.finditer(in_plain_characters(text)))


def times_of(hour: str, minutes: str) -> Iterator[str]:
    """How a time may be written that was typed with a colon, the commonest first."""
    if int(hour) <= HOURS:
        for one in dict.fromkeys((f"{hour:0>2}", hour, hour.removeprefix("0") or hour)):
            yield f"{one}.{minutes}"
            if one != hour:
                yield f"{one}:{minutes}"
