"""The lines of a table, of which any number can be looked at before they are taken."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator

from index.sources.inputs.streams import LONGEST, Broken, lines

_MOST_WASTED = 2 * LONGEST
"""Once lines that were given back have cost this, no row may cost more than ``_MOST_WHEN_WARY``."""

_MOST_WHEN_WARY = 2**14
_COST_OF_LINE = 64  # of taking it, in characters
_DOS_END = b"\x1a"
_LONGEST_HEAD = 2**16


STAND_IN = "\ud800"
"""A delimiter that no text holds, since bytes that are no UTF-8 become other codes."""


class TooLong(Exception):
    """A line, or the lines of one row, are longer than an article may be."""


class TableLines:
    """The lines as ``csv.reader`` takes them; those of a row that goes wrong can be given back.

    Iterating raises ``TooLong``, and the ``Broken`` of the content once every line before the
    break is taken.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._source = _texts(lines(_with_line_feeds(content)))
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._row: list[tuple[int, str | None]] = []
        self._size = 0
        self._wasted = 0
        self._wary = False
        self._broken: Broken | None = None
        self.separator = ""
        """A delimiter of several characters, which lines have as ``STAND_IN``."""

    def __iter__(self) -> Iterator[str]:
        """The lines from here on; to be called again after an error and after the end.

        A generator, since a method called for every line takes half as long again.
        """
        waiting, row, source = self._waiting, self._row, self._source
        while True:
            if waiting:
                taken = waiting.popleft()
            elif self.separator or self._broken is not None:
                pulled = self._pull()
                if pulled is None:
                    return
                taken = pulled
            else:
                try:
                    taken = next(source)
                except StopIteration:
                    return
                except Broken as broken:
                    self._broken = broken
                    raise
            row.append(taken)
            line = taken[1]
            if line is None:
                raise TooLong
            self._size = size = self._size + len(line)
            if size > LONGEST or (self._wary and self._cost > _MOST_WHEN_WARY):
                raise TooLong
            yield line

    @property
    def _cost(self) -> int:
        return self._size + _COST_OF_LINE * len(self._row) if len(self._row) > 1 else 0

    def _pull(self) -> tuple[int, str | None] | None:
        """The next line of the content; None at its end."""
        if self._broken is not None:
            raise self._broken
        try:
            taken = next(self._source, None)
        except Broken as broken:
            self._broken = broken
            raise
        if self.separator and taken is not None and taken[1] is not None:
            return taken[0], taken[1].replace(self.separator, STAND_IN)
        return taken

    def start_row(self) -> None:
        """Forgets the lines of the row before."""
        self._row.clear()
        self._size = 0

    @property
    def first(self) -> int:
        """The number of the row's first line."""
        return self._row[0][0]

    @property
    def taken(self) -> list[tuple[int, str | None]]:
        """The lines of the row with their numbers; None is one that is too long."""
        return self._row

    def give_back(self) -> None:
        """All lines of the row come again."""
        self._wasted += self._cost
        self._wary = self._wasted > _MOST_WASTED
        self._waiting.extendleft(reversed(self._row))
        self.start_row()

    def take(self, count: int) -> None:
        """The row is the next ``count`` lines, which wait."""
        self._row.extend(self._waiting.popleft() for _ in range(count))

    def ahead(self, at: int) -> str | None:
        """The line that comes ``at`` lines after the next; None where there is none to be read."""
        try:
            while len(self._waiting) <= at:
                pulled = self._pull()
                if pulled is None:
                    return None
                self._waiting.append(pulled)
        except Broken:
            return None
        return self._waiting[at][1]

    def number_ahead(self, at: int) -> int:
        """The number of a line that ``ahead`` has given."""
        return self._waiting[at][0]

    def separate_by(self, separator: str) -> None:
        """From here on, and in the lines that wait, ``separator`` is ``STAND_IN``."""
        before, self.separator = self.separator, separator
        if before == separator:
            return
        waiting = [
            (number, line and _exchanged(line, before, separator)) for number, line in self._waiting
        ]
        self._waiting.clear()
        self._waiting.extend(waiting)


def _texts(source: Iterator[tuple[int, bytes | None]]) -> Iterator[tuple[int, str | None]]:
    """Every line with its number, as a text that ends with a line feed."""
    for number, data in source:
        if data is None:
            yield number, None
        elif data != _DOS_END:
            yield number, data.removesuffix(b"\r").decode("utf-8", "surrogateescape") + "\n"
        else:
            yield number, "\n"


def _exchanged(line: str, before: str, separator: str) -> str:
    line = line.replace(STAND_IN, before) if before else line
    return line.replace(separator, STAND_IN) if separator else line


def _with_line_feeds(content: Iterable[bytes]) -> Iterator[bytes]:
    """The content; where lines end in a carriage return only, each as a line feed.

    The end of the first line shows it: a return outside quotation marks before any line feed.
    """
    blocks = iter(content)
    head = b""
    while b"\n" not in head and len(head) < _LONGEST_HEAD:
        block = next(blocks, None)
        if block is None:
            break
        head += block
    before, _, after = head.partition(b"\r")
    if b"\n" in before or after.lstrip(b"\r")[:1] in {b"", b"\n"} or before.count(b'"') % 2:
        yield head
        yield from blocks
        return
    for block in itertools.chain((head,), blocks):
        yield block.replace(b"\r", b"\n")
