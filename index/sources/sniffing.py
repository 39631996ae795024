"""What a file is, by its first bytes and its name."""

from __future__ import annotations

import re

from index.sources.cleaning import decode
from index.sources.columns import FieldNames
from index.sources.files import Format
from index.sources.formats.dialect import find_delimiter, is_plainly_a_header
from index.sources.formats.jsonlines import LENIENT

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PROLOGUE = re.compile(
    rb"(?:[\s\xff\xfe]|<\?xml[^<>]{0,200}>|<\?[a-z\-]{1,40}[^<>]{0,500}\?>|<!--(?:[^-]|-(?!->)){0,2000}-->)*"
)
_PAGE = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]")
_FEED = re.compile(
    rb"<(?:[\w.\-]{1,40}:)?(?:rss|rdf|feed|channel|urlset|opml|doc|docno|nitf|newsml|newsitem"
    rb"|newsmessage|mysqldump|articles|posts)[\s>]|<!doctype\s+(?!html)"
)
_MOST_CONTROLS = 0.02  # of the bytes; a picture or an archive has ten times as many


def tell_format(head: bytes, named: Format, names: FieldNames) -> Format:
    """The format of a file by its name and its first bytes, of which the bytes have the last word.

    JSON is one object a line or it is not, whatever the name says.
    """
    written = _markup(head)
    if written and named in {Format.TEXT, Format.FEED, Format.PAGE, Format.UNKNOWN}:
        return written
    if named in {
        Format.TEXT,
        Format.TABLE,
        Format.FEED,
        Format.PAGE,
        Format.SHEET,
        Format.COLUMNAR,
    }:
        return Format.TABLE if named is Format.TEXT and _is_table(head, names) else named
    start = head.lstrip()
    if named is Format.UNKNOWN and start[:1] not in {b"{", b"["}:
        if len(_CONTROL.findall(head)) > _MOST_CONTROLS * len(head):
            return Format.UNKNOWN
        header = decode(start.split(b"\n", 1)[0])
        return Format.TABLE if find_delimiter(header, names) else Format.TEXT
    first, _, others = start.partition(b"\n")
    if start[:1] == b"[" or first.strip() == b"{":
        return Format.JSON
    if named is Format.JSON_LINES or (others.strip() and _is_object(first)):
        return Format.JSON_LINES
    return Format.JSON


def _markup(head: bytes) -> Format | None:
    """A page or other XML, where the first element or the declaration says so."""
    start = head[:4000].replace(b"\0", b"").lower()  # also as UTF-16
    if b"<" not in start[:1000]:
        return None
    prologue = _PROLOGUE.match(start)
    at = prologue.end() if prologue else 0
    if _PAGE.match(start, at):
        return Format.PAGE
    if _FEED.match(start, at) or b"<?xml" in start[:at]:
        return Format.FEED
    return None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(LENIENT.decode(decode(line)), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(head: bytes, names: FieldNames) -> bool:
    """A text file is a table, as spreadsheets name what they export with tabs."""
    return is_plainly_a_header(decode(head.lstrip().split(b"\n", 1)[0]), names)
