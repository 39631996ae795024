"""Excel's XML of 2003: the rows of its sheets as records, each sheet with its own header.

A cell may say its column (``ss:Index``, from 1), so that empty ones before it need not be written.
Format: Microsoft, "XML Spreadsheet Reference" (``urn:schemas-microsoft-com:office:spreadsheet``).
"""

from __future__ import annotations

from index.sources.formats.feeds.elements import Element, attribute, content, name_of

ROOT = "workbook"
_INDEX = "{urn:schemas-microsoft-com:office:spreadsheet}Index"
_WIDEST = 16_384
"""So many columns a sheet of Excel has at most."""


class Rows:
    """Makes records of rows; the first row with text in more than one cell is the header.

    A row that is the header again begins another sheet.
    """

    def __init__(self) -> None:
        self._header: dict[int, str] = {}

    def values_of(self, row: Element) -> dict[str, object] | None:
        """The fields of a row; None of a header and of what stands above it."""
        cells = _cells(row)
        if not self._header:
            self._header = cells if len(cells) > 1 else {}
            return None
        if cells == self._header:
            return None
        return {name: cells[column] for column, name in self._header.items() if cells.get(column)}


def _cells(row: Element) -> dict[int, str]:
    """The texts of the cells that have one, by their columns from 1."""
    cells: dict[int, str] = {}
    column = 0
    for cell in row:
        if name_of(cell) != "Cell":
            continue
        given = attribute(cell, _INDEX)
        column = (
            int(given) if given.isascii() and given.isdigit() and len(given) < 6 else column + 1
        )
        if column > _WIDEST:
            break
        text = next((content(data) for data in cell if name_of(data) == "Data"), "").strip()
        if text:
            cells[column] = text
    return cells
