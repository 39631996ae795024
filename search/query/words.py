"""The words of a query's lexemes as nodes: plain words, patterns, fuzzy words and phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from index.analysis import TextAnalysis, Token, is_stop_word
from index.analysis.tokenizer import HYPHENS
from index.light_dataclass import dataclass
from search.query.foreign import FUZZY
from search.query.lexeme import Lexeme
from search.query.nearness import Nearness
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, spliced
from search.query.syntax.near import Near
from search.query.syntax.node import Node
from search.query.syntax.pattern import GAP, Fuzzy, Pattern, PatternPhrase, Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.query.wild import SIGNS, has_pattern, is_too_short, patterned

MAX_WORDS = 32
"""Words after these are left out, with a note."""

MIN_PREFIX = 2
"""A shorter prefix is read as a word."""

MAX_EDITS = 2
"""A fuzzy word with more is read as one with as many."""

_ONE_EDIT_BELOW = 6
"""Shorter fuzzy words have one edit where none is typed."""

_BEHIND = ".,:;!?\u2026"
"""What may stand behind a word and its asterisk."""

_YEARS = re.compile(r"(?:19|20)(?:[0-9]\?|\?\?)(?=[.,:;!]*$)")
"""The years of a decade or of a century: ``202?``, ``19??``."""

_DROPPED = re.compile(r"\*+[^\w*?]")
_T = TypeVar("_T")
_OTHER_FORMS = SIGNS | {"~"}
_CHUNK = re.compile(r"\S+")
_GAP = re.compile(r"\*+[.,:;!?\u2026]*")


class Noting(Protocol):
    """Adds a note of a code, at a place, with facts."""

    def __call__(self, code: str, position: int | None, **facts: str) -> None: ...


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a chunk: its token, as typed, and its pattern, empty where it is a plain word."""

    token: Token
    typed: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word, pattern or gap of a phrase, and where in the query its chunk begins."""

    word: str
    position: int


class Words:
    """Reads lexemes of one query; ``count`` is how many words it has so far."""

    def __init__(self, how: TextAnalysis, note: Noting) -> None:
        self.count = 0
        self._how = how
        self._note = note

    def plain(self, text: str, scope: str | None) -> list[Node]:
        """The words of a text, whatever signs it has."""
        return self._limited(self._how.tokens(text), lambda token: word_of(token, text, scope))

    def word(self, lexeme: Lexeme, scope: str | None) -> list[Node]:
        """What a lexeme with no blank in it stands for."""
        text = lexeme.text
        if lexeme.literal:
            words = self.plain(text, scope)
            return [replace(one, literal=True) if isinstance(one, Word) else one for one in words]
        if "~" in text and (match := FUZZY.fullmatch(text)):
            return self._fuzzy(match, lexeme.position, scope)
        if "*" not in text and "?" not in text:
            return self.plain(text, scope)
        return self._limited(
            self._parts(text, lexeme.position),
            lambda part: (
                _of_pattern(part.pattern, scope)
                if part.pattern
                else _word(part.token, part.typed, scope)
            ),
        )

    def exact(self, lexeme: Lexeme, scope: str | None) -> list[Node]:
        """The same in the very form that was typed: ``=kata``."""
        if lexeme.literal or not _OTHER_FORMS.isdisjoint(lexeme.text):
            return [exactly(one) for one in self.word(lexeme, scope)]
        return self.phrase(lexeme, scope)

    def phrase(self, lexeme: Lexeme, scope: str | None) -> list[Node]:
        """What stands in quotation marks, and how near to each other, if that is said."""
        inside = lexeme.text
        if SIGNS.isdisjoint(inside):
            found = [_Placed(token.surface, 0) for token in self._how.tokens(inside)]
        else:
            found = self._in_phrase(inside, lexeme.position + 1)
        if lexeme.near is not None:
            return self._near(found, lexeme.near, scope)
        found = self._without_gaps_around(found)
        words = [one.word for one in self._room_for(found)]
        while words and words[-1] == GAP:
            words.pop()
        self.count += len(words)
        return [_phrase(tuple(words), scope)] if words else []

    def note_distance(self, near: Nearness, least: int = 1) -> None:
        """Says which distance is searched for, where another was typed, or none."""
        distance = near.within(least)
        if distance == near.distance:
            return
        facts = {"operator": near.written, "distance": str(distance)}
        if distance == least > 1:
            self._note("near-least", near.position, **facts, words=str(least + 1))
        else:
            self._note("near-distance", near.position, **facts)

    def _near(self, found: Sequence[_Placed], near: Nearness, scope: str | None) -> list[Node]:
        """The words of a phrase near each other."""
        for one in found:
            if one.word == GAP:
                self._note("ignored-operator", one.position, operator=GAP)
        several = [one for one in found if one.word != GAP]
        nodes = self._limited(several, lambda one: _one_word(one.word, scope))
        if len(nodes) <= 1:
            self._note("lone-operator", near.position, operator=near.written)
            return nodes
        least = len(nodes) - 1
        self.note_distance(near, least)
        return [Near(tuple(nodes), near.within(least), scope=scope)]

    def _in_phrase(self, inside: str, start: int) -> list[_Placed]:
        """The words, patterns and gaps of a phrase that begins at ``start``."""
        found: list[_Placed] = []
        for chunk in _CHUNK.finditer(inside):
            position = start + chunk.start()
            if _GAP.fullmatch(chunk[0]):
                found.append(_Placed(GAP, position))
            else:
                found += [
                    _Placed(part.pattern or part.token.surface, position)
                    for part in self._parts(chunk[0], position)
                ]
        return found

    def _without_gaps_around(self, found: list[_Placed]) -> list[_Placed]:
        """The words of a phrase from the first that is one to the last."""
        words = [at for at, one in enumerate(found) if one.word != GAP]
        first, last = (words[0], words[-1]) if words else (len(found), len(found))
        for one in (*found[:first], *found[last + 1 :]):
            self._note("lone-operator", one.position, operator=GAP)
        return found[first : last + 1]

    def _parts(self, chunk: str, position: int) -> list[_Part]:
        """The words of a chunk with signs of patterns in it."""
        text = chunk.rstrip(_BEHIND)
        if year := _YEARS.match(chunk):
            (token,) = self._how.tokens(year[0].replace("?", "0"))
            return [_Part(token, year[0], year[0])]
        if has_pattern(text):
            return [
                part
                for token, pattern in patterned(text, self._how)
                for part in self._long_enough(token, text, pattern, position)
            ]
        beginning = text.rstrip("*")
        parts = self._plain_parts(beginning)
        if text == beginning or not parts:
            parts = self._plain_parts(chunk)
            if parts and _DROPPED.match(text):
                self._read_as(text, " ".join(part.typed for part in parts), position)
            return parts
        last = parts[-1].token.surface
        if len(last) < MIN_PREFIX:
            self._note("prefix-too-short", position, prefix=last)
            return parts
        if beginning[-1] in HYPHENS:
            self._read_as(text, f"{last}*", position)
        return [*parts[:-1], replace(parts[-1], pattern=f"{last}*")]

    def _read_as(self, typed: str, reading: str, position: int) -> None:
        self._note("unknown-operator", position, operator=typed, read_as=reading)

    def _plain_parts(self, text: str) -> list[_Part]:
        return [_Part(one, text[one.start : one.end]) for one in self._how.tokens(text)]

    def _long_enough(self, token: Token, text: str, pattern: str, position: int) -> list[_Part]:
        """The part of a chunk; of a pattern with too few letters, its words."""
        if not pattern or not is_too_short(pattern):
            return [_Part(token, text[token.start : token.end], pattern)]
        self._note("pattern-too-short", position, pattern=pattern)
        return self._plain_parts(pattern)

    def _fuzzy(self, match: re.Match[str], position: int, scope: str | None) -> list[Node]:
        """The words of a chunk, of which the last may have other letters."""
        tokens = self._how.tokens(match["word"])
        if not tokens:
            return []
        last, typed = tokens[-1].surface, match["edits"]
        auto = not typed.isdecimal()  # older Lucene's share of letters says no number of them
        usual = 1 if len(last) < _ONE_EDIT_BELOW else MAX_EDITS
        wanted = usual if auto else int(typed[:2])
        edits = min(wanted, MAX_EDITS, len(last) - 1)
        operator = match[0].rstrip(_BEHIND)
        if not edits and wanted:
            self._note("fuzzy-too-short", position, operator=operator)
        elif edits != wanted or (auto and typed):
            self._note("fuzzy-distance", position, operator=operator, distance=str(edits))
        before = self._limited(tokens[:-1], lambda token: word_of(token, match["word"], scope))
        return before + self._limited(
            tokens[-1:],
            lambda _: Fuzzy(last, edits, scope, auto) if edits else Phrase((last,), scope),
        )

    def _limited(self, found: Sequence[_T], node: Callable[[_T], Node]) -> list[Node]:
        """The nodes of what there is room for."""
        if self.count + len(found) > MAX_WORDS:
            found = self._room_for(found)
        self.count += len(found)
        return [node(one) for one in found]

    def _room_for(self, found: Sequence[_T]) -> Sequence[_T]:
        room = MAX_WORDS - self.count
        if len(found) > room:
            self._note("too-many-words", None, limit=str(MAX_WORDS))
        return found[:room]


def word_of(token: Token, text: str, scope: str | None) -> Word:
    """The node of one token of a text."""
    return _word(token, text[token.start : token.end], scope)


def _word(token: Token, typed: str, scope: str | None) -> Word:
    _, _, surface, stem = token
    stop = scope is None and is_stop_word(surface)
    return Word(surface, stem, scope, stop, 0, typed[0].isupper(), False, typed)


def spared_stop_words(node: Node) -> Node:
    """The node as it is when it is not excluded: its stop words are optional again."""
    if isinstance(node, Word):
        return replace(node, is_optional=node.scope is None and is_stop_word(node.surface))
    if isinstance(node, AllOf | AnyOf):
        return node.with_children([spared_stop_words(child) for child in node.nodes])
    return node


def exactly(node: Node) -> Node:
    """The node with its words in the form that was typed."""
    if isinstance(node, Word):
        return Phrase((node.surface,), node.scope)
    if isinstance(node, Exclude):
        return Exclude(exactly(node.node))
    children = [exactly(child) for child in node.children()]
    return node.with_children(list(spliced(children)) if isinstance(node, AllOf) else children)


def _phrase(words: tuple[str, ...], scope: str | None) -> Node:
    """Words, patterns and gaps in a row; the first and the last are no gaps."""
    if all(map(SIGNS.isdisjoint, words)):
        return Phrase(words, scope)
    return _one_word(words[0], scope).bound() if len(words) == 1 else PatternPhrase(words, scope)


def _one_word(word: str, scope: str | None) -> Node:
    """A word of a phrase, or a pattern of one, by itself."""
    return Phrase((word,), scope) if SIGNS.isdisjoint(word) else _of_pattern(word, scope)


def _of_pattern(pattern: str, scope: str | None) -> Node:
    beginning = pattern.removesuffix("*")
    if SIGNS.isdisjoint(beginning):
        return Prefix(beginning, scope)
    return Pattern(pattern, scope)
