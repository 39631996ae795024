"""The syntax tree of a query, before it is known how fields and weights take part.

``scope`` is the field that a word is restricted to (``title`` or ``body``), None for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from search.request import Facet
from search.response import Note


@dataclass(frozen=True, slots=True)
class Word:
    """A word: found by its stem, ranked by its surface form too."""

    surface: str
    stem: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotation marks: found as written, one after the other."""

    surfaces: tuple[str, ...]
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """``makan*``: every surface form that begins so."""

    surface: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class FacetIs:
    """``sumber:antara``: the facet has this value, without regard to case."""

    facet: Facet
    value: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """``sejak:`` and ``sampai:``: calendar days in Asia/Jakarta, both included."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Exclude:
    """``-word``: the node must not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """All nodes match; excluded ones do not."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One node matches at the least."""

    nodes: tuple[Node, ...]


Node = Word | Phrase | Prefix | FacetIs | DateRange | Exclude | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood. ``root`` is None where it has nothing to search for."""

    text: str
    root: Node | None
    notes: tuple[Note, ...]
