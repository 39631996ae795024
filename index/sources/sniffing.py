"""What a file is, by its first bytes and its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from index.bilingual import Text
from index.sources.cleaning import decode
from index.sources.columns import FieldNames
from index.sources.files import Input, both
from index.sources.formats.jsonlines import LENIENT
from index.sources.formats.tables import find_delimiter
from index.sources.logs import is_log_text
from index.sources.magic import binary, told_by_bytes
from index.sources.names import METADATA, Format
from index.sources.problems import InputProblem, ProblemKind

_MOST_CONTROLS = 0.02
"""The share of bytes; a picture or an archive has ten times as many."""

_MOST_IN_TEXT = 0.1
"""Of a file whose name promises text: random bytes have a ninth."""

_LOG_HEAD = 1 << 14
_FEW = 64  # bytes that say little of a whole
_BINARY = frozenset({Format.SHEET, Format.COLUMNAR})
_JSON = frozenset({Format.JSON, Format.JSON_LINES, Format.UNKNOWN})
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_DESCRIBES = Text("it describes data or a program", "keterangan data atau program")


def no_articles(head: bytes, source: Input) -> InputProblem | None:
    """What is told of a file that holds no article, whatever reader its name asks for."""
    told = told_by_bytes(head)
    if isinstance(told, Format) or (told is None and source.format in _BINARY):
        return None
    if told is None:
        named = source.format is not Format.UNKNOWN
        if len(head) >= _FEW or not named:
            told = binary(head, _MOST_IN_TEXT if named else _MOST_CONTROLS)
    if told is not None:
        unnamed = source.format is Format.UNKNOWN
        kind = ProblemKind.UNKNOWN_FORMAT if unnamed else ProblemKind.NOT_TEXT
        return InputProblem(kind, source.name, None, both(told))
    if source.format in {Format.TEXT, Format.UNKNOWN} and is_log_text(decode(head[:_LOG_HEAD])):
        return InputProblem(ProblemKind.LOG_FILE, source.name, None)
    if source.format is Format.JSON and _describes(head, source):
        return InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None, both(_DESCRIBES))
    return None


def _describes(head: bytes, source: Input) -> bool:
    name = PurePath(source.label).name.lower()
    return head.lstrip()[:1] == b"{" and any(key in head for key in METADATA.get(name, ()))


def tell_format(head: bytes, named: Format, names: FieldNames) -> Format:
    """The format of a file by its name and its first bytes, of which the bytes have the last word.

    JSON is one object a line or it is not, whatever the name says.
    """
    told = told_by_bytes(head)
    if isinstance(told, Format):
        return told
    if named in _BINARY:
        return named
    start = head.lstrip()
    if start[:1] == b"<":
        named = _markup(head, named)
    if named is Format.UNKNOWN and start[:1] not in {b"{", b"["}:
        header = decode(start.split(b"\n", 1)[0])
        return Format.TABLE if find_delimiter(header, names) else Format.TEXT
    return _json(start, named) if named in _JSON else named


def _markup(head: bytes, named: Format) -> Format:
    if _PAGE.match(head):
        return Format.PAGE
    return Format.FEED if _FEED.match(head) else named


def _json(start: bytes, named: Format) -> Format:
    first, _, others = start.partition(b"\n")
    if start[:1] == b"[" or first.strip() == b"{":
        return Format.JSON
    if named is Format.JSON_LINES or (others.strip() and _is_object(first)):
        return Format.JSON_LINES
    return Format.JSON


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(LENIENT.decode(decode(line)), dict)
    except (ValueError, RecursionError):
        return False
