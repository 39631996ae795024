"""The twin of marks and snippets: every token is made, every window's matches are counted anew.

Where a window is cut at words is not told twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from index.analysis import TextAnalysis
from search.marking import snippets
from search.query.syntax.node import Marked


@dataclass(frozen=True)
class AllTokens:
    """A text, the ends of all its tokens, and what those match that match."""

    text: str
    spans: list[tuple[int, int]]
    matches: dict[int, str]


def mark(text: str, sought: Marked, how: TextAnalysis) -> AllTokens:
    tokens = how.tokens(text)
    matches: dict[int, str] = {}
    for number, token in enumerate(tokens):
        if token.stem in sought.stems:
            matches[number] = token.stem
        elif sought.prefixes and token.surface.startswith(sought.prefixes):
            matches[number] = token.surface
    surfaces, stems = [token.surface for token in tokens], [token.stem for token in tokens]
    for words, runs in ((surfaces, sought.phrases), (stems, sought.runs)):
        for run in runs:
            for number in range(len(words) - len(run) + 1):
                if tuple(words[number : number + len(run)]) == run:
                    matches.update((number + step, word) for step, word in enumerate(run))
    return AllTokens(text, [(token.start, token.end) for token in tokens], matches)


def to_html(marked: AllTokens, start: int = 0, end: int | None = None) -> str:
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


def headline(marked: AllTokens) -> str:
    longest = snippets.LONGEST_TITLE
    if len(marked.text) <= longest:
        return to_html(marked)
    return to_html(marked, 0, snippets._forward(marked.text, 0, longest)) + " …"


def snippet(marked: AllTokens, width: int = snippets.WIDTH) -> str:
    text = marked.text
    start, end = _window(marked, width)
    start = snippets._back(text, start, end, width)
    end = snippets._forward(text, start, width)
    left = "… " if text[:start].strip() else ""
    right = " …" if text[end:].strip() else ""
    return left + " ".join(to_html(marked, start, end).split()) + right


def _window(marked: AllTokens, width: int) -> tuple[int, int]:
    numbers = sorted(marked.matches)
    best = (0, 0, 0)
    bounds = (0, 0)
    first = 0
    for last, number in enumerate(numbers):
        right = marked.spans[number][1]
        while first < last and right - marked.spans[numbers[first]][0] > width:
            first += 1
        inside = [marked.matches[other] for other in numbers[first : last + 1]]
        left = marked.spans[numbers[first]][0]
        worth = (len(set(inside)), len(inside), -left)
        if worth > best:
            best, bounds = worth, (left, right)
    return bounds
