"""Rows that have not as many cells as the header: what is certain of them is mended.

Three things make such rows: delimiters in a text that is not in quotation marks, line ends in one,
and cells that were left out. The first two are told from the third by what must stand in a column
(a date, an address, a number) and by how prose is written (a space follows its commas).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from index.patterns import on_use
from index.sources.formats.tables.rows import Row
from index.sources.formats.tables.shape import Shape
from index.sources.inputs.streams import Broken
from index.sources.problems import InputProblem, ProblemKind

_MOST_LINES = 1000
_SENTENCE_END = on_use(r"[^.]\.[\"'”’)]{0,3}\s*\Z")  # titles end in ?, ! and ..., too
_LONG_TEXT = 150
_SENTENCE = 3  # words at least; fewer may be a row that is cut off
_FOOTER = on_use(
    r"\W{0,9}(?:(?:total|jumlah)\b\W{0,9})?\d[\d.,]{0,20}\s{0,9}"
    r"(?:rows?|records?|baris|data|artikel|berita)\b"
    r"(?:\W{1,9}(?:in set|affected|exported|returned|selected|diekspor|terpilih)\b.{0,40})?\W{0,9}"
    r"|\W{0,9}(?:total|jumlah)\b[^\w\n]{0,9}(?:\w{1,20}\W{1,9}){0,3}\d[\d.,]{0,20}\W{0,9}",
    re.IGNORECASE,
)
"""A count of rows and nothing more: a headline may begin with one."""

Item = Row | InputProblem


def mend_long(cells: list[str], shape: Shape) -> list[str] | None:
    """The row with the cells of unquoted texts joined again; None where that is not certain."""
    joined = shape.glued(cells)
    if len(joined) == shape.width and not shape.suits(joined)[1]:
        return joined
    if shape.body_is_last:
        at = shape.width - 1
        return [*cells[:at], shape.joiner.join(cells[at:])]
    extra = len(cells) - shape.width
    typed = shape.dates | shape.urls | shape.numbers
    right = []
    for at in range(shape.width):
        if at in typed:
            continue
        end = at + extra + 1
        merged = [*cells[:at], shape.joiner.join(cells[at:end]), *cells[end:]]
        suitable, unsuitable = shape.suits(merged)
        if suitable and not unsuitable:
            right.append((at, merged))
    return right[0][1] if len(right) == 1 and right[0][0] == shape.body else None


def with_joined_lines(rows: Iterator[Item], shape: Shape) -> Iterator[Item]:
    """The rows, where those that a line end in a text has broken are one again.

    Rows without cells are left out.
    """
    ahead = _Ahead(rows)
    width, body_is_last = shape.width, shape.body_is_last
    for item in ahead:
        if isinstance(item, InputProblem):
            yield item
            continue
        cells = item.cells
        row = _joined(item, ahead, shape) if 0 < len(cells) < width else item
        if body_is_last and len(row.cells) >= width:
            row = _with_tail(row, ahead, shape)
        if cells:
            yield row


def is_footer(cells: list[str], shape: Shape) -> bool:
    """The row is a line that counts the others, or a remark.

    Where titles or texts are first, a remark has a space behind its ``#``: others are hashtags.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) != 1:
        return False
    if cells[0].startswith("#") and len(cells[0]) > 1:
        return 0 not in shape.texts or cells[0][1] in "# \t"
    return _FOOTER.fullmatch(filled[0].strip()) is not None


class _Ahead:
    """Rows that can be looked at before they are taken."""

    def __init__(self, rows: Iterator[Item]) -> None:
        self._rows = rows
        self._waiting: deque[Item] = deque()
        self._broken: Broken | None = None
        self.no_join_before = 0

    def __iter__(self) -> Iterator[Item]:
        """The rows; raises their ``Broken``."""
        waiting = self._waiting
        while True:
            while waiting:
                yield waiting.popleft()
            if self._broken is not None:
                raise self._broken
            for row in self._rows:
                yield row
                if waiting or self._broken is not None:
                    break
            else:
                return

    def look(self, at: int) -> Item | None:
        """The row that comes ``at`` rows after the next."""
        try:
            while len(self._waiting) <= at:
                row = None if self._broken is not None else next(self._rows, None)
                if row is None:
                    return None
                self._waiting.append(row)
        except Broken as broken:
            self._broken = broken
            return None
        return self._waiting[at]

    def drop(self, count: int) -> None:
        """Passes over rows that were looked at."""
        for _ in range(count):
            self._waiting.popleft()


def _joined(row: Row, ahead: _Ahead, shape: Shape) -> Row:
    """The row with the following ones that complete it, or as it is."""
    if (
        row.line < ahead.no_join_before
        or is_footer(row.cells, shape)
        or len(row.cells) <= shape.body > 0
    ):
        return row
    cells, blank = list(row.cells), 0
    for at in range(_MOST_LINES):
        item = ahead.look(at)
        if item is None or isinstance(item, InputProblem) or is_footer(item.cells, shape):
            ahead.no_join_before = row.line if item is None else item.line or 0
            break
        if not item.cells:
            blank += 1
            continue
        if len(item.cells) >= shape.width or (item.span > 1 and len(item.cells) > 1):
            ahead.no_join_before = item.line
            break
        part = shape.glued(item.cells)
        if not _continues(part, item.cells, shape, column=len(cells) - 1):
            ahead.no_join_before = item.line
            break
        cells[-1] += "\n" * (blank + 1) + part[0]
        cells.extend(part[1:])
        blank = 0
        if len(cells) == shape.width and not shape.suits(cells)[1]:
            ahead.drop(at + 1)
            return Row(row.line, cells, row.span + at + 1, (*row.faults, ProblemKind.RAGGED_ROW))
        if len(cells) > shape.width:
            break
    return row


def _with_tail(row: Row, ahead: _Ahead, shape: Shape) -> Row:
    """The row with the lines after it that can only belong to its body, the last column."""
    parts: list[str] = []
    blank = count = 0
    for at in range(_MOST_LINES):
        item = ahead.look(at)
        if item is None or isinstance(item, InputProblem):
            break
        if not item.cells:
            blank += 1
            continue
        is_one = len(item.cells) < shape.width and len(shape.glued(item.cells)) == 1
        if not is_one or item.span > 1 or is_footer(item.cells, shape) or item.cells[0].isdecimal():
            break
        parts.append("\n" * (blank + 1) + shape.joiner.join(item.cells))
        blank, count = 0, at + 1
    if not any(len(part.split()) >= _SENTENCE or _ends_a_sentence(part) for part in parts):
        return row
    ahead.drop(count)
    cells = [*row.cells[:-1], row.cells[-1] + "".join(parts)]
    return Row(row.line, cells, row.span + count, (*row.faults, ProblemKind.RAGGED_ROW))


def _continues(part: list[str], raw: list[str], shape: Shape, *, column: int) -> bool:
    """A short row goes on with the text of the one before rather than being one itself."""
    if len(part) == 1:
        return True
    first = part[0].strip()
    if 0 in shape.numbers:
        return not first.isdecimal()
    if 0 in shape.urls or 0 in shape.dates:
        return shape.suits(raw[:1]) == (0, 1)
    if len(first) > _LONG_TEXT or _ends_a_sentence(first):
        return True
    return shape.suits([""] * column + part)[0] > 0


def _ends_a_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text[-20:]) is not None
