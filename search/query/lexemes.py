"""A query's text as lexemes, the pieces that the parser puts together, and what is said of them.

Which word is an operator is decided here. ``NOT`` and the like are, if they stand alone and in
capitals. A text all in capitals, of several words and nothing else, is a pasted headline: there
``TANPA`` is a word. In lower case they are words. What is no operator here but elsewhere is read as
the table in ``foreign`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from index.analysis import fold
from index.fields import SCOPES
from search.query import foreign
from search.response import Note


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
_PAIRED = rf"[^{_QUOTES}]* (?: [{_QUOTES}] [^{_QUOTES}]* [{_QUOTES}] [^{_QUOTES}]* )*"
_SIGN = r"(?<! [^\s(:] )"
_CHUNK = rf"(?: (?! [{_QUOTES}()] ) \S )+"
_LEXEME = re.compile(
    rf"""
    (?P<plain> (?! [NOAXWP][A-Z] ) \w+ (?: [-.,'\u2019] \w+ )* ,? ) (?: \s | $ )
  | (?P<space> \s+ | (?<= \d ) ["\u201d] (?= {_PAIRED} $ ) )             # 42" of inches
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
_WORDS = _ENGLISH | _INDONESIAN
_LOWER = frozenset({"and", "or", "not"})
_NO_PLAIN_WORDS = _LOWER.union(_WORDS)
_SPANS = {"words": Kind.WORD, "and": Kind.AND, "or": Kind.OR}
_NEEDS_NEIGHBOURS = frozenset({"NEAR", "ONEAR", "ADJ", "XOR", "AROUND", "WITHIN"})
_OPERANDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.LEFT, Kind.RIGHT})
_TOUCHING = frozenset({Kind.MINUS, Kind.PLUS, Kind.FIELD, Kind.STRANGER, Kind.STRANGE_FILTER})
_TYPED = _TOUCHING | OPERATORS
_HEADLINE_WORDS = 4
_MIN_UNKNOWN_FIELD = 3


def lexemes(text: str) -> tuple[list[Lexeme], list[Note]]:
    """The lexemes of a query, in order, and the notes on what was read otherwise than it may mean.

    Raises nothing.
    """
    if not text.isascii():
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
        match match.lastgroup:
            case "space":
                pass
            case "plain":
                self._add(Kind.WORD, match["plain"], at)
            case "word":
                self._word(match[0], at)
            case "phrase":
                self._phrase(match)
            case "span":
                return self._span(match)
            case "sign":
                return self._field(match)
            case "address":
                self._add(Kind.WORD, match[0], at, literal=True)
            case mark:
                self._add(_MARKS[str(mark)], match[0], at)
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
        if near is None:
            return self._chunk(at, is_field=colon)
        is_text = bool(near) and near[0] in SCOPES
        self._note(
            "unknown-field" if is_text else "unknown-filter",
            at,
            field=typed,
            near=foreign.named(near),
        )
        self._add(Kind.STRANGER if is_text else Kind.STRANGE_FILTER, name, at)
        return end

    def _chunk(self, at: int, *, is_field: bool) -> int:
        """A word with a sign of fields in it that are none.

        Where it begins as a field would, it may be meant as one; in pasted text a blank may be
        missing.
        """
        found = _WORD.match(self._text, at)
        assert found is not None  # it begins with a letter
        text = found[0]
        name, _, value = text.partition(":")
        if is_field and len(name) >= _MIN_UNKNOWN_FIELD and name.islower() and value[:1].isalpha():
            self._foreign(text, foreign.plain(text), at)
        self._word(text, at)
        return found.end()

    def _word(self, text: str, at: int) -> None:
        reading = foreign.read_as(text)
        if reading is not None:
            self._foreign(text, reading, at)
        elif text[:-1].islower() and text.endswith(":") and fold(text[:-1]) in foreign.OURS:
            self._note("field-without-value", at, field=text[:-1])
        self._add(Kind.WORD, text if reading is None else reading, at, literal=reading is not None)


def _with_operators(text: str, found: list[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes, of which words that are operators are known as such."""
    if _NO_PLAIN_WORDS.isdisjoint([one.text for one in found]):
        return found
    words = [one for one in found if one.kind is Kind.WORD and not one.literal]
    if not any(one.text in _WORDS or one.text in _LOWER for one in words):
        return found
    is_headline = (
        text.isupper()
        and sum(one.text not in _WORDS for one in words) >= _HEADLINE_WORDS
        and all(one.kind is Kind.WORD and one.text not in _ENGLISH for one in found)
    )
    is_typed = text.islower() or any(one.kind in _TYPED or one.text in _WORDS for one in found)
    read = []
    for at, one in enumerate(found):
        kind = None
        if one.kind is Kind.WORD and not one.literal and not _touches(found, at):
            kind = _WORDS.get(one.text)
        if kind is not None and is_headline and one.text in _INDONESIAN:
            if kind is not Kind.AND:
                notes.append(Note("operator-as-word", {"operator": one.text}, one.position))
            kind = None
        elif is_typed and one.text in _LOWER and _is_between(found, at):
            operator = {"word": one.text, "operator": one.text.upper()}
            notes.append(Note("lower-case-operator", operator, one.position))
        read.append(one if kind is None else replace(one, kind=kind))
    return read


def _touches(found: list[Lexeme], at: int) -> bool:
    """Whether a lexeme follows a sign that makes it a word."""
    return at > 0 and found[at - 1].kind in _TOUCHING


def _is_between(found: list[Lexeme], at: int) -> bool:
    """Whether a lexeme stands between operands."""
    return (
        0 < at < len(found) - 1
        and found[at - 1].kind in _OPERANDS
        and found[at + 1].kind in {*_OPERANDS, Kind.FIELD}
    )
