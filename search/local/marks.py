"""Which words of a text a query matches, and the text as HTML with them marked."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from index.analysis import TextAnalysis, Token
from index.analysis.tokenizer import not_plain
from search.query import AllOf, AnyOf, Node, Phrase, Prefix, Synonyms, Word, insisted


@dataclass(frozen=True)
class Wanted:
    """What a query looks for in texts; what it excludes is left out."""

    stems: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.prefixes or self.phrases)


def wanted(node: Node | None) -> Wanted:
    """What the syntax tree looks for."""
    stems: set[str] = set()
    prefixes: list[str] = []
    phrases: list[tuple[str, ...]] = []
    waiting = [] if node is None else [node]
    while waiting:
        match waiting.pop():
            case Word(_, found, _, _):
                stems.add(found)
            case Prefix(surface, _):
                prefixes.append(surface)
            case Phrase(words, _):
                phrases.append(words)
            case AllOf(nodes):
                waiting.extend(insisted(nodes)[0])
            case AnyOf(nodes):
                waiting.extend(nodes)
            case Synonyms(written, others):
                waiting += [written, *others]
            case _:
                pass
    return Wanted(frozenset(stems), tuple(prefixes), tuple(phrases))


class Mark(NamedTuple):
    """A token that matches: where it stands, in characters, and the stem or word found there."""

    start: int
    end: int
    found: str


@dataclass(frozen=True)
class MarkedText:
    """A text with the tokens that match, in order."""

    text: str
    marks: list[Mark]


def mark(text: str, sought: Wanted, how: TextAnalysis) -> MarkedText:
    """Find what is sought in a text.

    Tokens are made only where some may match: in chunks that hold a trace of what is sought, and in
    those that are not plain, of which nothing is foreseen.
    """
    found: dict[int, Mark] = {}
    beyond = max(map(len, sought.phrases), default=1) - 1
    places = _places(text, _traces(sought, how)) if sought else []
    for run in how.tokens_near(text, places, beyond):
        for start, end, surface, stem in run:
            if stem in sought.stems:
                found[start] = Mark(start, end, stem)
            elif sought.prefixes and surface.startswith(sought.prefixes):
                found[start] = Mark(start, end, surface)
        if sought.phrases:
            _mark_phrases(run, sought.phrases, found)
    return MarkedText(text, sorted(found.values()) if sought.phrases else list(found.values()))


def _mark_phrases(
    run: list[Token], phrases: tuple[tuple[str, ...], ...], found: dict[int, Mark]
) -> None:
    words = [token.surface for token in run]
    for phrase in phrases:
        size = len(phrase)
        for number in range(len(words) - size + 1):
            if words[number] == phrase[0] and tuple(words[number : number + size]) == phrase:
                for start, end, surface, _ in run[number : number + size]:
                    found[start] = Mark(start, end, surface)


@lru_cache(maxsize=64)
def _traces(sought: Wanted, how: TextAnalysis) -> tuple[str, ...]:
    """Strings of which every plain chunk that may begin a match holds one in lower case."""
    traces = {*sought.prefixes, *(phrase[0] for phrase in sought.phrases)}
    for stem in sought.stems:
        traces |= how.traces(stem)
    plain = [trace for trace in traces if trace.isascii() and trace.isalnum()]
    return tuple(one for one in plain if not any(two in one for two in plain if two != one))


def _places(text: str, traces: tuple[str, ...]) -> list[int]:
    """The places of traces and of chunks that are not plain, in characters, ascending."""
    # The only character that is longer in lower case; no plain chunk has it.
    lowered = text.replace("\u0130", "i").lower()
    places = not_plain(text)
    for trace in traces:
        at = lowered.find(trace)
        while at >= 0:
            places.append(at)
            at = lowered.find(trace, at + 1)
    places.sort()
    return places


def to_html(marked: MarkedText, start: int = 0, end: int | None = None) -> str:
    """The text from ``start`` to ``end`` (characters), escaped, matches in ``<mark>`` elements."""
    text, marks = marked.text, marked.marks
    end = len(text) if end is None else end
    pieces = []
    at = start
    for number in range(bisect_left(marks, Mark(start, 0, "")), len(marks)):
        left, right, _ = marks[number]
        if right > end:
            break
        pieces.append(escape(text[at:left]))
        pieces.append(f"<mark>{escape(text[left:right])}</mark>")
        at = right
    pieces.append(escape(text[at:end]))
    return "".join(pieces)
