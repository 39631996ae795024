"""Members without a text, of which a file may hold millions: passed in one step, told as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from index.patterns import on_use
from index.sources.problems import InputProblem, ProblemKind

_NUMBERS = on_use(r"(?:(?:-?[0-9][0-9.eE+-]*+|null|true|false)\s*+,\s*+){8,}+")
_OBJECTS = on_use(r"(?:\{\s*+\}\s*+,\s*+){8,}+")
SHORT = 24
"""A line of as many bytes or more may hold a text."""

_LINES = {
    b"{}": ProblemKind.EMPTY_BODY,
    **dict.fromkeys((b"null", b"true", b"false", b'""'), ProblemKind.NOT_AN_OBJECT),
}


def empty_run(text: str, at: int) -> tuple[int, int, ProblemKind] | None:
    """Where a row of members without a text ends, how many they are, and what is told of them.

    Only of a long row that begins at the place; the member after the last comma is not among them.
    """
    character = text[at]
    if character in "-0123456789ntf":
        found, kind = _NUMBERS.match(text, at), ProblemKind.NOT_AN_OBJECT
    elif character == "{":
        found, kind = _OBJECTS.match(text, at), ProblemKind.EMPTY_BODY
    else:
        return None
    return None if found is None else (found.end(), text.count(",", at, found.end()), kind)


class EmptyLines:
    """Counts the lines without a text; the first of a kind is told at once, the others together."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._firsts: dict[ProblemKind, int] = {}
        self._others: Counter[ProblemKind] = Counter()

    def take(self, line: bytes, number: int) -> tuple[InputProblem, ...] | None:
        """What is told of the line; None of one that may hold a text."""
        line = line.strip()
        kind = ProblemKind.NOT_AN_OBJECT if line.isdigit() else _LINES.get(line)
        if kind is None:
            return () if not line else None
        if kind in self._firsts:
            self._others[kind] += 1
            return ()
        self._firsts[kind] = number
        return (InputProblem(kind, self._file, number),)

    def rest(self) -> Iterator[InputProblem]:
        """What is told at the end, with the line of the first."""
        for kind, count in self._others.items():
            yield InputProblem(kind, self._file, self._firsts[kind], "", count)
