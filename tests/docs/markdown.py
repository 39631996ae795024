"""Markdown written: tables, and text whose signs mean nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.bench.tables import row

BOTH = ("English", "Indonesian")
"""The heads of the columns with texts in both languages."""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a table, and an empty one; code spans of the cells stay what they are."""
    names = list(head)
    yield row(*names)
    yield row(*["---"] * len(names))
    for cells in rows:
        yield row(*(prose(cell).replace("|", "\\|") for cell in cells))
    yield ""


def prose(text: str) -> str:
    """The text without the signs of Markdown that it does not mean; code spans keep theirs."""
    parts = text.split("`")
    for at in range(0, len(parts), 2):
        for sign, written in (("&", "&amp;"), ("<", "&lt;"), ("*", "\\*")):
            parts[at] = parts[at].replace(sign, written)
    return "`".join(parts)


def between(least: float | None, most: float | None) -> str:
    """A range of numbers in words."""
    return f"from {least}" if most is None else f"{least} to {most}"
