"""A query's text as lexemes, the pieces that the parser puts together, and what is said of them.

Which word is an operator is decided here. ``NOT`` and the like are, if they stand alone and in
capitals. A text all in capitals, of several words and nothing else, is a pasted headline: there
``TANPA`` is a word. In lower case they are words. What is no operator here but elsewhere is read as
the table in ``foreign`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from index.analysis import fold
from index.fields import SCOPES
from search.query import foreign
from search.response import Note


class Kind(Enum):
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
    AND = auto()
    OR = auto()
    NOT = auto()


OPERATORS = frozenset({Kind.AND, Kind.OR, Kind.NOT})


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``position``: its first character in the query. ``literal``: it has a foreign sign.

    ``whole``: of a field, whether its value is asked for as a whole (``sumber:=antara``).
    """

    kind: Kind
    text: str
    position: int
    literal: bool = False
    whole: bool = False


_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e'
_SIGN = r"(?<! [^\s(:] )"
_CHUNK = rf"(?: (?! [{_QUOTES}()] ) \S )+"
_LEXEME = re.compile(
    rf"""
    (?P<space> \s+ | (?<= \d ) ["\u201d] (?! [^{_QUOTES}]* [{_QUOTES}] ) )    # 42"
  | (?P<phrase> [{_QUOTES}] (?P<inside> [^{_QUOTES}]* ) (?P<close> [{_QUOTES}]? ) )
  | (?P<span> {foreign.SPANS.pattern} )
  | (?P<left> \( )
  | (?P<right> \) )
  | (?P<minus> {_SIGN} (?: [-\u2212\u2010\u2011\ufe63] (?= [^\s\-\u2212] )
                         | (?<= \S \s ) \u2013 (?= [^\W\d] | [{_QUOTES}(] ) ) )
  | (?P<plus> {_SIGN} \++ (?= [^\s+] ) )
  | (?P<address> {foreign.ADDRESS.pattern} )
  | (?P<field> [^\W\d_]+ ) (?P<sign> : =? | [<>] =? | = ) (?= [^\s:/=] )
  | (?P<word> {_CHUNK} )
    """,
    re.VERBOSE,
)
_WORD = re.compile(_CHUNK, re.VERBOSE)
_MARKS = {"left": Kind.LEFT, "right": Kind.RIGHT, "minus": Kind.MINUS, "plus": Kind.PLUS}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if not chr(code - 0xFEE0).isalnum()}
"""Full-width signs to the plain ones, which stand at the same places."""

_ENGLISH = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_INDONESIAN = {"DAN": Kind.AND, "ATAU": Kind.OR, "TANPA": Kind.NOT, "BUKAN": Kind.NOT}
_WORDS = _ENGLISH | _INDONESIAN | {"&": Kind.AND, "+": Kind.AND}
_SPANS = {"words": Kind.WORD, "and": Kind.AND, "or": Kind.OR}
_NEEDS_NEIGHBOURS = frozenset({"NEAR", "ONEAR", "ADJ", "XOR", "AROUND", "WITHIN"})
_OPERANDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.LEFT, Kind.RIGHT})
_TOUCHING = frozenset({Kind.MINUS, Kind.PLUS, Kind.FIELD, Kind.STRANGER, Kind.STRANGE_FILTER})
_HEADLINE_WORDS = 4
_MIN_UNKNOWN_FIELD = 3


def lexemes(text: str) -> tuple[list[Lexeme], list[Note]]:
    """The lexemes of a query, in order, and the notes on what was read otherwise than it may mean.

    Raises nothing.
    """
    text = text.translate(_WIDE)
    scan = _Scan(text)
    return _with_operators(text, scan.found, scan.notes), scan.notes


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self.found: list[Lexeme] = []
        self.notes: list[Note] = []
        self._text = text
        at = 0
        while at < len(text):
            match = _LEXEME.match(text, at)
            assert match is not None  # every character is white space, a mark or part of a word
            at = self._take(match)

    def _take(self, match: re.Match[str]) -> int:
        """Adds what was matched; returns where to go on."""
        at, end = match.span()
        if match["phrase"] is not None:
            self._phrase(match)
        elif match["span"] is not None:
            return self._span(match)
        elif match["field"] is not None:
            return self._field(match)
        elif match["word"] is not None:
            self._word(match["word"], at)
        elif match["address"] is not None:
            self._add(Kind.WORD, match["address"], at, literal=True)
        elif match["space"] is None:
            self._add(_MARKS[str(match.lastgroup)], match[0], at)
        return end

    def _add(self, kind: Kind, text: str, at: int, *, literal: bool = False) -> None:
        self.found.append(Lexeme(kind, text, at, literal))

    def _note(self, code: str, at: int, **facts: str) -> None:
        self.notes.append(Note(code, facts, at))

    def _foreign(self, operator: str, reading: str, at: int) -> None:
        if reading:
            self._note("unknown-operator", at, operator=operator, read_as=reading)
        else:
            self._note("ignored-operator", at, operator=operator)

    def _phrase(self, match: re.Match[str]) -> None:
        if not match["close"]:
            self._note("unclosed-quote", match.start())
        inside, start = match["inside"], match.start("inside")
        for word in re.finditer(r"\S+", inside):
            reading = foreign.read_as(word[0], quoted=True)
            if reading is not None or (word[0] == "*" and 0 < word.start() < len(inside) - 1):
                self._foreign(word[0], reading or "", start + word.start())
        self._add(Kind.PHRASE, inside, match.start())

    def _span(self, match: re.Match[str]) -> int:
        at, end = match.span()
        if match[0] in _NEEDS_NEIGHBOURS and not (
            self.found and self.found[-1].kind in _OPERANDS and self._text[end:].strip()
        ):
            self._word(match[0], at)
            return end
        kind = next((kind for name, kind in _SPANS.items() if match[name] is not None), None)
        reading = ""
        if kind is Kind.WORD:
            reading = foreign.plain(match[0])
            self._add(kind, reading, at, literal=True)
        elif kind is not None:
            reading = kind.name
            self._add(kind, match[0], at)
        self._foreign(match[0], reading, at)
        return end

    def _field(self, match: re.Match[str]) -> int:
        at, end = match.span()
        name, typed = fold(match["field"]), f"{match['field']}{match['sign']}"
        colon = typed.endswith((":", ":="))
        if name in foreign.OURS and colon:
            whole = typed.endswith("=")
            self.found.append(Lexeme(Kind.FIELD, name, at, whole=whole))
            return end
        near = (name,) if name in foreign.OURS else foreign.nearest_fields(name)
        if near is None or not (colon or name in foreign.OURS):
            return self._unknown_field(match, at, end) if colon else self._chunk(at)
        is_text = bool(near) and near[0] in SCOPES
        self._note(
            "unknown-field" if is_text else "unknown-filter",
            at,
            field=typed,
            near=foreign.named(near),
        )
        self._add(Kind.STRANGER if is_text else Kind.STRANGE_FILTER, name, at)
        return end

    def _unknown_field(self, match: re.Match[str], at: int, end: int) -> int:
        """What was written so may be a field; in a pasted text, a blank may be missing."""
        name = match["field"]
        if len(name) >= _MIN_UNKNOWN_FIELD and name.islower() and not self._text[end].isdigit():
            self._note("unknown-field", at, field=f"{name}:", near=foreign.named(()))
        return self._chunk(at)

    def _chunk(self, at: int) -> int:
        word = _WORD.match(self._text, at)
        assert word is not None  # it begins with a letter
        self._word(word[0], at)
        return word.end()

    def _word(self, text: str, at: int) -> None:
        reading = foreign.read_as(text)
        if reading is not None:
            self._foreign(text, reading, at)
        elif text[:-1].islower() and text.endswith(":") and fold(text[:-1]) in foreign.OURS:
            self._note("field-without-value", at, field=text[:-1])
        self._add(Kind.WORD, text, at, literal=reading is not None)


def _with_operators(text: str, found: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes, of which words that are operators are known as such."""
    words = [one for one in found if one.kind is Kind.WORD and one.text not in _WORDS]
    is_headline = (
        len(words) >= _HEADLINE_WORDS
        and text.isupper()
        and all(one.kind is Kind.WORD and one.text not in _ENGLISH for one in found)
    )
    is_typed = text.islower() or any(
        one.kind is not Kind.WORD or one.text in _WORDS for one in found
    )
    read = []
    for at, one in enumerate(found):
        is_word = one.kind is Kind.WORD and not (at and found[at - 1].kind in _TOUCHING)
        kind = _WORDS.get(one.text) if is_word else None
        if kind is not None and is_headline and one.text in _INDONESIAN:
            if kind is not Kind.AND:
                notes.append(Note("operator-as-word", {"operator": one.text}, one.position))
            kind = None
        elif is_typed and one.text in {"and", "or", "not"} and _is_between(found, at):
            operator = {"word": one.text, "operator": one.text.upper()}
            notes.append(Note("lower-case-operator", operator, one.position))
        read.append(one if kind is None else replace(one, kind=kind))
    return read


def _is_between(found: list[Lexeme], at: int) -> bool:
    """Whether a lexeme stands between operands."""
    return (
        0 < at < len(found) - 1
        and found[at - 1].kind in _OPERANDS
        and found[at + 1].kind in {*_OPERANDS, Kind.FIELD}
    )
