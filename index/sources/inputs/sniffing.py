"""What a file is, by its first bytes and its name."""

from __future__ import annotations

from pathlib import PurePath

from index.bilingual import Text
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.lines import LENIENT
from index.sources.formats.tables.dialect import find_delimiter, is_plainly_a_header
from index.sources.inputs.filenames import (
    METADATA,
    Format,
    has_no_articles,
    is_log,
    may_be_text,
    no_article,
)
from index.sources.inputs.files import Input, both
from index.sources.inputs.logs import is_log_text
from index.sources.inputs.magic import ZIP, binary, told_by_bytes
from index.sources.inputs.markupkind import is_feed, is_page
from index.sources.problems import InputProblem, ProblemKind
from index.sources.text.cleaning import decode

_MOST_CONTROLS = 0.02
"""The share of bytes; a picture or an archive has ten times as many."""

_MOST_IN_TEXT = 0.05
"""Of a file whose name promises text: random bytes have twice as many."""

_LOG_HEAD = 1 << 14
_FEW = 64  # bytes that say little of a whole
_BINARY = frozenset({Format.SHEET, Format.COLUMNAR})
_MAY_BE_MARKUP = frozenset({Format.TEXT, Format.FEED, Format.PAGE, Format.UNKNOWN})
_JSON = frozenset({Format.JSON, Format.JSON_LINES, Format.UNKNOWN})
_DESCRIBES = Text("it describes data or a program", "keterangan data atau program")


def no_articles(head: bytes, source: Input) -> InputProblem | None:
    """What is told of a file that holds no article, whatever reader its name asks for."""
    told = told_by_bytes(head)
    if isinstance(told, Format) or (told in {None, ZIP} and source.format in _BINARY):
        return None  # its reader will find out whether it is damaged
    if told is None:
        named = source.format is not Format.UNKNOWN
        if len(head) >= _FEW or not named:
            told = binary(head, _MOST_IN_TEXT if named else _MOST_CONTROLS)
    if told is not None:
        unnamed = source.format is Format.UNKNOWN or source.format in _BINARY
        kind = ProblemKind.UNKNOWN_FORMAT if unnamed else ProblemKind.NOT_TEXT
        return InputProblem(kind, source.name, None, both(told))
    if source.format in {Format.TEXT, Format.UNKNOWN} and is_log_text(decode(head[:_LOG_HEAD])):
        return InputProblem(ProblemKind.LOG_FILE, source.name, None)
    what = _describes(head, source)
    if what is None:
        return None
    return InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None, both(what))


def no_text(source: Input) -> InputProblem | None:
    """What is told of a file that would be read as text, and whose name says that it is none."""
    name = PurePath(source.label).name
    if is_log(name):
        return InputProblem(ProblemKind.LOG_FILE, source.name, None)
    what = no_article(name)
    if source.format is not Format.UNKNOWN or what is None or may_be_text(what):
        return None
    return InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None, both(what))


def _describes(head: bytes, source: Input) -> Text | None:
    """What JSON describes by its name and its keys, or what a program's file is."""
    name = PurePath(source.label).name
    if source.format is Format.UNKNOWN:
        what = no_article(name)
        return what if what is not None and has_no_articles(what) else None
    is_object = source.format is Format.JSON and head.lstrip()[:1] == b"{"
    keys = METADATA.get(name.lower(), ()) if is_object else ()
    return _DESCRIBES if any(key in head for key in keys) else None


def tell_format(head: bytes, named: Format, names: FieldNames) -> Format:
    """The format of a file by its name and its first bytes, of which the bytes have the last word.

    JSON is one object a line or it is not, whatever the name says.
    """
    told = told_by_bytes(head)
    if isinstance(told, Format):
        return told
    named = _by_markup(head, named)
    if named is not Format.TEXT and named not in _JSON:
        return named
    start = head.lstrip()
    if named is Format.TEXT or (named is Format.UNKNOWN and start[:1] not in {b"{", b"["}):
        return Format.TABLE if _is_table(start, named, names) else Format.TEXT
    return _json(start, named)


def _json(start: bytes, named: Format) -> Format:
    first, _, others = start.partition(b"\n")
    if start[:1] == b"[" or first.strip() == b"{":
        return Format.JSON
    if named is Format.JSON_LINES or (others.strip() and _is_object(first)):
        return Format.JSON_LINES
    return Format.JSON


def _by_markup(head: bytes, named: Format) -> Format:
    if named not in _MAY_BE_MARKUP:
        return named
    if is_page(head):
        return Format.PAGE
    return Format.FEED if is_feed(head) else named


def _is_header(line: str, names: FieldNames) -> bool:
    """The line names two fields or more, one of them a body; one alone may begin a text."""
    delimiter = find_delimiter(line, names)
    if delimiter is None:
        return False
    plan = names.plan([name.strip(' "\r') for name in line.split(delimiter)])
    return sum(map(bool, plan.values())) > 1


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(LENIENT.decode(decode(line)), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(start: bytes, named: Format, names: FieldNames) -> bool:
    """The first line is a header; where the name promises text, it must be one plainly.

    Spreadsheets name as .txt what they export with tabs.
    """
    header = decode(start.split(b"\n", 1)[0])
    if named is Format.TEXT:
        return is_plainly_a_header(header, names)
    return _is_header(header, names)
