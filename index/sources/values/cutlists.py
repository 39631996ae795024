"""Printed lists that were cut: ``['Paragraf satu.', 'Paragraf du``, as a cell of Excel ends.

A cell of Excel holds 32,767 characters, a column of a database its own number, and the list that a
scraper printed into it ends where the room does. It is read as far as it goes.
"""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.values.notation import unescaped

_OPENING = on_use(r"\[\s{0,9}['\"]")
_ITEM = on_use(r"'((?:[^'\\]++|\\.)*+)'|\"((?:[^\"\\]++|\\.)*+)\"", re.DOTALL)
_BETWEEN = on_use(r"\s{0,9},\s{0,9}")
_HALF_ESCAPE = on_use(r"\\(?:u[0-9a-fA-F]{0,3}|x[0-9a-fA-F]?)?\Z")
_ELLIPSIS = on_use(r"\s{0,9}(?:\.{3}|…)\s{0,9}\Z")


def cut_list(text: str) -> list[str] | None:
    """The texts of the list of which the text is the beginning; None where it is none for certain.

    At least one text must have ended where the next begins.
    """
    opening = _OPENING.match(text)
    if opening is None or text.rstrip()[-1:] == "]":
        return None
    items: list[str] = []
    at = opening.end() - 1
    while at < len(text):
        item = _ITEM.match(text, at)
        if item is None:
            if not items or text[at] not in "'\"":
                return items if items and _ELLIPSIS.match(text, at) else None
            rest = unescaped(_HALF_ESCAPE.sub("", text[at + 1 :])).strip()
            return [*items, rest] if rest else items
        items.append(unescaped(item[1] if item[1] is not None else item[2]))
        between = _BETWEEN.match(text, item.end())
        if between is None:
            ends = not text[item.end() :].strip() or _ELLIPSIS.match(text, item.end())
            return items if len(items) > 1 and ends else None
        at = between.end()
    return items or None
