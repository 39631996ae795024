"""Query text to a syntax tree.

::

    query   := any
    any     := all (("OR" | "ATAU") all)*
    all     := item (["AND" | "DAN"] item)*                                   all of them
    item    := ["-" | "NOT" | "TANPA" | "BUKAN" | "+"] (group | field | "phrase" | prefix* | word)
    group   := "(" any ")"
    field   := name ":" ["="] (group | "phrase" | word)

In the group of a facet, ``sumber:(cnn indonesia, antara)``, words in a row are one value, commas
and quotation marks part values, and one of them suffices; operators join them as they do words.
So are days in that of a field of days. There a value goes on as long as it names days:
``sejak:3 hari terakhir``; ``days`` says what does.

What stands beside AND, before NOT, behind +, in quotation marks or in a field binds: it must match
even where some of the other words suffice.

Anything that people type is a query. What does not fit the grammar is read as words or left out;
where that changes what is found, a note says so at its place. ``lexemes`` says what is an operator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import inf

from index.analysis import TextAnalysis, Token, analysis, is_stop_word
from index.dates import local_today
from index.fields import FACET_NAMES, SCOPES
from search.days_in_words import days_in_words
from search.query.day_words import tells_days
from search.query.days import NotDays, days_of
from search.query.foreign import DATES, ON, SINCE, STRANGERS
from search.query.lexemes import OPERATORS, Kind, Lexeme, lexemes
from search.query.syntax.boolean import AllOf, Exclude, all_of, any_of
from search.query.syntax.filters import DateRange, FacetIs, Undated
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
_BEHIND = ".,:;!?\u2026"
"""What may stand behind a word and its asterisk."""

_MOST_WORDS_OF_DAYS = 10
_MOST_READINGS_OF_DAYS = 40
"""After so many, values of days are single words: what costs most is what names none."""
_WITHOUT_A_DATE = frozenset(
    {"tidak ada", "tidakada", "tak ada", "kosong", "tanpa tanggal", "tanpa", "tidak bertanggal"}
    | {"none", "null", "missing", "empty", "undated", "unknown", "no date"}
)
_WITH_A_DATE = frozenset({"*", "ada", "any", "dated"})
_NOT_STRICTLY = frozenset({"before", "after", "sebelum", "setelah", "sesudah"})
"""Fields that others may read as without the day that they name."""

_Scope = str | Lexeme | None
"""The field that words are of: one of texts by its name, a facet or days by its lexeme, or all of
texts."""


def parse(text: str, how: TextAnalysis | None = None, today: date | None = None) -> Parsed:
    """The syntax tree of a query, its words analysed as the index's were (``how``).

    ``today``: from which days count; None: the day that it is. Repeated nodes stand once; stop
    words are optional. Raises nothing.
    """
    return _Parser(text, how or analysis(), today or local_today()).parse()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's text as a tree. ``root`` is None where it has nothing to search for."""

    text: str
    root: Node | None
    notes: tuple[Note, ...]


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str, how: TextAnalysis, today: date) -> None:
        self._text = text
        self._today = today
        self._analysis = how
        self._notes: list[Note] = []
        self._lexemes, found = lexemes(text)
        for note in found:
            self._add(note)
        self._next = 0
        self._words = 0
        self._excluding = False
        self._readings_of_days = 0
        self._typed: dict[DateRange, tuple[int, str]] = {}

    def parse(self) -> Parsed:
        parts = []
        while (lexeme := self._peek()) is not None:
            if lexeme.kind is Kind.RIGHT:
                self._note("unclosed-parenthesis", lexeme.position)
                self._next += 1
                continue
            parts.append(self._any(0, None))
        root = all_of(part for part in parts if part is not None)
        if root is None and self._text.strip():
            self._note("nothing-searchable", None)
        elif root is not None and _only_excludes(root):
            self._note("only-excluded", None)
        self._compare_days(root)
        notes = sorted(self._notes, key=lambda one: inf if one.position is None else one.position)
        return Parsed(self._text, root, tuple(notes))

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._next] if self._next < len(self._lexemes) else None

    def _ends(self) -> bool:
        """Whether no item follows here."""
        lexeme = self._peek()
        return lexeme is None or lexeme.kind is Kind.RIGHT or lexeme.kind in OPERATORS

    def _note(self, code: str, position: int | None, **facts: str) -> None:
        self._add(Note(code, facts, position))

    def _add(self, note: Note) -> None:
        """Each thing is said once, where it is first to be said."""
        if not any(one.code == note.code and one.facts == note.facts for one in self._notes):
            self._notes.append(note)

    def _lone(self, operator: Lexeme) -> None:
        """Notes an operator that has nothing to join; a sign alone is a mark like others."""
        if operator.text.isalpha():
            self._note("lone-operator", operator.position, operator=operator.text)

    def _any(self, depth: int, scope: _Scope) -> Node | None:
        branches: list[Node] = []
        waiting: Lexeme | None = None
        while True:
            branch = self._all(depth, scope)
            if branch is not None:
                branches.append(branch)
                waiting = None
            if waiting is not None:
                self._lone(waiting)
            lexeme = self._peek()
            if lexeme is None or lexeme.kind is not Kind.OR:
                return any_of(branches)
            self._next += 1
            if branches:
                waiting = lexeme
            else:
                self._lone(lexeme)

    def _all(self, depth: int, scope: _Scope) -> Node | None:
        nodes: list[Node] = []
        last: list[Node] = []
        waiting: Lexeme | None = None
        while (lexeme := self._peek()) is not None:
            if lexeme.kind is Kind.RIGHT or lexeme.kind is Kind.OR:
                break
            if lexeme.kind is Kind.AND:
                self._next += 1
                if last and waiting is None:
                    waiting = lexeme
                else:
                    self._lone(lexeme)
                continue
            found = self._item(depth, scope)
            if not found or (lexeme.kind is Kind.MINUS and _is_doubled(last, found)):
                continue
            if waiting is not None or lexeme.kind is Kind.NOT:
                last = [node.bound() for node in last]
            nodes += last
            last = found if waiting is None else [node.bound() for node in found]
            waiting = None
        if waiting is not None:
            self._lone(waiting)
        return all_of(_spliced([*nodes, *last]))

    def _item(  # noqa: PLR0911 - one answer for each kind of lexeme
        self, depth: int, scope: _Scope
    ) -> list[Node]:
        lexeme = self._lexemes[self._next]
        self._next += 1
        match lexeme.kind:
            case Kind.MINUS | Kind.NOT:
                return self._excluded(lexeme, depth, scope)
            case Kind.PLUS:
                return [] if self._ends() else [one.bound() for one in self._item(depth, scope)]
            case Kind.LEFT:
                return self._group(lexeme, depth, scope)
            case Kind.FIELD:
                return self._field(lexeme, depth, scope)
            case Kind.STRANGER:
                return [] if self._ends() else self._item(depth, scope)
            case Kind.STRANGE_FILTER:
                if (days := self._days_of_stranger(lexeme)) is not None:
                    return [days]
                found = [] if self._ends() else self._item(depth, scope)
                return [
                    replace(one, is_optional=True) if isinstance(one, Word) else one
                    for one in found
                ]
            case _:
                return self._operand(lexeme, scope)

    def _operand(self, lexeme: Lexeme, scope: _Scope) -> list[Node]:
        if isinstance(scope, Lexeme):
            many = self._many_days if scope.text in DATES else self._values
            return many(lexeme, scope)
        if lexeme.kind is Kind.PHRASE:
            return self._phrase(lexeme.text, scope)
        return self._word(lexeme, scope)

    def _excluded(self, sign: Lexeme, depth: int, scope: _Scope) -> list[Node]:
        if self._ends():
            self._lone(sign)
            return []
        following = self._lexemes[self._next]
        outer, self._excluding = self._excluding, True
        inner = all_of(self._item(depth, scope))
        self._excluding = outer
        if inner is None:
            self._lone(sign)
            return []
        if following.kind is Kind.STRANGE_FILTER and not inner.restricts:
            return []  # what such a field means is not known, so nothing is excluded for it
        if isinstance(inner, Exclude):
            return [inner if sign.kind is Kind.NOT else inner.node]
        return [Exclude(inner.as_written())]

    def _group(self, opening: Lexeme, depth: int, scope: _Scope) -> list[Node]:
        if depth >= _MAX_DEPTH:
            return []
        inner = self._any(depth + 1, scope)
        closing = self._peek()
        if closing is not None and closing.kind is Kind.RIGHT:
            self._next += 1
        else:
            self._note("unclosed-parenthesis", opening.position)
        return [] if inner is None else [inner]

    def _field(self, name: Lexeme, depth: int, scope: _Scope) -> list[Node]:
        following = self._peek()
        if following is None or following.kind not in {Kind.WORD, Kind.PHRASE, Kind.LEFT}:
            self._note("field-without-value", name.position, field=name.text)
            return self._words_of(name.text, scope)
        if name.text in SCOPES:
            return self._item(depth, SCOPES[name.text])
        if following.kind is Kind.LEFT:
            return self._item(depth, name)
        self._next += 1
        if name.text in DATES:
            return self._days(name, following)
        value = self._value(following)
        value = value.rstrip(",;") if following.kind is Kind.WORD else value
        return self._facet(name, value, name.position)

    def _facet(self, name: Lexeme, value: str, position: int) -> list[Node]:
        if not value:
            return []
        return [FacetIs(FACET_NAMES[name.text], value, name.whole, name.text, position)]

    def _values(self, first: Lexeme, name: Lexeme) -> list[Node]:
        """The values in the group of a facet that begin with a lexeme; one of them must fit."""
        written: list[list[tuple[str, int]]] = [[]]
        lexeme: Lexeme | None = first
        while lexeme is not None and lexeme.kind in {Kind.WORD, Kind.PHRASE}:
            text = self._value(lexeme)
            if lexeme.kind is Kind.PHRASE:
                written += [[(text, lexeme.position)], []]
            else:
                begun, *others = text.split(",")
                written[-1].append((begun, lexeme.position))
                written += [[(one, lexeme.position)] for one in others]
            lexeme = self._peek()
            self._next += lexeme is not None and lexeme.kind in {Kind.WORD, Kind.PHRASE}
        found = any_of(
            node
            for words in written
            for node in self._facet(
                name, " ".join(text for text, _ in words if text), words[0][1] if words else 0
            )
        )
        return [] if found is None else [found]

    def _value(self, written: Lexeme) -> str:
        """The value of a facet: no part of it is a pattern."""
        value = written.text.strip()
        without = value.rstrip("*")
        if without != value and written.kind is Kind.WORD:  # of phrases it is said already
            self._note("unknown-operator", written.position, operator=value, read_as=without)
        return without

    def _many_days(self, first: Lexeme, name: Lexeme) -> list[Node]:
        """The days in the group of a field that begin with a lexeme; one of them suffices."""
        found = self._days(name, first)
        while (lexeme := self._peek()) is not None and lexeme.kind in {Kind.WORD, Kind.PHRASE}:
            self._next += 1
            found += self._days(name, lexeme)
        days = any_of(found)
        return [] if days is None else [days]

    def _days(self, name: Lexeme, first: Lexeme) -> list[Node]:
        """The days that a lexeme, just taken, and those behind it name for a field."""
        found = self._days_named(name.text, name, first)
        if found is not None:
            return [found]
        if not self._analysis.tokens(first.text):
            return []  # a comma that stands alone
        text, _ = next(self._values_of_days(first))
        if self._excluding:
            self._note("bad-date-excluded", first.position, text=text)
            return []
        self._note("bad-date", first.position, text=text)
        return self._words_of(first.text, None)

    def _days_of_stranger(self, name: Lexeme) -> Node | None:
        """The days in a field of another engine, where it may mean days and its value is some."""
        near = STRANGERS.get(name.text, ())
        first = self._peek()
        if not DATES.intersection(near[:1]) or first is None or first.kind is Kind.LEFT:
            return None
        self._next += 1
        found = self._days_named(near[0], name, first)
        if found is None:
            self._next -= 1
        else:
            self._unsaid(name.position, first.position)
        return found

    def _days_named(self, field: str, name: Lexeme, first: Lexeme) -> Node | None:
        """One of the days that a lexeme and those behind it name for a field, which are taken."""
        for text, more in self._values_of_days(first):
            written = text.split(",") if field in ON and not more else []
            for values in [text], written:
                found = [self._day_node(field, name, one, first.position) for one in values]
                days = any_of(node for node in found if node is not None)
                if days is not None and all(found):
                    self._next += more
                    self._unsaid(first.position, first.position + len(text))
                    return days
        return None

    def _unsaid(self, start: int, end: int) -> None:
        """Takes back what was said of signs that belong to days."""
        self._notes = [
            note
            for note in self._notes
            if note.code == "days-meant"
            or note.position is None
            or not start <= note.position < end
        ]

    def _values_of_days(self, first: Lexeme) -> Iterator[tuple[str, int]]:
        """What may name days, the longest first, and how many lexemes behind the first it takes."""
        if first.kind is Kind.PHRASE:
            yield first.text, 0
            return
        begun = last = self._next
        while (
            self._readings_of_days < _MOST_READINGS_OF_DAYS
            and last < len(self._lexemes)
            and last - begun < _MOST_WORDS_OF_DAYS
            and self._lexemes[last].kind is Kind.WORD
            and tells_days(self._lexemes[last].text)
        ):
            last += 1
        for following in range(last, begun - 1, -1):
            rest = self._lexemes[following : following + 1]
            end = rest[0].position if rest else len(self._text)
            yield self._text[first.position : end].strip(), following - begun

    def _day_node(self, field: str, name: Lexeme, text: str, position: int) -> Node | None:
        """What a text asks of dates in a field, however named; None where it names no days."""
        if field in ON:
            value = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
            if value.strip(",;") in _WITHOUT_A_DATE:
                return Undated()
            if value in _WITH_A_DATE:
                return Exclude(Undated())
        self._readings_of_days += 1
        try:
            found = days_of(text, self._today)
        except NotDays:
            return None
        if found.ranged or field in ON:
            days = DateRange(found.first, found.last)
        elif field in SINCE:
            days = DateRange(found.since, None)
        else:
            days = DateRange(None, found.until)
        typed = text.strip(" ,;")
        self._typed.setdefault(days, (name.position, f"{name.text}:{typed}"))
        if not found.spelt or name.text in _NOT_STRICTLY:
            words = days_in_words(days.first, days.last)
            facts = {"typed": typed, "days": words.english, "hari": words.indonesian}
            self._note("days-meant", position, **facts)
        return days

    def _compare_days(self, root: Node | None) -> None:
        """Notes that no day is both since one day and until another."""
        nodes = root.nodes if isinstance(root, AllOf) else ()
        days = [one for one in nodes if isinstance(one, DateRange)]
        for since, until in product(days, days):
            if since.first and until.last and since.first > until.last:
                (first, earlier), (last, later) = self._typed[since], self._typed[until]
                self._note("no-days", max(first, last), since=earlier, until=later)

    def _phrase(self, inside: str, scope: str | None) -> list[Node]:
        room = MAX_WORDS - self._words
        found = tuple(token.surface for token in self._analysis.tokens(inside))
        if len(found) > room:
            self._note("too-many-words", None, limit=str(MAX_WORDS))
        found = found[:room]
        self._words += len(found)
        return [Phrase(found, scope)] if found else []

    def _word(self, lexeme: Lexeme, scope: str | None) -> list[Node]:
        if lexeme.literal:
            words = self._words_of(lexeme.text, scope)
            return [replace(one, literal=True) if isinstance(one, Word) else one for one in words]
        text = lexeme.text.rstrip(_BEHIND)
        if not text.endswith("*"):
            return self._words_of(lexeme.text, scope)
        beginning = text.rstrip("*")
        found = self._analysis.tokens(beginning)
        if not found:
            return []
        last = found[-1].surface
        if len(last) < MIN_PREFIX:
            self._note("prefix-too-short", lexeme.position, prefix=last)
            return self._words_of(beginning, scope)
        before = self._limited(found[:-1], lambda token: word_of(token, beginning, scope))
        return before + self._limited(found[-1:], lambda token: Prefix(token.surface, scope))

    def _words_of(self, text: str, scope: _Scope) -> list[Node]:
        field = None if isinstance(scope, Lexeme) else scope  # a facet has no words
        return self._limited(self._analysis.tokens(text), lambda token: word_of(token, text, field))

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
    stop = scope is None and is_stop_word(token.surface)
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


def _is_doubled(last: list[Node], found: list[Node]) -> bool:
    """Whether a word is doubled with a blank before its hyphen, and not excluded: "hati -hati"."""
    return bool(last) and isinstance(last[-1], Word) and found == [Exclude(last[-1].as_written())]


def _only_excludes(root: Node) -> bool:
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return all(isinstance(node, Exclude) for node in nodes)
