"""Rows of cells out of the lines of a table, also where quotation marks are wrong.

RFC 4180 is the reading that counts: a cell in quotation marks may hold delimiters, line ends and
doubled quotation marks. Where a row is not written like that, or where its lines read as rows of
their own fit much better, other readings are weighed. The one that is chosen has exactly as many
cells as the header; if none has, the first line is a row whose quotation marks are characters.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from index.sources.columns.plan import SYNONYMS, FieldNames
from index.sources.formats.tables.dialect import is_header_again
from index.sources.formats.tables.lines import STAND_IN, TableLines, TooLong
from index.sources.formats.tables.readings import MOST_AHEAD, Ahead, Escapes, loose_cells
from index.sources.formats.tables.shape import Shape
from index.sources.inputs.streams import Broken
from index.sources.problems import InputProblem, ProblemKind

_MOST_LINES = 100
_LONGEST_LOOSE_TEXT = 2**15
_MOST_IN_VAIN = 200  # rows for which other readings than the first line alone are tried in vain
_MANY_ROWS = 50
"""So many lines with the right number of cells, three or more, are no table inside a text."""


class Row(NamedTuple):
    """The cells of a row, which begins at ``line`` and has ``span`` lines."""

    line: int
    cells: list[str]
    span: int = 1
    faults: tuple[ProblemKind, ...] = ()
    """The repairs that it needed."""


def read_rows(
    source: TableLines, shape: Shape, file: str, names: FieldNames
) -> Iterator[Row | InputProblem]:
    """Every row up to another header, which is left; blank lines are rows without cells.

    Raises the ``Broken`` of the source.
    """
    first_names = {name.strip() for name in (*shape.header, *chain(*SYNONYMS.values())) if name}
    first_names |= {f"\ufeff{name}" for name in first_names}
    for row in _Rows(source, shape, file).read():
        if (
            not isinstance(row, InputProblem)
            and (cells := row.cells)
            and cells[0] in first_names
            and is_header_again(cells, names)
        ):
            source.give_back()
            return
        yield row


class _Rows:
    def __init__(self, source: TableLines, shape: Shape, file: str) -> None:
        self._source = source
        self._shape = shape
        self._file = file
        self._escapes = Escapes(shape)
        self._in_vain = 0
        self._escaped = False
        self._reader = self._strict(source)

    def _strict(self, lines: Iterable[str], *, spaced: bool = False) -> Any:
        shape = self._shape
        return csv.reader(
            lines,
            delimiter=shape.delimiter,
            quotechar=shape.quote,
            skipinitialspace=spaced or shape.spaced,
            strict=True,
        )

    def read(self) -> Iterator[Row | InputProblem]:
        source, width = self._source, self._shape.width
        separator, delimiter = source.separator, self._shape.delimiter
        row: Row | InputProblem | None
        while True:
            source.start_row()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except (csv.Error, TooLong) as error:
                row = self._recovered(too_long=isinstance(error, TooLong))
                self._reader = self._strict(source)
            except Broken:
                row = self._before_break()
                self._reader = self._strict(source)
                if row is None:
                    raise
            else:
                taken = source.taken
                right = len(cells) == width and not self._escaped
                number, first = taken[0]
                if len(taken) == 1 and (right or not self._is_odd(first or "")):
                    row = Row(number, cells)
                elif right and (first or "").count(delimiter) < width - 1:
                    row = Row(number, cells, len(taken))  # the first line alone is no row
                else:
                    row = self._weighed(cells)
            if separator and isinstance(row, Row):
                row = row._replace(cells=[cell.replace(STAND_IN, separator) for cell in row.cells])
            yield row

    def _weighed(self, cells: list[str]) -> Row | InputProblem:
        """The row of a well-formed reading, unless another is plainly meant.

        A text in quotation marks may hold lines with as many delimiters as the header, by chance or
        because it holds a table, so that their number alone is no proof against it.
        """
        shape, lines = self._shape, self._source.taken
        first = lines[0][1] or ""
        right = len(cells) == shape.width
        escaped = self._has_escapes(first) and (self._escaped or not right)
        may_be_rows = len(lines) > 1 and self._shape.is_full(first)
        if (right or not self._is_odd(first)) and not escaped and not may_be_rows:
            return Row(lines[0][0], cells, len(lines))
        texts = [text or "" for _, text in lines]
        rows = may_be_rows and (
            (not right and self._shape.is_full(texts[1]))
            or (all(map(self._shape.is_full, texts[1:])) and (not right or self._are_rows(texts)))
        )
        if not rows and not escaped and right:
            return Row(lines[0][0], cells, len(lines))
        number, span = lines[0][0], len(lines)
        self._source.give_back()
        if escaped or not rows:
            other = self._otherwise(first, number)
            if other is not None:
                self._source.take(other.span)
                return other
        if rows or (not right and shape.score(shape.split(first)) > shape.score(cells)):
            return self._literal(number)
        self._source.take(span)
        return Row(number, cells, span)

    def _are_rows(self, texts: list[str]) -> bool:
        """Lines that have the right number of cells are rows by what stands in them, too."""
        shape = self._shape
        if len(texts) >= _MANY_ROWS and shape.width >= 3:
            return True
        rows = [shape.split(text) for text in texts]
        for column in shape.urls:
            if all(row[column].startswith(("http://", "https://", "www.")) for row in rows):
                return True
        for column in shape.numbers:
            numbers = [row[column].strip() for row in rows]
            if all(number.isdecimal() and len(number) < 16 for number in numbers):
                start = int(numbers[0])
                return [int(number) for number in numbers] == [*range(start, start + len(numbers))]
        return False

    def _recovered(self, *, too_long: bool) -> Row | InputProblem:
        """The row in place of one that is not well-formed, or its problem."""
        source = self._source
        number, first = source.taken[0]
        problem = InputProblem(ProblemKind.LINE_TOO_LONG, self._file, number)
        if first is None or (too_long and len(source.taken) == 1):
            return problem
        source.give_back()
        shape = self._shape
        row = self._otherwise(first, number)
        if row is None and first.startswith(shape.quote):
            row = self._loosely(number, quoted=True)
        if row is None and shape.is_full(first):
            following = source.ahead(1)
            if following is None or following.isspace() or shape.is_full(following):
                return self._literal(number)
        row = row or self._loosely(number)
        if row is not None:
            source.take(row.span)
            return row
        if too_long and len(shape.split(first)) != shape.width:
            source.take(1)
            return problem
        return self._literal(number)

    def _before_break(self) -> Row | None:
        """The row before the place where the content breaks off; None for one that may be cut."""
        lines = self._source.taken
        if len(lines) < 2 or not all(text and self._shape.is_full(text) for _, text in lines[:2]):
            return None
        number = lines[0][0]
        self._source.give_back()
        return self._literal(number)

    def _otherwise(self, first: str, number: int) -> Row | None:
        """The row with escapes, with other spaces or line ends, if that is how it is written.

        It is not taken yet.
        """
        ahead, shape = Ahead(self._source), self._shape
        rows = self._shape.is_full(first) and self._shape.is_full(self._source.ahead(1) or first)
        if "\r" in first:
            row = self._tried(self._strict(line.replace("\r", " ") for line in ahead), number)
            if row is not None:
                return row
        if self._has_escapes(first) and self._in_vain < _MOST_IN_VAIN:
            most = 1 if rows else MOST_AHEAD
            row = self._tried(self._escapes.reader(Ahead(self._source, most)), number)
            if row is not None:
                self._escaped = True
                return row
            self._in_vain += 1
        if f"{shape.quote} {shape.delimiter}" in first or first.endswith(f"{shape.quote} \n"):
            trailing = self._escapes.trailing
            lines = (trailing.sub(shape.quote, line) for line in Ahead(self._source))
            return self._tried(self._strict(lines), number)
        if f"{shape.delimiter} {shape.quote}" in first and not shape.spaced:
            return self._tried(self._strict(Ahead(self._source), spaced=True), number)
        return None

    def _tried(self, reader: Any, number: int) -> Row | None:
        """The row that a ``csv.reader`` of the waiting lines gives, if it has the right cells."""
        try:
            cells: list[str] = next(reader, [])
        except csv.Error:
            return None
        if len(cells) != self._shape.width:
            return None
        return Row(number, cells, reader.line_num)

    def _loosely(self, number: int, *, quoted: bool = False) -> Row | None:
        """The row whose cells end at a quotation mark before a delimiter, others being text.

        It is not taken yet. ``quoted``: only if all of its cells are in quotation marks, numbers
        and empty ones excepted, and two at least.
        """
        shape, text = self._shape, ""
        for at in range(_MOST_LINES if self._in_vain < _MOST_IN_VAIN else 1):
            line = self._source.ahead(at)
            if line is None or len(text) > _LONGEST_LOOSE_TEXT:
                break
            if at and (not quoted or line.startswith(shape.quote)) and self._is_row(line):
                break
            text += line
            if shape.quote in line:
                cells, enclosed = loose_cells(text.rstrip("\n"), shape)
                texts = sum(1 for cell in cells if cell and not cell.isdecimal())
                all_enclosed = 1 < texts <= enclosed
                if len(cells) == shape.width and (all_enclosed or not quoted):
                    return Row(number, cells, at + 1, (ProblemKind.BARE_QUOTE,))
        self._in_vain += at > 0
        return None

    def _literal(self, number: int) -> Row:
        """The first line as a row."""
        source, shape = self._source, self._shape
        line = source.ahead(0) or ""
        source.take(1)
        faults = (ProblemKind.BARE_QUOTE,) if shape.quote in line else ()
        return Row(number, shape.split(line), 1, faults)

    def _is_row(self, line: str) -> bool:
        """The line has the right number of cells and nothing wrong in them."""
        return self._shape.is_full(line) and not self._shape.suits(self._shape.split(line))[1]

    def _has_escapes(self, line: str) -> bool:
        """The line is written with escapes, or may be."""
        return "\\" in line and (self._escaped or self._escapes.possible(line))

    def _is_odd(self, line: str) -> bool:
        """The line has what may make it a row of another number of cells."""
        return self._shape.quote in line or "\\" in line
