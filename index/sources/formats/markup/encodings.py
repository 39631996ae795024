"""The encoding of feeds and pages: told by a mark, by the bytes, by the file's own word.

UTF-8 is nearly always what it looks like, so that bytes which are UTF-8 are read as that whatever
a file says of itself.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from index.patterns import on_use
from index.sources.text.cleaning import decode

UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""The codecs of files that begin with these two bytes: a mark, or the first ``<``."""

PRESCANNED = 4096
"""So many bytes of a page are looked at for its encoding."""

_NAME = r"""[A-Za-z0-9._\-]{1,40}"""
_OF_XML = on_use(rf"""<\?xml[^<>]{{0,100}}?encoding\s*=\s*["']({_NAME})["']""", re.IGNORECASE)
_OF_PAGE = on_use(rf"""<meta\b[^<>]{{0,300}}?charset\s*=\s*["']?\s*({_NAME})""", re.IGNORECASE)
_ASCII = bytes(range(32, 127)) + rb"\u0041"
_HIGH = bytes(range(128, 256))
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252"}


def xml_encoding(head: str) -> str:
    """The encoding that an XML declaration names (XML 1.0, 4.3.3), "" where none does."""
    found = _OF_XML.search(head)
    return found[1] if found else ""


def page_encoding(head: str) -> str:
    """The encoding that a page names in ``<meta>`` or in an XML declaration, "" where none does."""
    found = _OF_PAGE.search(head)
    return xml_encoding(head) or (found[1] if found else "")


@lru_cache(64)
def codec_of(declared: str) -> str | None:
    """The codec of a declared encoding, None where it cannot be taken at its word.

    That is UTF-8 itself, what is no encoding of text, and every encoding in which the characters
    of markup are other bytes than in ASCII. Latin-1 is read as Windows-1252, as browsers do
    (https://encoding.spec.whatwg.org/#names-and-labels).
    """
    try:
        name = codecs.lookup(declared).name
        codec = _AS_BROWSERS_DO.get(name, name)
        usable = _ASCII.decode(codec) == _ASCII.decode("ascii")
        _HIGH.decode(codec, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    return codec if usable and not codec.startswith("utf-8") else None


def decode_markup(data: bytes, declared: str) -> str:
    """The text: by its mark, as UTF-8 if it is that, else as ``declared``.

    What is neither stays recognisable for ``cleaning``, which reads it as Windows-1252, as
    browsers do, and tells it.
    """
    utf_16 = UTF_16.get(data[:2])
    if utf_16:
        return data.decode(utf_16, "replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        codec = codec_of(declared)
    return data.decode(codec, "replace") if codec else decode(data)
