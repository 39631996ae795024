"""Which words of a text a query matches, and the text as HTML with them marked."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from index.analysis import TextAnalysis
from search.query import AllOf, AnyOf, Node, Phrase, Prefix, Synonyms, Word, insisted

MAX_CHARACTERS = 1 << 16
"""As much of a text is looked at for lists of hits; no news article is longer."""


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


@dataclass(frozen=True)
class MarkedText:
    """A text with its tokens and, for each that matches, what it matches.

    ``spans``: the tokens' starts and ends in characters; ``matches``: token index to the stem or
    word found there.
    """

    text: str
    spans: list[tuple[int, int]]
    matches: dict[int, str]


def mark(text: str, sought: Wanted, how: TextAnalysis) -> MarkedText:
    """Find what is sought in a text."""
    tokens = how.tokens(text)
    matches: dict[int, str] = {}
    for number, token in enumerate(tokens):
        if token.stem in sought.stems:
            matches[number] = token.stem
        elif sought.prefixes and token.surface.startswith(sought.prefixes):
            matches[number] = token.surface
    words = [token.surface for token in tokens] if sought.phrases else []
    for phrase in sought.phrases:
        size = len(phrase)
        for number in range(len(words) - size + 1):
            if words[number] == phrase[0] and tuple(words[number : number + size]) == phrase:
                matches.update((number + step, phrase[step]) for step in range(size))
    return MarkedText(text, [(token.start, token.end) for token in tokens], matches)


def to_html(marked: MarkedText, start: int = 0, end: int | None = None) -> str:
    """The text from ``start`` to ``end`` (characters), escaped, matches in ``<mark>`` elements."""
    end = len(marked.text) if end is None else end
    pieces = []
    at = start
    for number in sorted(marked.matches):
        left, right = marked.spans[number]
        if left >= start and right <= end:
            pieces.append(escape(marked.text[at:left]))
            pieces.append(f"<mark>{escape(marked.text[left:right])}</mark>")
            at = right
    pieces.append(escape(marked.text[at:end]))
    return "".join(pieces)
