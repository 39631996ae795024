r"""Escapes that a program has left in a text: ``\u003cp\u003e``, ``<\/p>``, ``\n\n``, ``< / p >``.

A text that was written as JSON twice and read once holds them. They are undone where all that a
backslash stands before is such an escape and one of them cannot be anything else, so that LaTeX and
the paths of Windows stay. Grammar: RFC 8259, section 7.
"""

from __future__ import annotations

import re

from index.patterns import on_use

_ESCAPE = on_use(r"""\\(?:u([0-9a-fA-F]{4})|([nrt"'/\\]))""")
_FOREIGN = on_use(r"""\\(?!u[0-9a-fA-F]{4}|[nrt"'/\\])""")
_CERTAIN = on_use(
    # All begin with the backslash, for which the engine looks fast.
    r"""\\(?:u(?:00|20)[0-9a-fA-F]{2}|n\\[nr]|r\\n|(?<=<\\)/[A-Za-z]|(?<=[a-z]\\)'[a-z]"""
    r"""|(?:(?<=[.!?”">]\\)|(?<=[.!?”">]\s\\))n(?=\s{0,2}(?:[A-Z"“\\<]|\Z))"""
    r"""|(?:(?<=[\s(>]\\)|(?<=\A\\))"\w)"""
)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}
_PAIR = on_use("[\ud800-\udbff][\udc00-\udfff]")

_SPACED_NAMES = "p|br|b|i|u|em|strong|div|span|h[1-6]|li|ul|ol|table|tr|td|a"
_SPACED_END = on_use(rf"<(?: / ?| ?/ )(?:{_SPACED_NAMES}) ?>|< br ?/? ?>", re.IGNORECASE)
_SPACED = on_use(rf"< ?(/?) ?({_SPACED_NAMES}) ?(/?) ?>", re.IGNORECASE)


def without_escapes(text: str) -> str:
    """The text with such escapes undone; the same object where none is certain."""
    if _CERTAIN.search(text) is None or _FOREIGN.search(text) is not None:
        return text
    text = _ESCAPE.sub(_character, text)
    text = _PAIR.sub(
        lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), text
    )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return _PLAIN.get(match[2], match[2])


def with_tight_tags(text: str) -> str:
    """The text with tags that a tokenizer took apart (``< / p >``) as they were.

    It is the same object where none ends or breaks a line: ``x < b >`` may be prose.
    """
    return _SPACED.sub(r"<\1\2\3>", text) if _SPACED_END.search(text) is not None else text
