"""Hits as a table: CSV (RFC 4180) in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import orjson

from index.fields import Facet
from index.patterns import on_use
from search.members import Members, hit_of
from search.response import Hit

# What spreadsheets take for the start of a formula, also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INNER_FORMULA = on_use(r"([;\t]\s*)(?=[-=+@＝＋－＠])")

COLUMNS = (
    "id",
    "title",
    "date",
    *(facet.value for facet in Facet),
    "url",
    "score",
    "missing",
    "snippet",
)
"""The header of the table where no columns are chosen."""


def table(batches: Iterable[Iterable[Hit]], columns: Sequence[str] = ()) -> Iterator[bytes]:
    """The hits as CSV, a piece a batch, the first with the header before it.

    ``columns`` are members of hits (``search.members``); none: ``COLUMNS``.
    """
    names = tuple(columns) or COLUMNS
    header: tuple[tuple[object, ...], ...] = (names,)
    for hits in batches:
        yield rows([*header, *(cells(hit, names) for hit in hits)])
        header = ()


def cells(hit: Hit, columns: tuple[str, ...]) -> tuple[object, ...]:
    """What a hit has in the columns."""
    return tuple(hit_of(hit, Members(columns), "id").values())


def rows(some: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV.

    Lists of texts have `` | `` between them; what else is no text or number is JSON. No cell is a
    formula to a spreadsheet, nor is a part of one where it cuts rows at semicolons or tabs: an
    apostrophe stands before it.
    """
    text = io.StringIO()
    csv.writer(text).writerows(map(_cell, row) for row in some)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        value = " | ".join(map(str, value))
    if isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return _inert(value if isinstance(value, str) else orjson.dumps(value).decode())


def _inert(cell: str) -> str:
    cell = _INNER_FORMULA.sub(r"\1'", cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
