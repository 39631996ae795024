"""Rewrite: lets numbers match as articles write them: ``1.5 triliun`` where they have *1,5*.

Newspapers write a comma before decimals and points between thousands; people type it as their
phones and other languages have it. What was typed counts most. A number that may be a time,
such as *10.30*, has decimals only beside what is measured so; beside what tells the time, *8.30* is
*08.30* and *08:30*; *8:30* is all of these, unless words beside it count. In quotation marks a time
has a point or a colon, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from index.analysis import TextAnalysis
from index.analysis.tokenizer import CURRENCIES, MEASURES
from index.fields import LEAD_FIELD, TEXTS
from index.patterns import on_use
from search.query.foreign import FRACTIONS
from search.query.lexemes import in_plain_characters
from search.query.parse import Parsed
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import Compounds
from search.query.syntax.boolean import AllOf, Exclude
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import SideBySide, Spellings, TimeSpellings
from search.query.syntax.word import Word
from search.query.times import BEFORE, BEHIND, HOURS, times_of, times_of_phrase, times_of_words_in
from search.response import Note

_MAY_BE = re.compile(rf"[0-9][.,:][0-9]|[{FRACTIONS}]")
"""What stands in every text in which a number may be written in another way."""
_DECIMALS = re.compile(r"([0-9]{1,9})[.,]([0-9]{1,2})")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
"""As English has them."""
_EVEN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,00")
"""An amount as bills have it."""
_EXCHANGED = {ord(","): ".", ord("."): ","}
_SIGNED = on_use(
    r"(?P<before>[$\u00a3\u00a5\u20ac])\s?(?P<amount>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<measured>[0-9]+(?:[.,][0-9]+)*)\s?(?P<behind>[%\u2030\u00b0])"
)

_MEASURED = frozenset(
    (
        *(*CURRENCIES, "us", "rupiah", "dolar", "$", "\u00a3", "\u00a5", "\u20ac"),
        *(*MEASURES, "milyar", "trilyun", "m", "t", "thousand", "million", "billion", "trillion"),
        *("percent", "derajat", "meter", "kilometer", "hektare", "hektar", "kilogram", "barel"),
        *("mw", "gw", "sr", "magnitudo", "poin", "basis", "%", "\u2030", "\u00b0"),
    )
)
"""Words and signs beside which a number has decimals."""

_CLOCKS = frozenset(("pukul", "jam", "pkl", "wib", "wita", "wit", "pagi", "siang", "sore", "malam"))
"""Words beside which a number tells the time."""

_COUNTED = frozenset(
    ("skor", "set", "gim", "rasio", "perbandingan", "banding", "ayat", "qs", "surah")
)
"""Words beside which two numbers with a colon between them do not."""


def numbers(
    query: Interpretation,
    how: TextAnalysis,
    compounds: Compounds | None = None,
    typed: str | None = None,
) -> Interpretation:
    """The query in which numbers are replaced by ``Spellings``; None: of no index.

    The reader is told where one was not ``typed`` as newspapers write; None: as the query is.
    """
    text = in_plain_characters(query.text if typed is None else typed)
    if query.root is None or compounds is None or _MAY_BE.search(text) is None:
        return query
    found = _Reading(text, how, compounds)
    root = found.node(query.root)
    if root is query.root:
        return query
    notes = [
        Note("other-number", {"written": surface, "other": other}, _place(text, surface))
        for surface, other in {written: other for _, written, other in found.read}.items()
        if _is_foreign(surface) and ":" not in other  # some newspapers have that, most have not
    ]
    return replace(query, root=root, notes=(*query.notes, *notes))


def words_of_numbers(query: Parsed, how: TextAnalysis, compounds: Compounds) -> frozenset[Word]:
    """The words of a query that are numbers which articles write in another way."""
    text = in_plain_characters(query.text)
    if query.root is None or _MAY_BE.search(text) is None:
        return frozenset()
    found = _Reading(text, how, compounds)
    found.node(query.root)
    return frozenset(chain.from_iterable(words for words, _, _ in found.read))


def others_of(surface: str, beside: Iterable[str]) -> Iterator[str]:
    """How a number may be written, too.

    ``beside``: the surface forms of its neighbours, and the signs that it was typed with.
    """
    found = _DECIMALS.fullmatch(surface)
    if found is not None:
        whole, decimals = found[1], found[2]
        is_time = len(decimals) == 2 and int(whole) <= HOURS and int(decimals) < 60
        if is_time and "." in surface and not _CLOCKS.isdisjoint(beside):
            yield from (f"0{surface}",) if len(whole) == 1 else (surface[1:],) * (whole[0] == "0")
            yield f"{whole:0>2}:{decimals}"
        elif not is_time or not _MEASURED.isdisjoint(beside):
            yield f"{whole},{decimals}" if "." in surface else f"{whole}.{decimals}"
    elif _THOUSANDS.fullmatch(surface) is not None:
        other = surface.translate(_EXCHANGED)
        yield from (other, other.removesuffix(",00")) if other.endswith(",00") else (other,)
    elif _EVEN.fullmatch(surface) is not None:
        yield surface.removesuffix(",00")


def _is_time(surface: str) -> bool:
    found = _DECIMALS.fullmatch(surface)
    if found is None or "." not in surface:
        return False
    return len(found[2]) == 2 and int(found[1]) <= HOURS and int(found[2]) < 60


def _is_foreign(surface: str) -> bool:
    """Whether a number was typed otherwise than newspapers write; times have two digits there."""
    if ":" in surface:
        return True
    if surface[:1] == "0" and surface[1:2].isdigit():
        return False
    return "." in surface or _THOUSANDS.fullmatch(surface) is not None


def _place(text: str, number: str) -> int | None:
    """Where a number first stands in a text."""
    found = re.search(f"{BEFORE}{re.escape(number)}{BEHIND}", text)
    return None if found is None else found.start()


def _stands_alone(text: str, number: str) -> bool:
    """Whether a text has a number that is no part of a time, a date or another word."""
    alone = rf"{BEFORE}(?<!\w)(?<!\w-){re.escape(number)}(?!-?\w){BEHIND}"
    return re.search(alone, text) is not None


class _Reading:
    """One pass over a tree. ``read``: each number's words, how it was typed, and another way."""

    def __init__(self, text: str, how: TextAnalysis, compounds: Compounds) -> None:
        """``text``: as the tree was typed, in plain characters."""
        self.read: list[tuple[tuple[Word, ...], str, str]] = []
        self._text = text
        self._how = how
        self._compounds = compounds
        self._times = times_of_words_in(text)
        self._excluding = False
        self._signs = [
            (found["amount"] or found["measured"], found["before"] or found["behind"])
            for found in _SIGNED.finditer(text)
        ]

    def node(self, node: Node, beside: Sequence[str] = ()) -> Node:
        """The node in which numbers have their other spellings."""
        if isinstance(node, Word):
            time = self._time((node,), 0)[0] if self._times and not beside else None
            return time or self._number(node, beside)
        if isinstance(node, Phrase):
            return self._phrase(node)
        if isinstance(node, Exclude):
            return self._excluded(node)
        if isinstance(node, TimeSpellings):
            return node if not _COUNTED.isdisjoint(beside) else self._excluded_time(node)
        children = node.children()
        if not children:
            return node
        if isinstance(node, AllOf):
            found = self._side_by_side(children)
        else:
            found = [self.node(child) for child in children]
        same = len(found) == len(children) and all(map(_is, found, children))
        return node if same else node.with_children(found)

    def _excluded(self, node: Exclude) -> Node:
        self._excluding = True
        found = self.node(node.node)
        self._excluding = False
        return node if found is node.node else Exclude(found)

    def _excluded_time(self, time: TimeSpellings) -> Node:
        """A time of ``parse`` with the ways that articles write it."""
        hour, minutes = (word.surface for word in time.words)
        others = self._others(time.words, time.typed, times_of(hour, minutes))
        return replace(time, others=others) if others else time

    def _side_by_side(self, nodes: Sequence[Node]) -> list[Node]:
        """Those of nodes that stand beside each other."""
        found: list[Node] = []
        at = 0
        while at < len(nodes):
            time, words = self._time(nodes, at) if self._times else (None, 1)
            found.append(time or self.node(nodes[at], _beside(nodes, at)))
            at += words
        return found

    def _time(self, nodes: Sequence[Node], at: int) -> tuple[Node | None, int]:
        """The spellings of a time that was typed with a colon, and how many of the nodes it is.

        None where there is none. Hours and minutes that are the same are one word, unless the
        number was typed apart from the time, too, or is excluded: ``parse`` has told those times.
        One that is excluded is a time however articles write it, lest they be excluded for its
        numbers alone.
        """
        pair, words = _words_alone(nodes[at : at + 2]), 2
        if len(pair) < 2 or (pair[0].surface, pair[1].surface) not in self._times:
            pair, words = 2 * _words_alone(nodes[at : at + 1]), 1
        if len(pair) < 2 or (pair[0].surface, pair[1].surface) not in self._times:
            return None, 1
        if words == 1 and (self._excluding or _stands_alone(self._text, pair[0].surface)):
            return None, 1
        if pair[0].scope != pair[1].scope or any(word.is_bound for word in pair):
            return None, 1
        if not _COUNTED.isdisjoint(_beside(nodes, at, words)):
            return None, 1
        hour, minutes = pair[0].surface, pair[1].surface
        typed = f"{hour}:{minutes}"
        others = self._others(pair, typed, times_of(hour, minutes))
        if not others and not self._excluding:
            return None, 1
        time = TimeSpellings(pair, SideBySide(pair), others, typed)
        return time, words

    def _phrase(self, phrase: Phrase) -> Phrase:
        """The phrase with its times as others write them; one with a point only beside a clock."""
        surfaces = phrase.surfaces
        times = times_of_phrase(surfaces, self._text)
        others: list[tuple[str, ...]] = []
        for at, surface in enumerate(surfaces):
            pair = surfaces[at : at + 2]
            if pair in times and int(surface) <= HOURS:
                others.append((*surfaces[:at], ".".join(pair), *surfaces[at + 2 :]))
            elif _is_time(surface) and not _CLOCKS.isdisjoint(surfaces):
                others.append((*surfaces[:at], *surface.split("."), *surfaces[at + 1 :]))
        found = [one for one in others if all(self._is_written(form, phrase) for form in one)]
        if not found:
            return phrase
        words = tuple(Word(surface, surface, phrase.scope) for surface in surfaces)
        self.read.append((words, " ".join(surfaces), ":"))
        return replace(phrase, joined=tuple(found))

    def _is_written(self, surface: str, phrase: Phrase) -> bool:
        """Whether any article has the words of a surface form where the phrase is looked for."""
        return all(self._worth(one.stem, phrase.scope) for one in self._how.tokens(surface))

    def _number(self, word: Word, beside: Sequence[str]) -> Node:
        surface = word.surface
        # The stem of one with a fraction (2½) is the number.
        number = surface if surface.isascii() else word.stem
        if not number[:1].isdigit():
            return word
        signs = [sign for amount, sign in self._signs if amount == surface]
        others = self._others((word,), surface, others_of(number, (*beside, *signs)))
        return Spellings((word,), word, others) if others else word

    def _others(
        self, words: tuple[Word, ...], typed: str, texts: Iterable[str]
    ) -> tuple[tuple[Node, float], ...]:
        """The ways that any article has, as ``Spellings`` has them."""
        scope = words[0].scope
        own = sum(self._compounds.idf(scope or LEAD_FIELD, word.stem) for word in words)
        found: list[tuple[Node, float]] = []
        for text in texts:
            tokens = self._how.tokens(text)
            worth = [self._worth(token.stem, scope) for token in tokens]
            if all(worth):
                others = tuple(Word(token.surface, token.stem, scope) for token in tokens)
                other = others[0] if len(others) == 1 else SideBySide(others)
                found.append((other, sum(worth) / own))
                if len(found) == 1:
                    self.read.append((words, typed, text))
        return tuple(found)

    def _worth(self, stem: str, scope: str | None) -> float:
        """The idf of a word in the field where articles have it; 0 where none has."""
        for field in (LEAD_FIELD, *TEXTS) if scope is None else (scope,):
            if self._compounds.is_there(field, stem):
                return self._compounds.idf(field, stem)
        return 0.0


def _is(one: Node, other: Node) -> bool:
    return one is other


def _beside(nodes: Sequence[Node], at: int, count: int = 1) -> list[str]:
    """The surface forms of the words before and behind some."""
    around = [*nodes[max(at - 1, 0) : at], *nodes[at + count : at + count + 1]]
    words = [word for node in around for word in _words(node)]
    return [word.surface for word in words]


def _words(node: Node) -> Sequence[Word]:
    if isinstance(node, Spellings):
        return node.words
    return (node,) if isinstance(node, Word) else ()


def _words_alone(nodes: Sequence[Node]) -> tuple[Word, ...]:
    return tuple(node for node in nodes if isinstance(node, Word))
