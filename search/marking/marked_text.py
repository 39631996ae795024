"""A text and what of it is marked."""

from __future__ import annotations

from typing import NamedTuple

from index.light_dataclass import dataclass


class Mark(NamedTuple):
    """A token that matches: where it stands, in characters, and the stem or word found there."""

    start: int
    end: int
    found: str


@dataclass(frozen=True)
class MarkedText:
    """A text with the tokens that match, in order.

    ``together``: of all that is sought by where it stands and stands there, where what belongs
    together begins, in characters, ascending: a list for each part of it.
    """

    text: str
    marks: list[Mark]
    together: tuple[tuple[list[int], ...], ...] = ()
