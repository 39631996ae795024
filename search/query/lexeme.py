"""A lexeme, a piece of a query's text, and what kinds there are."""

from __future__ import annotations

from enum import StrEnum, auto

from index.light_dataclass import dataclass
from search.query.nearness import Nearness


class Kind(StrEnum):
    """What a lexeme is."""

    WORD = auto()
    """Characters between blanks: a word, several, or none."""
    PHRASE = auto()
    """What stands in quotation marks, without them."""
    LEFT = auto()
    RIGHT = auto()
    MINUS = auto()
    PLUS = auto()
    FIELD = auto()
    """The folded name of a field that stands before a value."""
    STRANGER = auto()
    """That of a field that is none here, whose value is searched for in all fields."""
    STRANGE_FILTER = auto()
    """The same, where the value says which articles are meant, and is hardly a word of theirs."""
    EXACTLY = auto()
    """What follows is meant in the very form that is typed."""
    NEAR = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


OPERATORS = frozenset({Kind.NEAR, Kind.AND, Kind.OR, Kind.NOT})
OPERANDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.LEFT, Kind.RIGHT})
ENGLISH = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``position``: its first character in the query. ``literal``: it has a foreign sign.

    ``whole``: of a field, whether its value is asked for as a whole (``sumber:=antara``). ``near``:
    of NEAR, and of a phrase whose words need only be near each other.
    """

    kind: Kind
    text: str
    position: int
    literal: bool = False
    whole: bool = False
    near: Nearness | None = None
