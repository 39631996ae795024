"""Spreadsheets (.xlsx, Office Open XML, ECMA-376): a header, then one article a row.

Every sheet whose header names a body is read. What the cells show is what counts: formulas have the
value that was stored with them.
"""

from __future__ import annotations

import itertools
import os
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any, NamedTuple

from index.bilingual import Text
from index.patterns import on_use
from index.sources.columns.hints import columns_there_are
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.headers import distinct, find_header
from index.sources.formats.tables.table import read_table
from index.sources.inputs.packing import NO_HARM, Limits, check_unpacked
from index.sources.inputs.streams import LONGEST, Broken
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_IN_PIECES = ("xl/worksheets/", "xl/pivotCache/", "xl/media/", "xl/embeddings/")
"""Parts that are read piece by piece or not at all; the others are in memory as a whole.

Sheets of repeated cells become a hundred times as long; shared texts become five times as long, and
each takes a hundred times the time of a character.
"""

_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DEEPEST_HEADER = 10
_EXACT = 2**53
_FIRST_DAY, _LAST_DAY = 20_000, 80_000  # 1954 to 2119 as days of a spreadsheet
_SHEET = on_use(r"xl/worksheets/[^/]+\.xml")
_TARGET = on_use(r"""Target=["'](?:/xl/|xl/)?(worksheets/[^/"']+\.xml)["']""")
_ESCAPED = on_use("_x([0-9A-Fa-f]{4})_")
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"}
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, EOFError, LookupError, OSError,
    ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What zipfile, the XML parser (a ``SyntaxError``) and openpyxl raise at damaged workbooks."""
_NO_ZIP = Text("no ZIP file", "bukan berkas ZIP")


def read_sheet(
    content: IO[bytes], file: str, names: FieldNames, limits: Limits = NO_HARM
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every row of the workbook."""
    head = content.read(512)
    content.seek(0)
    if not head.startswith(_ZIP):
        yield from _no_workbook(head, content, file, names)
        return
    problem = _unfit(content, file, limits)
    if problem is not None:
        yield problem
        return
    try:
        import openpyxl
    except ImportError:
        yield InputProblem(ProblemKind.MISSING_EXTRA, file, None, 'pip install "warta[excel]"')
        return
    try:
        content.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles, which do not matter here
            workbook = openpyxl.load_workbook(
                content, read_only=True, data_only=True, keep_links=False
            )
    except _DAMAGES as error:
        yield _damaged(file, None, error)
        return
    try:
        lost = len(_sheets_there_are(content)) - len(workbook.worksheets)
        if lost > 0:
            detail = Text(f"sheets that cannot be found: {lost}", f"lembar yang hilang: {lost}")
            yield InputProblem(ProblemKind.DAMAGED_FILE, file, None, detail)
        yield from _read_workbook(workbook, file, names)
    finally:
        workbook.close()


def _no_workbook(
    head: bytes, content: IO[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """What is named as a spreadsheet and is none: an old one, or a table that was renamed."""
    start = head.lstrip()
    if head.startswith(_OLD):
        yield InputProblem(ProblemKind.OTHER_SHEET, file, None, ".xls")
    elif start[:1] == b"<":
        yield InputProblem(ProblemKind.OTHER_SHEET, file, None, "HTML/XML")
    elif b"\0" in head:
        yield InputProblem(ProblemKind.DAMAGED_FILE, file, None, _NO_ZIP)
    else:
        yield from read_table(iter(lambda: content.read(2**18), b""), file, names)


def _unfit(content: IO[bytes], file: str, limits: Limits) -> InputProblem | None:
    """Why the file is not opened as a workbook; None where it can be.

    What its directory declares is binding: no more is unpacked than that.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        return _damaged(file, None, error)
    inside = {part.filename for part in parts}
    if "xl/workbook.xml" not in inside:
        other = {
            "content.xml": ".ods",
            "Index/Document.iwa": ".numbers",
            "xl/workbook.bin": ".xlsb",
        }
        known = next((kind for name, kind in other.items() if name in inside), None)
        if known:
            return InputProblem(ProblemKind.OTHER_SHEET, file, None, known)
    try:
        for part in parts:
            _check_part(part, limits)
        packed = content.seek(0, os.SEEK_END)
        check_unpacked(packed, sum(part.file_size for part in parts), limits)
    except Broken as broken:
        return InputProblem(broken.kind, file, None, broken.detail)
    return None


def _sheets_there_are(content: IO[bytes]) -> set[str]:
    """The parts with sheets that the file holds or tells of; openpyxl passes over what it lacks."""
    with zipfile.ZipFile(content) as archive:
        found = {name for name in archive.namelist() if _SHEET.fullmatch(name)}
        try:
            told = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        except _DAMAGES:
            return found
    return found | {f"xl/{target}" for target in _TARGET.findall(told)}


def _check_part(part: zipfile.ZipInfo, limits: Limits) -> None:
    """Raises ``Broken`` for a part that unpacks to more than its share of the limits."""
    try:
        if part.filename.startswith(_IN_PIECES):
            check_unpacked(
                part.compress_size, part.file_size, Limits(limits.ratio, limits.unpacked // 16)
            )
            return
        check_unpacked(0, part.file_size, limits)
        check_unpacked(
            part.compress_size, part.file_size, Limits(limits.ratio // 10, limits.unpacked // 32)
        )
    except Broken as broken:
        raise Broken(broken.kind, f"{part.filename}: {broken.detail}") from None


def _read_workbook(workbook: Any, file: str, names: FieldNames) -> Iterator[Record | InputProblem]:
    """The records of all sheets; the unused ones are told."""
    used = 0
    unused: list[InputProblem] = []
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # what is declared is wrong in the files of some writers
        rows = _rows(sheet)
        first: list[tuple[int, list[object]]] = []
        try:
            for row in rows:
                first.append(row)
                if len(first) == _DEEPEST_HEADER:
                    break
        except _DAMAGES as error:
            yield _damaged(file, sheet.title, error)
            continue
        at = find_header([[_name(cell) for cell in cells] for _, cells in first], names)
        if at is None:
            if first:
                line, cells = first[0]
                seen = columns_there_are([*map(_name, cells)], [row for _, row in first[1:]])
                shown = f"{sheet.title}: {seen}"
                unused.append(InputProblem(ProblemKind.UNUSED_SHEET, file, line, shown))
            continue
        used += 1
        for line, cells in first[:at]:
            text = f"{sheet.title}: " + " ".join(filter(None, map(_name, cells)))
            yield InputProblem(ProblemKind.NOT_A_ROW, file, line, text)
        header = distinct([_name(cell) for cell in first[at][1]])
        place = _Place(file, sheet.title)
        yield from _records(itertools.chain(first[at + 1 :], rows), header, names, place)
    if unused and not used:
        problem = unused[0]
        yield InputProblem(ProblemKind.MISSING_COLUMN, file, problem.line, problem.detail)
        return
    yield from unused


def _rows(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    """The rows that are not empty, with their numbers from 1."""
    rows = sheet.iter_rows(values_only=True)
    for number in itertools.count(1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of dates that a spreadsheet cannot show
            cells = next(rows, None)
        if cells is None:
            return
        if any(cell is not None and cell != "" for cell in cells):
            yield number, list(cells)


class _Place(NamedTuple):
    file: str
    sheet: str


def _records(
    rows: Iterable[tuple[int, list[object]]], header: list[str], names: FieldNames, place: _Place
) -> Iterator[Record | InputProblem]:
    """The rows of one sheet as records; its header, where it comes again, is none."""
    dates = set(names.plan(header)["date"])
    plain = [name.strip() for name in header]
    try:
        for line, cells in rows:
            if len(plain) > 1 and [_name(cell) for cell in cells[: len(plain)]] == plain:
                text = f"{place.sheet}: " + ", ".join(plain)
                yield InputProblem(ProblemKind.NOT_A_ROW, place.file, line, text)
                continue
            if any(isinstance(cell, str) and len(cell) > LONGEST for cell in cells):
                yield InputProblem(ProblemKind.LINE_TOO_LONG, place.file, line, place.sheet)
                continue
            values = {
                name: _value(cell, is_date=name in dates)
                for name, cell in zip(header, cells, strict=False)
                if cell is not None
            }
            yield Record(values, line, part=place.sheet)
    except _DAMAGES as error:
        yield _damaged(place.file, place.sheet, error)


def _name(cell: object) -> str:
    """A cell as the name of a column."""
    return "" if cell is None else " ".join(str(_value(cell, is_date=False)).split())


def _value(cell: object, *, is_date: bool) -> object:
    """What a record holds of a cell: text, a number, a truth value or nothing."""
    if isinstance(cell, str):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell) if "_x" in cell else cell
        return None if cell in _ERRORS else text
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _number(cell, is_date=is_date)
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0).isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, bool) else str(cell)


def _number(cell: float, *, is_date: bool) -> object:
    """A whole number without a fraction; one that counts the days of a date as that date."""
    if is_date and _FIRST_DAY < cell < _LAST_DAY:
        moment = datetime(1899, 12, 30) + timedelta(seconds=round(cell * 86400))  # noqa: DTZ001
        return moment.isoformat()
    return int(cell) if abs(cell) <= _EXACT and cell == int(cell) else cell


def _damaged(file: str, sheet: str | None, error: Exception) -> InputProblem:
    detail = f"{type(error).__name__}: {error}"
    return InputProblem(
        ProblemKind.DAMAGED_FILE, file, None, f"{sheet}: {detail}" if sheet else detail
    )
