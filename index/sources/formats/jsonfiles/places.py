"""The lines on which the objects of a JSON value begin, found by a second look at its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.patterns import on_use

_TOKEN = on_use(r"\"(?:[^\"\\]++|\\.)*+\"|[{\n]", re.DOTALL)


def lines_of_objects(
    text: str, start: int, end: int, line: int, value: object
) -> Mapping[int, int]:
    """The line of each object in a value by the object's identity; empty where it is not certain.

    The value was read from ``text[start:end]``, which begins on the line.
    """
    if text.find("\n", start, end) < 0:
        return {}
    lines = list(_opening_lines(text, start, end, line))
    objects = list(_objects(value))
    if len(lines) != len(objects):  # a key came twice, or it is no strict JSON
        return {}
    return dict(zip(objects, lines, strict=True))


def _opening_lines(text: str, start: int, end: int, line: int) -> Iterator[int]:
    for found in _TOKEN.finditer(text, start, end):
        if found[0] == "{":
            yield line
        else:
            line += found[0].count("\n")


def _objects(value: object) -> Iterator[int]:
    """The identities of the objects in the order in which they open."""
    waiting = [value]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            yield id(held)
            waiting.extend(reversed(held.values()))
        elif isinstance(held, list):
            waiting.extend(reversed(held))
