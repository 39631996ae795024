"""Reading the HTML of titles and snippets, in which all is escaped but ``<mark>`` elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile("</?mark>")


def pieces_of(marked: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is marked, which every second one is."""
    for number, piece in enumerate(_TAG.split(marked)):
        yield unescape(piece), number % 2 == 1


def plain_text(marked: str) -> str:
    """The text alone."""
    return unescape(_TAG.sub("", marked))
