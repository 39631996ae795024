"""The values in the text of a line, or of lines that belong together."""

from __future__ import annotations

from index.patterns import on_use
from index.sources.formats.jsonfiles.decoding import NotAValue, decode_value

_LABEL = on_use(r"[^{}\n]{1,200}(?=\{\s{0,9}[\"'])")
_REST = on_use(r"[\s,;'\")\]]{0,99}")
BETWEEN = " \t\r\n,;)]\x1e\ufeff"


def values_of(text: str) -> tuple[list[object], NotAValue | None]:
    """The values that follow each other in a text, and why it does not go on."""
    values: list[object] = []
    at = gap_end(text, 0)
    while at < len(text):
        try:
            value, at, _ = decode_value(text, at, whole=True)
        except NotAValue as error:
            if text[at] == "[" and error.cut:  # the bracket around all lines
                at = gap_end(text, at + 1)
                continue
            return values, error
        values.append(value)
        at = gap_end(text, at)
    return values, None


def behind_label(text: str) -> dict[str, object] | None:
    """The object behind a text that a program puts before each: a time, ``data:``, a number."""
    label = _LABEL.match(text)
    if label is None:
        return None
    try:
        value, end, _ = decode_value(text, label.end(), whole=True)
    except NotAValue:
        return None
    return value if isinstance(value, dict) and _REST.fullmatch(text, end) else None


def gap_end(text: str, at: int) -> int:
    """Where what separates values ends."""
    while at < len(text) and text[at] in BETWEEN:
        at += 1
    return at
