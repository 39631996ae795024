"""Lines of a report: parts put together as far as the width goes, and texts cut to fit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from index.sources.problems import printable

WIDTH = 100
"""The most characters of a line that this program breaks by itself."""

SCREEN = 24
"""The lines of a terminal as it is opened."""


def joined(begin: str, parts: Iterable[str], indent: str) -> Iterator[str]:
    """The parts with ``·`` between them behind ``begin``, in as many lines as they need."""
    line, is_first = begin, True
    for part in parts:
        added = part if is_first else f" · {part}"
        if not is_first and len(line) + len(added) > WIDTH - 2:
            yield f"{line} ·"
            line, added = indent, part
        line, is_first = line + added, False
    yield line


def wrapped(begin: str, text: str, indent: str) -> list[str]:
    """A sentence behind ``begin``, in as many lines as it needs; no word is divided."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=begin,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def cut(text: str, most: int) -> str:
    """The text in one line that can be printed, with an ellipsis where it is longer."""
    short = printable(" ".join(text[: 4 * most].split()))
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"


def ending(path: str, most: int) -> str:
    """A path that can be printed, with an ellipsis for the folders before where it is longer."""
    short = printable(path, len(path))
    return short if len(short) <= most else f"…{short[1 - most :]}"
