"""Hits as a table: CSV (RFC 4180) in UTF-8."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator

from index.dates import iso_date
from index.fields import Facet
from search.response import Hit

# What spreadsheets take for the start of a formula, also in their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_INNER_FORMULA = re.compile(r"([;\t]\s*)(?=[-=+@＝＋－＠])")
_TAGS = re.compile("</?mark>")

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
"""The header of the table."""


def table(batches: Iterable[Iterable[Hit]]) -> Iterator[bytes]:
    """The hits as CSV, a piece a batch, the first with the header before it.

    ``missing`` has the words that an article lacks, with `` | `` between them. No cell is a formula
    to a spreadsheet, nor is a part of one where it cuts rows at semicolons or tabs.
    """
    header: tuple[tuple[str, ...], ...] = (COLUMNS,)
    for hits in batches:
        text = io.StringIO()
        csv.writer(text).writerows([*header, *(map(_inert, _cells(hit)) for hit in hits)])
        header = ()
        yield text.getvalue().encode("utf-8", "replace")


def plain_text(marked: str) -> str:
    """The text of HTML whose only elements are ``<mark>``."""
    return html.unescape(_TAGS.sub("", marked))


def _cells(hit: Hit) -> tuple[str, ...]:
    return (
        hit.id,
        hit.title,
        iso_date(hit.date) if hit.date else "",
        *(hit.facets.get(facet, "") for facet in Facet),
        hit.url or "",
        "" if hit.score is None else str(hit.score),
        " | ".join(hit.missing),
        plain_text(hit.snippet_html),
    )


def _inert(cell: str) -> str:
    cell = _INNER_FORMULA.sub(r"\1'", cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
