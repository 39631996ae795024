"""Which surface forms fit a pattern or are a few edits from a word, and their traces.

A trace is a string that every plain chunk that matches holds in lower case (see ``tokenizer``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_SHORTEST_TRACE = 2
"""Shorter ones are in most chunks."""

_MOST_EDITS = 2
"""For more there are no traces of use."""


def fits(pattern: str) -> Callable[[str], object]:
    """Whether a surface form fits a pattern: ``*`` any letters or none, ``?`` any one.

    Takes at most the product of both lengths, as no star is tried anew once what follows it fits:
    where it fits first, it leaves the most to the rest.
    """
    first, *others = (re.escape(part).replace(r"\?", ".") for part in pattern.split("*"))
    if not others:
        return re.compile(first, re.DOTALL).fullmatch
    *middle, last = others
    between = "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(f"{first}{between}.*{last}", re.DOTALL).fullmatch


def pattern_traces(pattern: str) -> set[str] | None:
    """The longest run of letters; None where it is too short to be looked for."""
    runs = re.split(r"[*?]+", pattern)
    if any(run and not (run.isascii() and run.isalnum()) for run in runs):
        return set()
    longest = max(runs, key=len)
    return {longest} if len(longest) >= _SHORTEST_TRACE else None


def fuzzy_traces(surface: str, distance: int) -> set[str] | None:
    """Pieces of a word of which one stands in every form with so many edits; None as above.

    Of one piece more than there are edits, one is left as it was, unless an exchange of neighbours
    is between two pieces: then the letters up to it are, but the first, which may be exchanged too.
    """
    count = distance + 1
    if distance > _MOST_EDITS or len(surface) < _SHORTEST_TRACE * count:
        return None
    bounds = [len(surface) * number // count for number in range(count + 1)]
    pieces = [surface[one:two] for one, two in pairwise(bounds)]
    crossed = {one[:-1] + two[0] + one[-1] for one, two in pairwise(pieces)}
    return {*pieces, *crossed}
