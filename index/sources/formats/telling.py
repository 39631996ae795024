"""Which reader a file is for, told by its first bytes and its name."""

from __future__ import annotations

from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.decoding import LENIENT
from index.sources.formats.tables.dialect import find_delimiter, is_plainly_a_header
from index.sources.inputs.filenames import Format
from index.sources.inputs.magic import told_by_bytes
from index.sources.inputs.markupkind import is_feed, is_page
from index.sources.text.cleaning import decode

_MAY_BE_MARKUP = frozenset({Format.TEXT, Format.FEED, Format.PAGE, Format.UNKNOWN})
_JSON = frozenset({Format.JSON, Format.JSON_LINES, Format.UNKNOWN})
_MEMBER = on_use(rb"(?:\[\s*+)?\{\s*+\"[^\"\n]{1,100}\"\s*+:")
"""How JSON begins, and no text and no row of a table."""


def tell_format(head: bytes, named: Format, names: FieldNames) -> Format:
    """The format of a file by its name and its first bytes, of which the bytes have the last word.

    JSON is one object a line or it is not, whatever the name says.
    """
    told = told_by_bytes(head)
    if isinstance(told, Format):
        return told
    start = head.lstrip()
    if named not in _JSON and _is_json(start):
        return _json(start, Format.UNKNOWN)
    named = _by_markup(head, named)
    if named is not Format.TEXT and named not in _JSON:
        return named
    if named is Format.TEXT or (named is Format.UNKNOWN and start[:1] not in {b"{", b"["}):
        return Format.TABLE if _is_table(start, named, names) else Format.TEXT
    return _json(start, named)


def _is_json(start: bytes) -> bool:
    """A file of another name is JSON, and no text below facts in JSON as site generators have."""
    if _MEMBER.match(start) is None:
        return False
    text = decode(start)
    try:
        _, end = LENIENT.raw_decode(text)
    except (ValueError, RecursionError):
        return True  # it goes on behind the first bytes, or is not quite JSON
    return text[end:].lstrip(" \t\r\n,;\x1e")[:1] in {"", "{", "["}


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


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(LENIENT.decode(decode(line)), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(start: bytes, named: Format, names: FieldNames) -> bool:
    """The first line is a header; where the name promises text, it must be one plainly.

    Spreadsheets name as .txt what they export with tabs.
    """
    first, _, rest = start.partition(b"\n")
    header = decode(first)
    if named is Format.TEXT:
        return is_plainly_a_header(header, names, decode(rest.lstrip().split(b"\n", 1)[0]))
    return _is_header(header, names)


def _is_header(line: str, names: FieldNames) -> bool:
    """The line names two fields or more, one of them a body; one alone may begin a text."""
    delimiter = find_delimiter(line, names)
    if delimiter is None:
        return False
    plan = names.plan([name.strip(' "\r') for name in line.split(delimiter)])
    return sum(map(bool, plan.values())) > 1
