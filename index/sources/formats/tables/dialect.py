"""How a table is written: its header, what separates its cells, and what stands before it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.hints import columns_there_are
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.headers import LONGEST_NAME, distinct, names_known
from index.sources.formats.tables.lines import STAND_IN, TableLines, unwrapped_line
from index.sources.formats.tables.shape import Shape, is_date, is_url, shape_of
from index.sources.formats.tables.wrapping import with_marks

DELIMITERS = ",;\t|"
"""Those that tables have, commonest first."""

_RARE = "^~\x01\x1f\x02\x1e\xa6\xa7"
_SEVERAL = ("||", "~|~", "|~|", "^|^", "|#|", "::", "##", "$$")
_SEP = on_use(r'"?sep=(.)"?\s*', re.IGNORECASE)
_QUOTED_CELL = on_use(r'"(?:[^"]++|"")*+(?:"|$)')
_MARKS = "\ufeff\xef\xbb\xbf"
_RULE = on_use(r"[-+|=: \t]*--[-+|=: \t]*")

_UNNAMED = (
    "baris pertama tanpa nama kolom, tambahkan baris nama di atasnya"
    " / no names of columns in the first line, put a line of names above it"
)
_DEEPEST_HEADER = 10  # lines that are not blank
_MOST_BLANK = 100
_LINES_OF_HEADER = 10
_MOST_COLUMNS = 1 << 17
"""No header has more; a line of nothing but what separates would have millions."""


@dataclass(frozen=True)
class Header:
    """The columns of a table, named at ``line``, and what stands before: numbers and texts."""

    shape: Shape
    line: int
    before: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class _Found:
    shape: Shape
    known: int
    lines: int


def find_delimiter(line: str, names: FieldNames) -> str | None:
    """The delimiter that makes a header with a body of the line; None where none does."""
    found = _best([line], 0, names, DELIMITERS)
    return found.shape.delimiter if found else None


def is_plainly_a_header(line: str, names: FieldNames, below: str = "") -> bool:
    """The line names a body and other fields, and nothing else can be meant by it.

    Two names are enough where nothing else stands in the line, nor a space between them, and the
    line ``below`` is divided in two, too, which a sentence is not.
    """
    found = _best([line], 0, names, DELIMITERS)
    if found is None:
        return False
    delimiter = found.shape.delimiter
    return found.known >= 3 or (
        found.known == found.shape.width == 2
        and delimiter + " " not in line
        and _is_in_two(below.strip(" \r\n"), delimiter)
    )


def _is_in_two(line: str, delimiter: str) -> bool:
    """One delimiter stands outside quotation marks, and no space behind it."""
    bare = _QUOTED_CELL.sub("", line)
    at = bare.find(delimiter)
    return bare.count(delimiter) == 1 and not bare[at + 1 : at + 2].isspace()


def take_header(source: TableLines, names: FieldNames) -> Header | tuple[int, str] | None:
    """Takes the header's lines; its first line with its number where none names a body.

    None where there is no line at all.
    """
    window = _window(source)
    if not window:
        return None
    start = 0
    asked = _SEP.fullmatch(window[0][1].strip(_MARKS))
    delimiters: Sequence[str] = DELIMITERS
    if asked:
        start, delimiters = 1, (asked[1],)
    found, at = _search([line for _, line in window], start, names, delimiters)
    if found is None and _is_wrapped_header(window[start][1], names, delimiters):
        source.unwrap()
        window = _window(source)
        found, at = _search([line for _, line in window], start, names, delimiters)
    if found is None:
        number, line = window[min(start, len(window) - 1)]
        return number, _described(line, [text for _, text in window[start + 1 :]])
    before = tuple((n, line.strip()) for n, line in window[start:at] if line.strip())
    if found.shape.width == 1:  # what would separate is unknown, and a character of the text
        found = replace(found, shape=replace(found.shape, delimiter=STAND_IN, separator=""))
    source.take(at + found.lines)
    source.start_row()
    source.separate_by(found.shape.separator)
    shape = with_marks(source, _with_row_names(source, found.shape))
    return Header(shape, window[at][0], before)


def _is_wrapped_header(line: str, names: FieldNames, delimiters: Sequence[str]) -> bool:
    """The line is a header of several columns that is in quotation marks as a whole."""
    text = line.strip(_MARKS)
    if text[:1] != '"':
        return False
    inner, is_open = unwrapped_line(text, is_open=False)
    found = None if is_open else _best([inner], 0, names, delimiters)
    return found is not None and found.known > 1


def is_header_again(cells: Sequence[str], names: FieldNames) -> bool:
    """The cells of a row name a body and another field, as a header does."""
    return names_known([cell.strip(_MARKS) for cell in cells], names) > 1


def _window(source: TableLines) -> list[tuple[int, str]]:
    """The first lines of the table: ten that are not blank and those that a header may go on in."""
    window: list[tuple[int, str]] = []
    filled = 0
    while filled < _DEEPEST_HEADER + _LINES_OF_HEADER and len(window) < _MOST_BLANK:
        line = source.ahead(len(window))
        if line is None:
            break
        filled += not line.isspace()
        window.append((source.number_ahead(len(window)), line))
    return window if filled else []


def _search(
    lines: Sequence[str], start: int, names: FieldNames, delimiters: Sequence[str]
) -> tuple[_Found | None, int]:
    """The header and the number of its line among ``lines``.

    The first line is one where it names a body, a later one where it names another field, too; one
    name alone may be the title of the table.
    """
    first: tuple[_Found, int] | None = None
    filled = 0
    for at in range(start, len(lines)):
        if lines[at].isspace():
            continue
        filled += 1
        if filled > _DEEPEST_HEADER:
            break
        found = _best(lines, at, names, delimiters)
        if found and found.known > 1:
            return found, at
        if found and filled == 1:
            first = found, at
    return first or (None, 0)


def _best(
    lines: Sequence[str], at: int, names: FieldNames, delimiters: Sequence[str]
) -> _Found | None:
    """The reading of a line as a header under which most fields are known."""
    best: _Found | None = None
    for separator, delimiter in _candidates(lines, at, delimiters):
        found = _header(lines, at, separator, delimiter, names)
        if found is None:
            continue
        least = best.known if best else 0
        if separator not in delimiters:  # a rare one is believed where it parts names
            least = max(least, 1)
        if found.known > least:
            best = found
    return best


def _candidates(
    lines: Sequence[str], at: int, delimiters: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What may separate cells, and the character that stands for it."""
    line = lines[at]
    following = next((other for other in lines[at + 1 :] if not other.isspace()), line)
    for several in _SEVERAL:
        single = several[0]
        if several in line and several in following:
            rest = (line + following).replace(several, "")
            if len(set(several)) > 1 or single not in rest:
                yield several, STAND_IN
    for delimiter in delimiters:
        yield delimiter, delimiter
    if len(delimiters) > 1:
        for delimiter in _RARE:
            if delimiter in line:
                yield delimiter, delimiter


def _header(
    lines: Sequence[str], at: int, separator: str, delimiter: str, names: FieldNames
) -> _Found | None:
    """The header that a line is under a delimiter; None where it names no body."""
    some = [line.replace(separator, delimiter) for line in lines[at : at + _LINES_OF_HEADER]]
    some[0] = some[0].lstrip(_MARKS)
    quote = "'" if some[0].startswith("'") and some[0].count("'") > 1 else '"'
    spaced = delimiter != "\t" and all(
        part[:1] == " " and part.strip() for part in some[0].split(delimiter)[1:]
    )
    cells, used = _cells(
        some, delimiter, quote, spaced=spaced and f"{delimiter} {quote}" in some[0]
    )
    known = names_known(cells, names)
    if not known or (known == 1 and any(map(_is_data, cells))):
        return None
    shape = replace(
        shape_of(cells, delimiter, names),
        quote=quote,
        spaced=spaced and len(cells) > 1,
        separator=separator if separator != delimiter else "",
    )
    return _Found(shape, known, used)


def _cells(
    lines: Sequence[str], delimiter: str, quote: str, *, spaced: bool
) -> tuple[list[str], int]:
    """The names at the start of the lines, each name once, and the number of lines they take.

    None where they are too many to be names.
    """
    options = {"delimiter": delimiter, "quotechar": quote, "skipinitialspace": spaced}
    for some, strict in ((lines, True), (lines[:1], False)):
        reader = csv.reader(some, strict=strict, **options)  # type: ignore[arg-type]
        try:
            cells = next(reader, [])
        except csv.Error:
            continue
        if len(cells) > _MOST_COLUMNS:
            break
        return distinct([" ".join(name.split()) for name in cells]), reader.line_num
    return [], 1


def _with_row_names(source: TableLines, shape: Shape) -> Shape:
    """The shape of the rows, before which R writes their number without a name for the column.

    A line that only rules off the header is taken.
    """
    line = source.ahead(0)
    if line is not None and _RULE.fullmatch(line.rstrip("\r\n")):
        source.take(1)
        source.start_row()
    if 0 in shape.numbers:
        return shape
    first, second = source.ahead(0), source.ahead(1)
    rows = [shape.split(line) for line in (first, second) if line is not None]
    numbers = [row[0] for row in rows if len(row) == shape.width + 1 and row[0].isdecimal()]
    if len(numbers) != len(rows) or numbers not in (["0"], ["1"], ["0", "1"], ["1", "2"]):
        return shape
    return shape.behind_row_names()


def _described(line: str, following: Sequence[str]) -> str:
    """The names in the line and which may be the body's; that it looks like a row where it does."""
    text = line.strip()
    cells = [cell.strip(' "') for cell in re.split(r"[,;\t|]", text[:1000])]
    data = any(map(_is_data, cells))
    data = data or len(text) > LONGEST_NAME * max(len(cells), 1) or text[:1].isdecimal()
    if data:
        return f"{_UNNAMED}: {text}"
    delimiter = max(DELIMITERS, key=line.count)
    names, _ = _cells([line.lstrip(_MARKS)], delimiter, '"', spaced=False)
    return columns_there_are(names, _rows(following, delimiter))


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """The cells of the first rows, as far as they can be taken apart."""
    with suppress(csv.Error):
        yield from csv.reader(lines, delimiter=delimiter)


def _is_data(cell: str) -> bool:
    return is_url(cell) or (len(cell) > 5 and is_date(cell))
