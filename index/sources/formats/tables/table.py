"""CSV and its relatives: a header, then one article a row.

A cell in quotation marks may hold delimiters and line ends (RFC 4180). What real exports do with
that is in ``dialect`` (how a table is written), ``rows`` (quotation marks that are wrong) and
``ragged`` (rows with other numbers of cells).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.dialect import Header, take_header
from index.sources.formats.tables.lines import TableLines
from index.sources.formats.tables.ragged import is_footer, mend_long, with_joined_lines
from index.sources.formats.tables.rows import Row, read_rows
from index.sources.formats.tables.shape import Shape
from index.sources.formats.tables.wrapping import unescaped
from index.sources.inputs.streams import LONGEST
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_NULL = "\\N"
"""How MySQL writes that there is no value."""

_TEXT_OF_A_SHEET = on_use('="((?:[^"]++|"")*+)"')
"""``="00123"``: how exports tell spreadsheets that digits are a text."""


def read_table(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every row that is not empty. Raises ``Broken``."""
    csv.field_size_limit(LONGEST)  # for the whole process, so here alone
    source = TableLines(content)
    again = False
    while True:
        header = take_header(source, names)
        if header is None:
            source.require_end()
            return
        if not isinstance(header, Header):
            number, detail = header
            yield InputProblem(ProblemKind.MISSING_COLUMN, file, number, detail)
            return
        if again:
            line = header.shape.joiner.join(header.shape.header)
            yield InputProblem(ProblemKind.NOT_A_ROW, file, header.line, line)
        for number, text in header.before:
            yield InputProblem(ProblemKind.NOT_A_ROW, file, number, text)
        yield from _records(source, header.shape, file, names)
        again = True


def _records(
    source: TableLines, shape: Shape, file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The records up to another header, which files have that were put one behind the other."""
    width, body = shape.width, shape.body
    for row in with_joined_lines(read_rows(source, shape, file, names), shape):
        if isinstance(row, InputProblem):
            yield row
            continue
        cells = row.cells
        if not any(cells):
            continue
        if (len(cells) != width or not cells[body]) and width > 1 and is_footer(cells, shape):
            yield InputProblem(ProblemKind.NOT_A_ROW, file, row.line, "".join(cells))
        else:
            yield _record(row, shape, file)


def _without_formula(cell: str) -> str:
    text = _TEXT_OF_A_SHEET.fullmatch(cell)
    return cell if text is None else text[1].replace('""', '"')


def _record(row: Row, shape: Shape, file: str) -> Record | InputProblem:
    """The row as a record, mended where its number of cells is not that of the header."""
    cells, width = row.cells, shape.width
    faults = tuple((fault, "") for fault in row.faults) if row.faults else ()
    if _NULL in cells:
        cells = ["" if cell == _NULL else cell for cell in cells]
    if any(cell[:2] == '="' for cell in cells):
        cells = [_without_formula(cell) for cell in cells]
    if shape.delimiter == "\t" and any("\\" in cell for cell in cells):
        cells = unescaped(cells)
    if len(cells) != width:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        extra = len(cells) - width
        if extra > 0:
            mended = mend_long(cells, shape)
            if mended is None:
                detail = f"{len(cells)} > {width}"
                return InputProblem(ProblemKind.LONG_ROW, file, row.line, detail)
            cells = mended
        if extra and ProblemKind.RAGGED_ROW not in row.faults:
            faults = (*faults, (ProblemKind.RAGGED_ROW, f"{extra:+d}"))
    return Record(dict(zip(shape.header, cells, strict=False)), row.line, faults)
