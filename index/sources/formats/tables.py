"""CSV and its relatives: a header, then one article a row.

A cell in quotation marks may hold delimiters and line ends.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from index.sources.cleaning import decode
from index.sources.columns import FieldNames
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.streams import LONGEST, lines

DELIMITERS = ",;\t|"

_MOST_RESUMPTIONS = 50  # each may read as much as one article may be long


class _TooLong(Exception):
    """A line, or the lines of one row, are longer than an article may be."""


class _Lines:
    """The lines of a table as ``csv.reader`` wants them, of which those of a row can be given back.

    Raises ``_TooLong``, and the ``Broken`` of the content.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._source = lines(content)
        self._waiting: deque[tuple[int, str]] = deque()
        self._row: list[tuple[int, str]] = []
        self._size = 0
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._waiting:
            number, line = self._waiting.popleft()
            self.ended = False
        else:
            self.ended = True
            number, data = next(self._source)
            self.ended = False
            if data is None:
                self._row.append((number, ""))
                raise _TooLong
            line = decode(data.removesuffix(b"\r")).replace("\r", " ") + "\n"
        self._row.append((number, line))
        self._size += len(line)
        if self._size > LONGEST:
            raise _TooLong
        return line

    def start_row(self) -> None:
        """Forgets the lines of the row before."""
        self._row.clear()
        self._size = 0

    @property
    def first(self) -> int:
        """The number of the row's first line."""
        return self._row[0][0]

    @property
    def span(self) -> int:
        """How many lines the row has."""
        return len(self._row)

    def give_back(self) -> None:
        """All lines of the row but the first come again."""
        self._waiting.extendleft(reversed(self._row[1:]))


def find_delimiter(line: str, names: FieldNames) -> str | None:
    """The delimiter that makes a header with a body of the line; None where none does."""
    best: tuple[int, int, str] | None = None
    for rank, delimiter in enumerate(DELIMITERS):
        header = _header(line, delimiter)
        plan = names.plan(header)
        if plan["body"]:
            known = sum(1 for keys in plan.values() if keys)
            best = max(best or (0, 0, ""), (known, -rank, delimiter))
    return best[2] if best else None


def _header(line: str, delimiter: str) -> list[str]:
    """The names in a line; none where it is not a row."""
    csv.field_size_limit(LONGEST)
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def read_table(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every row that is not empty. Raises ``Broken``."""
    source = _Lines(content)
    try:
        first = _first_line(source)
    except _TooLong:
        yield InputProblem(ProblemKind.MISSING_COLUMN, file, source.first)
        return
    if first is None:
        return
    delimiter = find_delimiter(first, names)
    if delimiter is None:
        yield InputProblem(ProblemKind.MISSING_COLUMN, file, source.first, first.strip())
        return
    header = _header(first, delimiter)
    body_is_last = header[-1] in names.plan(header)["body"]
    for row in _rows(source, delimiter, file):
        if isinstance(row, InputProblem):
            yield row
        elif any(row):
            yield _record(row, header, source.first, file, joiner=delimiter if body_is_last else "")


def _first_line(source: _Lines) -> str | None:
    for line in source:
        if line.strip():
            return line
        source.start_row()
    return None


def _rows(source: _Lines, delimiter: str, file: str) -> Iterator[list[str] | InputProblem]:
    """The cells of each row; the lines after a row that does not end are read as rows anew."""
    csv.field_size_limit(LONGEST)
    reader = csv.reader(source, delimiter=delimiter)
    resumptions = 0
    while True:
        source.start_row()
        try:
            row = next(reader, None)
            if row is None:
                return
            if not source.ended:
                yield row
                continue
            problem = InputProblem(
                ProblemKind.BROKEN_ROW, file, source.first, "a quote is not closed"
            )
        except _TooLong:
            problem = InputProblem(ProblemKind.LINE_TOO_LONG, file, source.first)
        except csv.Error as error:
            yield InputProblem(ProblemKind.BROKEN_ROW, file, source.first, str(error))
            continue
        yield problem
        if source.span > 1:
            resumptions += 1
            if resumptions > _MOST_RESUMPTIONS:
                return
            source.give_back()


def _record(
    row: list[str], header: Sequence[str], line: int, file: str, *, joiner: str
) -> Record | InputProblem:
    """The row as a record; cells without a column are part of the body where that comes last."""
    while len(row) > len(header) and not row[-1]:
        row.pop()
    extra = len(row) - len(header)
    if extra > 0 and not joiner:
        return InputProblem(ProblemKind.LONG_ROW, file, line, f"{len(row)} > {len(header)}")
    if extra > 0:
        row[len(header) - 1 :] = [joiner.join(row[len(header) - 1 :])]
    faults = ((ProblemKind.RAGGED_ROW, f"{extra:+d}"),) if extra else ()
    return Record(dict(zip(header, row, strict=False)), line, faults)
