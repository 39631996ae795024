"""Query text to a syntax tree.

::

    query    := any
    any      := all (("OR" | "ATAU") all)*
    all      := item (["AND" | "DAN"] item)*                                  all of them
    item     := ["-" | "NOT" | "TANPA" | "BUKAN" | "+"] near
    near     := operand (beside operand)*                                     left first
    beside   := ("NEAR" | "DEKAT" | "ONEAR") ["/" number] | "W/S"             and other names
    operand  := ["="] (group | field | phrase | fuzzy | pattern | word)
    group    := "(" any ")"
    field    := name ":" ["="] (group | phrase | fuzzy | pattern | word)
    phrase   := '"' (word | pattern | "*")* '"' ["~" [number]]
    fuzzy    := word "~" ["1" | "2"]
    pattern  := letters with "*" or "?" before, between or ("*" alone) behind them

In the group of a facet, ``sumber:(cnn indonesia, antara)``, words in a row are one value, commas
and quotation marks part values, and one of them suffices; operators join them as they do words.
So are days in that of a field of days. There a value goes on as long as it names days:
``sejak:3 hari terakhir``; ``days`` says what does.

What stands beside AND, before NOT, behind +, in quotation marks, near something or in a field
binds: it must match even where some of the other words suffice. ``nearness`` has all names of the
operators that ask for words near each other, ``beside`` says what groups mean there.

Anything that people type is a query. What does not fit the grammar is read as words or left out;
where that changes what is found, a note says so at its place. ``lexemes`` says what is an operator.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf

from index.analysis import TextAnalysis, analysis, fold
from index.dates import local_today
from index.fields import LEAD_FIELD, SCOPES
from index.light_dataclass import dataclass
from search.query.beside import in_other_field, opening, sentence
from search.query.day_fields import DayFields
from search.query.facet_fields import FacetFields
from search.query.foreign import (
    ALL_FOLLOWING,
    DATES,
    IN_TEXT,
    OPENINGS,
    SENTENCES,
    STRANGERS,
)
from search.query.joining import Joining
from search.query.lexeme import OPERATORS, Kind, Lexeme
from search.query.lexemes import lexemes
from search.query.operators import as_word
from search.query.syntax.boolean import AllOf, Exclude, all_of, any_of, spliced
from search.query.syntax.node import Node
from search.query.syntax.spellings import SideBySide, TimeSpellings
from search.query.syntax.word import Word
from search.query.times import times_in
from search.query.words import Words, exactly, spared_stop_words
from search.response import Note

_MAX_DEPTH = 16
"""Deeper parentheses are left out, with a note."""

_SIGNED = frozenset({Kind.MINUS, Kind.NOT, Kind.PLUS})

_Scope = str | Lexeme | None
"""The field that words are of: one of texts by its name, a facet or days by its lexeme, or all of
texts."""


def parse(text: str, how: TextAnalysis | None = None, today: date | None = None) -> Parsed:
    """The syntax tree of a query, its words analysed as the index's were (``how``).

    ``today``: from which days count; None: the day that it is. Letters in another dress are read as
    plain ones, as in articles. Repeated nodes stand once; stop words are optional. Raises nothing.
    """
    if not text.isascii():
        from index.dressed import undressed

        text = undressed(text)
    return _Parser(text, how or analysis(), today or local_today()).parse()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query's text as a tree. ``root`` is None where it has nothing to search for.

    ``text``: in plain letters; positions in the nodes and notes count in it.
    """

    text: str
    root: Node | None
    notes: tuple[Note, ...]


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, text: str, how: TextAnalysis, today: date) -> None:
        self._text = text
        self._words = Words(how, self._note)
        self._notes: list[Note] = []
        self._lexemes, found = lexemes(text)
        for note in found:
            self._add(note)
        self._next = 0
        self._excluding = False
        self._left_out: dict[Exclude, int] = {}
        self._names: dict[str, tuple[str, int]] = {}
        self._too_deep = 0
        self._facets = FacetFields(self._lexemes, self._note)
        self._joining = Joining(self._lexemes, self._words, self._note)
        self._days = DayFields(text, self._lexemes, today, self._note, self._unsaid)

    def parse(self) -> Parsed:
        parts = []
        while (lexeme := self._peek()) is not None:
            if lexeme.kind is Kind.RIGHT:
                if self._too_deep:
                    self._too_deep -= 1
                else:
                    self._note("unclosed-parenthesis", lexeme.position)
                self._next += 1
                continue
            parts.append(self._any(0, None))
        root = all_of(spliced(part for part in parts if part is not None))
        if root is None and self._text.strip():
            self._note("nothing-searchable", None)
        elif root is not None and _only_excludes(root):
            self._note("only-excluded", None)
        self._days.compare(root)
        self._tell_excluded(root)
        notes = sorted(self._notes, key=lambda one: inf if one.position is None else one.position)
        return Parsed(self._text, root, tuple(notes))

    def _tell_excluded(self, root: Node | None) -> None:
        """Says what is asked for as well, and of which names the first word is excluded alone."""
        if not self._left_out:
            return
        from search.query.contradictions import contradictions  # few queries exclude anything

        for excluded, asked in contradictions(root):
            if excluded in self._left_out:
                position = self._left_out[excluded]
                self._note("asked-and-excluded", position, excluded=asked)
        if self._names:
            parts = ", ".join(excluded for excluded, _ in self._names.values())
            position = min(position for _, position in self._names.values())
            self._note("excludes-part", position, name=", ".join(self._names), excluded=parts)

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
        if operator.kind is Kind.NEAR or operator.text.isalpha():
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
            if lexeme.kind is Kind.NEAR:
                self._next += 1
                self._lone(lexeme)
                continue
            at = self._next
            found = self._item(depth, scope)
            if not found or self._is_doubled(lexeme, last, found):
                continue
            if lexeme.kind is not Kind.WORD:
                self._keep_excluded(found, at)
            if waiting is not None or lexeme.kind is Kind.NOT:
                last = [node.bound() for node in last]
            nodes += last
            last = found if waiting is None else [node.bound() for node in found]
            waiting = None
        if waiting is not None:
            self._lone(waiting)
        return all_of(spliced([*nodes, *last]))

    def _keep_excluded(self, found: list[Node], at: int) -> None:
        """Keeps the places of what an item excludes, and of a name that it excludes in part.

        ``at``: the number of its first lexeme.
        """
        sign = self._lexemes[at]
        for one in found:
            if isinstance(one, Exclude):
                self._left_out.setdefault(one, sign.position)
        if self._excluding or (sign.kind is not Kind.MINUS and sign.kind is not Kind.NOT):
            return
        from search.query.excluded_names import name_behind  # few queries exclude anything

        named = name_behind(self._lexemes, at, self._next, self._text)
        if named is not None and len(found) == 1 and isinstance(found[0], Exclude):
            self._names.setdefault(named[0], (named[1], sign.position))

    def _item(self, depth: int, scope: _Scope) -> list[Node]:
        sign = self._lexemes[self._next]
        if sign.kind is Kind.WORD:  # most are
            return self._near(depth, scope)
        if sign.kind is Kind.MINUS or sign.kind is Kind.NOT:
            self._next += 1
            return self._excluded(sign, depth, scope)
        if sign.kind is Kind.PLUS:
            self._next += 1
            return [] if self._ends() else [one.bound() for one in self._item(depth, scope)]
        return self._near(depth, scope)

    def _near(self, depth: int, scope: _Scope) -> list[Node]:
        found = self._operand(depth, scope)
        while (operator := self._peek()) is not None and operator.kind is Kind.NEAR:
            self._next += 1
            following = self._peek()
            if self._ends() and (following is None or following.kind is not Kind.NOT):
                self._lone(operator)
                continue
            other = self._signed(depth, scope)
            if found and other:
                found = self._beside(found, other, operator, scope)
            else:
                self._lone(operator)
                found = found or other
        return found

    def _signed(self, depth: int, scope: _Scope) -> list[Node]:
        """An operand, which may be excluded or insisted on."""
        is_signed = self._lexemes[self._next].kind in _SIGNED
        return self._item(depth, scope) if is_signed else self._operand(depth, scope)

    def _beside(
        self, left: list[Node], right: list[Node], operator: Lexeme, scope: _Scope
    ) -> list[Node]:
        """Operands as an operator joins them; values of a field as OR does."""
        if not isinstance(scope, Lexeme):
            return self._joining.joined(left, right, operator, self._next)
        self._lone(operator)
        either = any_of([*left, *right])
        return [] if either is None else [either]

    def _operand(  # noqa: PLR0911 - one answer for each kind of lexeme
        self, depth: int, scope: _Scope
    ) -> list[Node]:
        lexeme = self._lexemes[self._next]
        self._next += 1
        if lexeme.kind is Kind.WORD and not isinstance(scope, Lexeme):
            found = self._words.word(lexeme, scope)
            return _as_time(found, lexeme.text) if self._excluding else found
        match lexeme.kind:
            case Kind.LEFT:
                return self._group(lexeme, depth, scope)
            case Kind.FIELD:
                return self._field(lexeme, depth, scope)
            case Kind.EXACTLY if not isinstance(scope, Lexeme) or scope.text in DATES:
                return [] if self._ends() else self._exactly(depth, scope)
            case Kind.STRANGER:
                return [] if self._ends() else self._signed(depth, scope)
            case Kind.STRANGE_FILTER:
                if (days := self._days_of_stranger(lexeme)) is not None:
                    return [days]
                found = [] if self._ends() else self._signed(depth, scope)
                return [
                    replace(one, is_optional=True, typed=_in_strange(lexeme.text, one.typed))
                    if isinstance(one, Word) and one.scope is None
                    else one
                    for one in found
                ]
            case _ if isinstance(scope, Lexeme):
                many = self._many_days if scope.text in DATES else self._values
                return many(lexeme, scope)
            case _:
                return self._words.phrase(lexeme, scope)

    def _exactly(self, depth: int, scope: _Scope) -> list[Node]:
        """What follows in the form that is typed."""
        following = self._lexemes[self._next]
        if following.kind is not Kind.WORD or isinstance(scope, Lexeme):
            return [exactly(one) for one in self._operand(depth, scope)]
        self._next += 1
        return self._words.exact(following, scope)

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
            # What such a field means is not known, so nothing is excluded for it.
            self._notes = [
                replace(note, code="unknown-filter-excluded")
                if (note.code, note.position) == ("unknown-filter", following.position)
                else note
                for note in self._notes
            ]
            return []
        if isinstance(inner, Exclude):
            return [inner if sign.kind is Kind.NOT else spared_stop_words(inner.node)]
        return [Exclude(inner.as_written())]

    def _group(self, opening: Lexeme, depth: int, scope: _Scope) -> list[Node]:
        if depth >= _MAX_DEPTH:
            self._note("too-deep", opening.position, limit=str(_MAX_DEPTH))
            self._too_deep += 1
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
        allowed = {Kind.WORD, Kind.PHRASE, Kind.LEFT}
        if name.text in IN_TEXT:
            allowed.add(Kind.EXACTLY)
        if following is None or following.kind not in allowed:
            self._note("field-without-value", name.position, field=name.text)
            return self._plain(name.text, scope)
        if name.text in IN_TEXT:
            return self._in_text(name, depth)
        if following.kind is Kind.LEFT:
            return self._operand(depth, name)
        self._next += 1
        if name.text in DATES:
            return self._dated(name, following)
        return self._facets.alone(name, following)

    def _in_text(self, name: Lexeme, depth: int) -> list[Node]:
        """The value of a field that says where in an article words stand."""
        scope = SCOPES.get(name.text) or ALL_FOLLOWING.get(name.text, LEAD_FIELD)
        if name.text in ALL_FOLLOWING and depth < _MAX_DEPTH:
            all_following = self._any(depth + 1, scope)
            found = [] if all_following is None else [all_following]
        elif name.whole:
            found = self._exactly(depth, scope)
        else:
            found = self._operand(depth, scope)
        node = all_of(found)
        if node is None:
            return found
        apart: list[Node] = []
        if name.text in OPENINGS:
            node = opening(node, apart)
        elif name.text in SENTENCES:
            node = sentence(node, apart)
        else:
            self._joining.note_apart(in_other_field(node, scope), f"{name.text}:", name.position)
            return found
        self._joining.note_apart(apart, f"{name.text}:", name.position)
        return list(node.nodes) if isinstance(node, AllOf) else [node]

    def _values(self, first: Lexeme, name: Lexeme) -> list[Node]:
        """The values in the group of a facet that begin with a lexeme, just taken."""
        found, self._next = self._facets.group(name, first, self._next)
        return found

    def _many_days(self, first: Lexeme, name: Lexeme) -> list[Node]:
        """The days in the group of a field that begin with a lexeme; one of them suffices."""
        found = self._dated(name, first)
        while (lexeme := self._peek()) is not None and lexeme.kind in {Kind.WORD, Kind.PHRASE}:
            self._next += 1
            found += self._dated(name, lexeme)
        days = any_of(found)
        return [] if days is None else [days]

    def _dated(self, name: Lexeme, first: Lexeme) -> list[Node]:
        """The days that a lexeme, just taken, and those behind it name for a field."""
        found = self._days.named(name.text, name, first, self._next)
        if found is not None:
            days, self._next = found
            return [days]
        words = self._plain(first.text, None)
        if not words:
            return []  # a comma that stands alone
        text = self._days.longest(first, self._next)
        if self._excluding:
            self._note("bad-date-excluded", first.position, text=text)
            return []
        self._note("bad-date", first.position, text=text)
        return words

    def _days_of_stranger(self, name: Lexeme) -> Node | None:
        """The days in a field of another engine, where it may mean days and its value is some."""
        typed = fold(name.text.rstrip(":=<>"))
        near = STRANGERS.get(typed, ())
        first = self._peek()
        if not DATES.intersection(near[:1]) or first is None or first.kind is Kind.LEFT:
            return None
        named = replace(name, text=typed)
        found = self._days.named(near[0], named, first, self._next + 1)
        if found is None:
            return None
        days, self._next = found
        self._unsaid(name.position, first.position)
        return days

    def _unsaid(self, start: int, end: int) -> None:
        """Takes back what was said of signs that belong to days."""
        self._notes = [
            note
            for note in self._notes
            if note.code == "days-meant"
            or note.position is None
            or not start <= note.position < end
        ]

    def _plain(self, text: str, scope: _Scope) -> list[Node]:
        return self._words.plain(text, None if isinstance(scope, Lexeme) else scope)

    def _is_doubled(self, sign: Lexeme, last: list[Node], found: list[Node]) -> bool:
        """Whether a word is doubled with a blank before its hyphen, not excluded: "hati -hati"."""
        if sign.kind is not Kind.MINUS or not last or not isinstance(last[-1], Word):
            return False
        word = self._lexemes[self._next - 1]
        if word.kind is not Kind.WORD or found != [Exclude(last[-1].as_written())]:
            return False
        typed = f"{sign.text}{word.text}"
        self._note("doubled-word", sign.position, operator=typed)
        return True


def _in_strange(field: str, word: str) -> str:
    """A word as it is typed in a field of other engines; ``near:5`` is an operator."""
    typed = as_word(word)
    return f"{field}({typed})" if typed[:1].isdigit() else f"{field}{typed}"


def _as_time(found: list[Node], text: str) -> list[Node]:
    """The words of a text; of a time whose hours and minutes are the same word, the two as one.

    Else it would be taken for that number, of which one is left out where it stands twice.
    """
    pair = tuple(one for one in found if isinstance(one, Word))
    if len(found) != 2 or len(pair) != 2 or pair[0] != pair[1]:
        return found
    number = pair[0].surface
    if (number, number) not in times_in(text):
        return found
    return [TimeSpellings(pair, SideBySide(pair), (), f"{number}:{number}")]


def _only_excludes(root: Node) -> bool:
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return all(isinstance(node, Exclude) for node in nodes)
