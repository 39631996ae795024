"""Text in UTF-16 or UTF-32, as spreadsheets export it, to UTF-8.

The encoding is told by the byte order mark (Unicode Standard 23.8), or without one by the zero
bytes that letters of the Latin script have in every second place.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from index.patterns import on_use

_UTF8_MARK = codecs.BOM_UTF8
_MARKS = (  # that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 2**12
_LEAST = 8  # bytes without a mark; fewer prove nothing
_LATIN = 0.7  # of the characters at least; the others are quotation marks, dashes, emoji
_STRANGE = 0.05  # of the characters at most are no text
_DECLARED = on_use(
    rb"(\A\s*<\?xml[^>]{0,100}encoding=[\"'])(?:utf|ucs)-?(?:16|32|2|4)\w*", re.IGNORECASE
)
_DECLARATION = 200

_FAULTY = "warta-faulty"
_STAND_IN = "\udc81"
"""The byte 0x81 as ``cleaning.decode`` has it: neither UTF-8 nor Windows-1252, so that ``clean``
tells the fault and puts U+FFFD in its place."""


def _replace(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _STAND_IN, error.end
    raise error


codecs.register_error(_FAULTY, _replace)


def to_utf8(first: bytes, others: Iterable[bytes]) -> Iterator[bytes]:
    """The content in UTF-8 without a byte order mark; ``first`` is its first block.

    What is not told with certainty is handed on as it is. Half of a surrogate pair and an odd last
    byte become a byte that is not UTF-8, which ``clean`` tells and replaces.
    """
    encoding, mark = tell_encoding(first)
    if encoding is None:
        yield first.removeprefix(_UTF8_MARK)
        yield from others
        return
    decoder = codecs.getincrementaldecoder(encoding)(_FAULTY)
    text = _encode(decoder.decode(first[mark:]))
    yield _DECLARED.sub(rb"\1utf-8", text[:_DECLARATION]) + text[_DECLARATION:]
    for block in others:
        yield _encode(decoder.decode(block))
    yield _encode(decoder.decode(b"", final=True))


def tell_encoding(first: bytes) -> tuple[str | None, int]:
    """The encoding, and the length of its mark; None where the bytes are neither."""
    for mark, encoding in _MARKS:
        if first.startswith(mark) and _is_text(first[len(mark) :], encoding):
            return encoding, len(mark)
    sample = first[: min(len(first), _SAMPLE) & ~1]
    if b"\0" not in sample or len(sample) < _LEAST:  # nearly every file
        return None, 0
    for encoding, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if (
            high.count(0) >= _LATIN * len(high)
            and low.count(0) <= max(1, _STRANGE * len(low))
            and _is_text(sample, encoding)
        ):
            return encoding, 0
    return None, 0


def _is_text(data: bytes, encoding: str) -> bool:
    """The first characters are such as people write; what is cut off at the end does not count."""
    width = 4 if "32" in encoding else 2
    text = data[: min(len(data), _SAMPLE) // width * width].decode(encoding, "replace")
    strange = sum(not (character.isprintable() or character.isspace()) for character in text)
    return strange <= _STRANGE * len(text)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
