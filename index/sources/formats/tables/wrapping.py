r"""Tables written a second time: whole rows in quotation marks, apostrophes for marks, ``\n``.

A program that takes each line of a CSV for one text writes it as a CSV of one column. Exports of
PostgreSQL (COPY) and MySQL (``mysql -B``) have ``\n`` for a line end, ``\t`` for a tab and ``\\``
for a backslash: https://www.postgresql.org/docs/current/sql-copy.html
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace

from index.patterns import on_use
from index.sources.formats.tables.lines import TableLines, unwrapped_line
from index.sources.formats.tables.shape import Shape

_ESCAPE = on_use(r"\\(.)", re.DOTALL)
_LINE_END = on_use(r"[.!?]\\n|\\n\\n|\\r\\n")
_MEANT = {"n": "\n", "t": "\t", "r": "", "\\": "\\", "b": "", "f": "", "v": ""}
_LOOKED_AT = 2
_LEAST_MARKS = 4


def with_marks(source: TableLines, shape: Shape) -> Shape:
    """The shape of rows that may have apostrophes for quotation marks.

    Rows that are wrapped the source unwraps from here on.
    """
    ahead = [source.ahead(at) for at in range(_LOOKED_AT)]
    lines = [line for line in ahead if line is not None]
    if shape.quote != '"' or shape.width == 1 or not lines:
        return shape
    if all(line[0] == '"' and _is_wrapped(line, shape) for line in lines):
        source.unwrap()
    elif all(line[0] == "'" for line in lines) and _has_apostrophes(lines[0], shape):
        return replace(shape, quote="'")
    return shape


def _is_wrapped(line: str, shape: Shape) -> bool:
    if len(_cells(line.rstrip().rstrip(";,"), shape.delimiter, '"')) != 1:
        return False
    inner, is_open = unwrapped_line(line, is_open=False)
    return not is_open and len(_cells(inner, shape.delimiter, '"')) == shape.width


def _has_apostrophes(line: str, shape: Shape) -> bool:
    cells = _cells(line, shape.delimiter, "'")
    return (
        len(cells) == shape.width and line.count("'") >= _LEAST_MARKS and line.count("'") % 2 == 0
    )


def _cells(line: str, delimiter: str, quote: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=True), [])
    except csv.Error:
        return []


def unescaped(cells: Sequence[str]) -> list[str]:
    """The cells with what their backslashes stand for.

    As they are where one stands for nothing, and where none is plainly a line end.
    """
    if not any(map(_LINE_END.search, cells)):
        return [*cells]
    for cell in cells:
        if "\\" in cell and not all(found in _MEANT for found in _ESCAPE.findall(cell)):
            return [*cells]
    return [
        _ESCAPE.sub(lambda found: _MEANT[found[1]], cell) if "\\" in cell else cell
        for cell in cells
    ]
