"""The lines of a table, of which any number can be looked at before they are taken."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator

from index.sources.inputs.streams import LONGEST, Broken, lines
from index.sources.text.cleaning import decode

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
        self._source = lines(_with_line_feeds(content))
        self._waiting: deque[tuple[int, str | None]] = deque()
        self._row: list[tuple[int, str | None]] = []
        self._size = 0
        self._wasted = 0
        self._wary = False
        self._unmeasured = LONGEST  # a row of so many characters cannot be too long
        self._broken: Broken | None = None
        self._wrapped = False
        self._open = False
        self.separator = ""
        """A delimiter of several characters, which lines have as ``STAND_IN``."""

    def __iter__(self) -> Iterator[str]:
        """The lines from here on; to be called again after an error and after the end.

        A generator, since a method called for every line takes half as long again.
        """
        waiting, row = self._waiting, self._row
        while True:
            while waiting or self.separator or self._wrapped or self._broken is not None:
                taken = waiting.popleft() if waiting else self._pull()
                if taken is None:
                    return
                row.append(taken)
                yield self._measured(taken[1])
            try:
                for number, data in self._source:
                    line = None
                    if data is not None and data != _DOS_END:
                        line = data.removesuffix(b"\r").decode("utf-8", "surrogateescape") + "\n"
                        self._size = size = self._size + len(line)
                        if size < self._unmeasured:
                            row.append((number, line))
                            yield line
                            if waiting or self._broken is not None:
                                break
                            continue
                        self._size -= len(line)
                    row.append((number, line or _as_text(data)))
                    yield self._measured(row[-1][1])
                    if waiting or self._broken is not None:
                        break
                else:
                    return
            except Broken as broken:
                self._broken = broken
                raise

    def _measured(self, line: str | None) -> str:
        """The line, taken into account. Raises ``TooLong``."""
        if line is None:
            raise TooLong
        self._size += len(line)
        if self._size > LONGEST or (self._wary and self._cost > _MOST_WHEN_WARY):
            raise TooLong
        return line

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
        if taken is None:
            return None
        number, line = taken[0], _as_text(taken[1])
        if self._wrapped and line is not None:
            line, self._open = unwrapped_line(line, is_open=self._open)
        if self.separator and line is not None:
            line = line.replace(self.separator, STAND_IN)
        return number, line

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
        self._unmeasured = 0 if self._wary else LONGEST
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

    def require_end(self) -> None:
        """Raises the ``Broken`` of a content that broke off where ``ahead`` found no line."""
        if self._broken is not None:
            raise self._broken

    def number_ahead(self, at: int) -> int:
        """The number of a line that ``ahead`` has given."""
        return self._waiting[at][0]

    def unwrap(self) -> None:
        """From here on, and in the lines that wait, whole rows are without quotation marks."""
        self._wrapped = True
        for at, (number, wrapped) in enumerate(self._waiting):
            if wrapped is not None:
                line, self._open = unwrapped_line(wrapped, is_open=self._open)
                self._waiting[at] = number, line

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


def unwrapped_line(line: str, *, is_open: bool) -> tuple[str, bool]:
    """A line without the quotation marks around its whole row, and whether the row goes on.

    ``is_open`` tells that it did before the line.
    """
    text = line.rstrip("\n")
    if not is_open:
        if text[:1] != '"':
            return line, False
        text = text[1:]
    bare = text.rstrip(";,")
    marks = len(bare) - len(bare.rstrip('"'))
    ends = marks % 2 == 1
    return (bare[:-1] if ends else text).replace('""', '"') + "\n", not ends


def _as_text(data: bytes | None) -> str | None:
    """The line as ``csv.reader`` takes it, which is told of the end of each."""
    if data is None:
        return None
    return "\n" if data == _DOS_END else decode(data.removesuffix(b"\r")) + "\n"


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
