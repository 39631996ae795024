"""Rows written otherwise than RFC 4180 says: with backslashes, with marks that are not doubled."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any

from index.sources.formats.tables.lines import TableLines
from index.sources.formats.tables.shape import Shape

MOST_AHEAD = 1000
"""The most lines of a row that is not written as it should be."""

_LONGEST_AHEAD = 2**20


class Ahead:
    """The waiting lines, one after the other."""

    def __init__(self, source: TableLines, most: int = MOST_AHEAD) -> None:
        self._source = source
        self._most = most
        self._at = 0
        self._size = 0

    def __iter__(self) -> Ahead:
        return self

    def __next__(self) -> str:
        line = self._source.ahead(self._at) if self._at < self._most else None
        if line is None or self._size > _LONGEST_AHEAD:
            raise StopIteration
        self._at += 1
        self._size += len(line)
        return line


class Escapes:
    r"""Rows with a backslash before quotation marks and delimiters, as MySQL and pandas write them.

    Any other backslash is a character.
    """

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        marked = re.escape(shape.quote + shape.delimiter + "\n")
        self.trailing = re.compile(
            rf"{re.escape(shape.quote)} {{1,9}}(?={re.escape(shape.delimiter)}|\n)"
        )
        """Spaces between a quotation mark and the delimiter after it."""
        self._possible = re.compile(rf"\\[{marked}]")
        self._backslash = re.compile(rf"\\(?:([{marked}\\])|)")

    def possible(self, line: str) -> bool:
        """The line has such a backslash."""
        return self._possible.search(line) is not None

    def reader(self, lines: Iterable[str]) -> Any:
        """A ``csv.reader`` of such rows."""
        return csv.reader(
            map(self._prepared, lines),
            delimiter=self._shape.delimiter,
            quotechar=self._shape.quote,
            escapechar="\\",
            strict=True,
        )

    def _prepared(self, line: str) -> str:
        if "\\" not in line:
            return line
        return self._backslash.sub(lambda found: found[0] if found[1] else "\\\\", line)


def loose_cells(text: str, shape: Shape) -> tuple[list[str], int]:
    """The cells of a row in which quotation marks inside a cell are not doubled.

    A mark ends the cell if a delimiter comes and then no space, or the end. Also how many cells are
    enclosed in quotation marks.
    """
    quote, delimiter = shape.quote, shape.delimiter
    end = re.compile(rf"{re.escape(quote)}(?:{re.escape(delimiter)}(?! )|\Z)")
    cells: list[str] = []
    at = enclosed = 0
    while len(cells) <= shape.width:
        found = end.search(text, at + 1) if text.startswith(quote, at) else None
        if found:
            cells.append(text[at + 1 : found.start()].replace(quote * 2, quote))
            enclosed += 1
            stop = found.start() + 1
        else:
            stop = text.find(delimiter, at)
            stop = len(text) if stop < 0 else stop
            cells.append(text[at:stop])
        if stop == len(text):
            break
        at = stop + 1
    return cells, enclosed
