"""Query text to a syntax tree.

::

    query   := any
    any     := all (("OR" | "ATAU") all)*
    all     := item+                          all of them; "AND" and "DAN" may stand between
    item    := ["-"] (group | field | "phrase" | prefix* | word)
    group   := "(" any ")"
    field   := name ":" (group | "phrase" | word)

Anything that people type is a query. What does not fit the grammar is read as words or left out;
where that changes what is found, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.analysis import TextAnalysis, Token, analysis, fold, lexicon
from index.fields import FACET_NAMES, SCOPES
from search.query.syntax.boolean import AllOf, Exclude, all_of, any_of
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.node import Node
from search.query.syntax.pattern import Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.response import Note

MAX_WORDS = 32
"""Words after these are left out, with a note."""

MIN_PREFIX = 2
"""A shorter prefix is read as a word."""

_MAX_DEPTH = 16

_LEXEME = re.compile(
    r"""
    (?P<phrase> (?P<open>["\u201c\u201d\u201e]) (?P<inside>[^"\u201c\u201d\u201e]*)
                (?P<close>["\u201c\u201d\u201e]?) )
  | (?P<left> \( )
  | (?P<right> \) )
  | (?P<minus> (?<![^\s(:]) [-\u2212] (?=[^\s\-\u2212]) )
  | (?P<plus> (?<![^\s(:]) \+ (?=[^\s+]) )
  | (?P<field> [^\W\d_]+ ) : (?=[^\s:/])
  | (?P<word> (?: (?! ["\u201c\u201d\u201e()] ) \S )+ )
  | (?P<space> \s+ )
    """,
    re.VERBOSE,
)
_SINCE = frozenset({"sejak", "since"})
_UNTIL = frozenset({"sampai", "until"})
_FIELDS = frozenset(FACET_NAMES) | frozenset(SCOPES) | _SINCE | _UNTIL
_OR = frozenset({"OR", "ATAU"})
_AND = frozenset({"AND", "DAN", "&", "+"})


def parse(text: str, how: TextAnalysis | None = None) -> Parsed:
    """The syntax tree of a query, its words analysed as the index's were (``how``).

    Repeated nodes stand once; stop words are optional. Raises nothing.
    """
    return _Parser(text, how or analysis()).parse()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's text as a tree. ``root`` is None where it has nothing to search for."""

    text: str
    root: Node | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    position: int


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str, how: TextAnalysis) -> None:
        self._text = text
        self._analysis = how
        self._notes: list[Note] = []
        self._lexemes = list(self._scan(text))
        self._next = 0
        self._words = 0

    def parse(self) -> Parsed:
        parts = []
        while (lexeme := self._peek()) is not None:
            if lexeme.kind == "right":
                self._note("unclosed-parenthesis", lexeme.position)
                self._next += 1
                continue
            parts.append(self._any(0, None))
        root = all_of(part for part in parts if part is not None)
        if root is None and self._text.strip():
            self._note("nothing-searchable", None)
        elif root is not None and _only_excludes(root):
            self._note("only-excluded", None)
        return Parsed(self._text, root, tuple(self._notes))

    def _scan(self, text: str) -> list[_Lexeme]:
        found = []
        position = 0
        while position < len(text):
            match = _LEXEME.match(text, position)
            assert match is not None  # every character is white space, a mark or part of a word
            kind = str(match.lastgroup)
            if match["phrase"] is not None:
                if not match["close"]:
                    self._note("unclosed-quote", position)
                found.append(_Lexeme("phrase", match["inside"], position))
            elif match["field"] is not None:
                if fold(match["field"]) in _FIELDS:
                    found.append(_Lexeme("field", fold(match["field"]), position))
                else:
                    found.append(_Lexeme("word", match["field"], position))
            elif kind != "space":
                found.append(_Lexeme(kind, match[kind], position))
            position = match.end()
        return found

    def _peek(self) -> _Lexeme | None:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else None

    def _note(self, code: str, position: int | None, **facts: str) -> None:
        if not any(note.code == code and note.facts == facts for note in self._notes):
            self._notes.append(Note(code, facts, position))

    def _any(self, depth: int, scope: str | None) -> Node | None:
        branches = [self._all(depth, scope)]
        while (lexeme := self._peek()) is not None and _is_operator(lexeme, _OR):
            self._next += 1
            branches.append(self._all(depth, scope))
        return any_of(branch for branch in branches if branch is not None)

    def _all(self, depth: int, scope: str | None) -> Node | None:
        nodes: list[Node] = []
        last: list[Node] = []
        joined = False
        while (lexeme := self._peek()) is not None:
            if lexeme.kind == "right" or _is_operator(lexeme, _OR):
                break
            if _is_operator(lexeme, _AND):
                self._next += 1
                joined = bool(last)
                last = [node.bound() for node in last]
                continue
            nodes.extend(last)
            last = self._item(depth, scope)
            if joined:
                last = [node.bound() for node in last]
                joined = False
        return all_of(_spliced([*nodes, *last]))

    def _item(  # noqa: PLR0911 - one answer for each kind of lexeme
        self, depth: int, scope: str | None
    ) -> list[Node]:
        lexeme = self._lexemes[self._next]
        self._next += 1
        if lexeme.kind == "minus":
            following = self._peek()
            if following is None or following.kind == "right":
                return []
            inner = all_of(self._item(depth, scope))
            if inner is None or isinstance(inner, Exclude):
                return [] if inner is None else [inner.node]
            return [Exclude(inner.as_written())]
        if lexeme.kind == "plus":
            following = self._peek()
            if following is None or following.kind == "right":
                return []
            return [node.bound() for node in self._item(depth, scope)]
        if lexeme.kind == "left":
            return self._group(lexeme, depth, scope)
        if lexeme.kind == "field":
            return self._field(lexeme, depth, scope)
        if lexeme.kind == "phrase":
            return self._phrase(lexeme.text, scope)
        return self._word(lexeme, scope)

    def _group(self, opening: _Lexeme, depth: int, scope: str | None) -> list[Node]:
        if depth >= _MAX_DEPTH:
            return []
        inner = self._any(depth + 1, scope)
        closing = self._peek()
        if closing is not None and closing.kind == "right":
            self._next += 1
        else:
            self._note("unclosed-parenthesis", opening.position)
        return [] if inner is None else [inner]

    def _field(self, name: _Lexeme, depth: int, scope: str | None) -> list[Node]:
        following = self._peek()
        allowed = {"word", "phrase", "left"} if name.text in SCOPES else {"word", "phrase"}
        if following is None or following.kind not in allowed:
            self._note("field-without-value", name.position, field=name.text)
            return self._words_of(name.text, scope)
        if name.text in SCOPES:
            return self._item(depth, SCOPES[name.text])
        self._next += 1
        if name.text in FACET_NAMES:
            value = following.text.strip()
            return [FacetIs(FACET_NAMES[name.text], value)] if value else []
        return self._date(name, following, scope)

    def _date(self, name: _Lexeme, value: _Lexeme, scope: str | None) -> list[Node]:
        try:
            day = date.fromisoformat(value.text.strip())
        except ValueError:
            self._note("bad-date", value.position, text=value.text)
            return self._words_of(value.text, scope)
        return [DateRange(day, None) if name.text in _SINCE else DateRange(None, day)]

    def _phrase(self, inside: str, scope: str | None) -> list[Node]:
        room = MAX_WORDS - self._words
        found = tuple(token.surface for token in self._analysis.tokens(inside))
        if len(found) > room:
            self._note("too-many-words", None, limit=str(MAX_WORDS))
        found = found[:room]
        self._words += len(found)
        return [Phrase(found, scope)] if found else []

    def _word(self, lexeme: _Lexeme, scope: str | None) -> list[Node]:
        if not lexeme.text.endswith("*"):
            return self._words_of(lexeme.text, scope)
        beginning = lexeme.text.rstrip("*")
        found = self._analysis.tokens(beginning)
        if not found:
            return []
        last = found[-1].surface
        if len(last) < MIN_PREFIX:
            self._note("prefix-too-short", lexeme.position, prefix=last)
            return self._words_of(beginning, scope)
        before = self._limited(found[:-1], lambda token: word_of(token, beginning, scope))
        return before + self._limited(found[-1:], lambda token: Prefix(token.surface, scope))

    def _words_of(self, text: str, scope: str | None) -> list[Node]:
        return self._limited(self._analysis.tokens(text), lambda token: word_of(token, text, scope))

    def _limited(self, found: list[Token], node: Callable[[Token], Node]) -> list[Node]:
        nodes = []
        for token in found:
            if self._words == MAX_WORDS:
                self._note("too-many-words", None, limit=str(MAX_WORDS))
                break
            self._words += 1
            nodes.append(node(token))
        return nodes


def word_of(token: Token, text: str, scope: str | None) -> Word:
    """The node of one token of a text."""
    stop = scope is None and token.surface in lexicon().stop_words
    typed = text[token.start : token.end]
    capital = typed[0].isupper()
    return Word(token.surface, token.stem, scope, is_optional=stop, capital=capital, typed=typed)


def _spliced(nodes: list[Node]) -> list[Node]:
    """The nodes; those of a group in which some bind, and others need not, stand with the rest."""
    return [
        part
        for node in nodes
        for part in (node.nodes if isinstance(node, AllOf) and node.binds else (node,))
    ]


def _is_operator(lexeme: _Lexeme, names: frozenset[str]) -> bool:
    return lexeme.kind == "word" and lexeme.text in names


def _only_excludes(root: Node) -> bool:
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return all(isinstance(node, Exclude) for node in nodes)
