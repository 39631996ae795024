"""Bytes from disk to lines, never more of them in memory than needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.sources.problems import Detail, ProblemKind

LONGEST = 16 * 2**20
"""The most bytes of one line, and of one article."""


def whole(content: Iterable[bytes]) -> bytes | None:
    """All of the content; None where it is longer than ``LONGEST``. Raises its ``Broken``."""
    held: list[bytes] = []
    size = 0
    for block in content:
        size += len(block)
        if size > LONGEST:
            return None
        held.append(block)
    return b"".join(held)


class Broken(Exception):
    """A stream ended before its end; ``line`` and ``rest`` are the line it broke off in."""

    def __init__(self, kind: ProblemKind, detail: Detail) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.line: int | None = None
        self.rest = b""


def lines(content: Iterable[bytes], *, blank: bool = True) -> Iterator[tuple[int, bytes | None]]:
    """Every line with its number from 1, without its end; None for one longer than ``LONGEST``.

    Blank lines that fill whole blocks are left out where ``blank`` ones do not matter. Raises the
    ``Broken`` of the content with the line it broke off in.
    """
    number = 1
    held: list[bytes] = []
    size = 0
    try:
        for block in content:
            if not blank and not size and block.isspace():
                number += block.count(b"\n")
                continue
            first, *others = block.split(b"\n")
            size += len(first)
            if size <= LONGEST:
                held.append(first)
            else:
                held.clear()
            if not others:
                continue
            yield number, b"".join(held) if size <= LONGEST else None
            for line in others[:-1]:
                number += 1
                yield number, line if len(line) <= LONGEST else None
            number += 1
            size = len(others[-1])
            held = [others[-1]] if size <= LONGEST else []
    except Broken as broken:
        broken.line = number
        broken.rest = b"".join(held)
        raise
    if size:
        yield number, b"".join(held) if size <= LONGEST else None
