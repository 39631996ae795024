"""What a row of the specification says."""

from __future__ import annotations

from index.bilingual import Text
from index.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What one query means.

    ``tree``: its tree in words, as ``tests/search/query/rendering.py`` writes it. ``notes``: the
    codes of what is said about it, in order, each with ``@`` and its place in the query where it
    has one. ``help``: of an example for readers, what it finds.
    """

    query: str
    tree: str
    notes: tuple[str, ...] = ()
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The rows about one part of the language."""

    title: Text
    rows: tuple[Row, ...]
