"""Text of strangers as one harmless line: for logs and terminals."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text without what would break a line, move a cursor or turn the direction of writing.

    Characters that are not printable (controls, terminal escapes, line separators, marks of
    direction, lone surrogates) are written as Python would, ``\\n`` or ``\\u202e``, and so is the
    backslash, so that no text looks like another.
    """
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(one if one.isprintable() and one != "\\" else _escaped(one) for one in text)


def _escaped(one: str) -> str:
    return one.encode("unicode_escape", "surrogatepass").decode()
