"""The syntax tree of a query, before it is known how fields and weights take part.

``scope`` is the field that a word is restricted to (``title`` or ``body``), None for both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from index.fields import Facet
from search.response import Note


@dataclass(frozen=True, slots=True)
class Word:
    """A word: found by its stem, ranked by its surface form too.

    ``spared``: it need not match where other words are sought, being a stop word, or one that asks
    or goes with the asking (see ``questions``); ``name_words``: how many words the name has that it
    is one of, 0 for none (see ``names``). ``capital``: whether it was typed with one, which makes
    it no other word.
    """

    surface: str
    stem: str
    scope: str | None = None
    spared: bool = False
    name_words: int = 0
    capital: bool = field(default=False, compare=False)


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


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What was written, or what the user's words say means the same: the best one counts."""

    written: Node
    others: tuple[Node, ...]


Node = Word | Phrase | Prefix | FacetIs | DateRange | Exclude | AllOf | AnyOf | Synonyms


def insisted(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The nodes that must match, and those that need not where others are sought."""
    spared = tuple(node for node in nodes if not _is_sought(node))
    rest = tuple(node for node in nodes if node not in spared)
    sought = any(not isinstance(node, FacetIs | DateRange | Exclude) for node in rest)
    return (rest, spared) if sought else (nodes, ())


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood. ``root`` is None where it has nothing to search for."""

    text: str
    root: Node | None
    notes: tuple[Note, ...]


def as_written(node: Node) -> Node:
    """The node without synonyms and with nothing that need not match."""
    match node:
        case Word():
            return replace(node, spared=False)
        case Synonyms(written, _):
            return as_written(written)
        case AllOf(nodes) | AnyOf(nodes):
            return type(node)(tuple(as_written(child) for child in nodes))
        case _:
            return node


def _is_sought(node: Node) -> bool:
    """Whether it is more than words that need not match, or synonyms of these."""
    match node:
        case Word():
            return not node.spared
        case Synonyms(written, _):
            return _is_sought(written)
        case AllOf(nodes):
            return any(map(_is_sought, nodes))
        case _:
            return True
