"""Which words of a text a query matches, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.analysis import TextAnalysis, Token
from index.analysis.tokenizer import not_plain
from search.query.syntax.node import Marked, Piece


class Mark(NamedTuple):
    """A token that matches: where it stands, in characters, and the stem or word found there."""

    start: int
    end: int
    found: str


@dataclass(frozen=True)
class MarkedText:
    """A text with the tokens that match, in order.

    ``looked_at``: how many places and tokens were looked at to find them.
    """

    text: str
    marks: list[Mark]
    looked_at: int = 0


def mark(text: str, marked: Marked, how: TextAnalysis) -> MarkedText:
    """Find what is to be marked in a text.

    Tokens are made only where some may match: in chunks that hold a trace of it, and in
    those that are not plain, of which nothing is foreseen.
    """
    found: dict[int, Mark] = {}
    together = marked.phrases or marked.runs
    beyond = max(map(len, marked.phrases + marked.runs), default=1) - 1
    pieces = _by_surface(marked.pieces) if marked.pieces else {}
    phrases, stems = _by_first(marked.phrases), _by_first(marked.runs)
    something = marked.stems or marked.prefixes or together or pieces
    places = _places(text, _traces(marked, how)) if something else []
    looked_at = len(places)
    for run in how.tokens_near(text, places, beyond):
        looked_at += len(run)
        for start, end, surface, stem in run:
            if stem in marked.stems:
                found[start] = Mark(start, end, stem)
            elif marked.prefixes and surface.startswith(marked.prefixes):
                found[start] = Mark(start, end, surface)
            elif surface in pieces and end - start == len(surface):
                for piece in pieces[surface]:
                    left = start + piece.start
                    found[left] = Mark(left, start + piece.end, piece.found)
        if phrases:
            _mark_runs(run, [token.surface for token in run], phrases, found)
        if stems:
            _mark_runs(run, [token.stem for token in run], stems, found)
    unordered = together or pieces
    marks = sorted(found.values()) if unordered else list(found.values())
    return MarkedText(text, marks, looked_at)


def _mark_runs(
    tokens: list[Token],
    words: list[str],
    runs: Mapping[str, Sequence[tuple[str, ...]]],
    found: dict[int, Mark],
) -> None:
    """Mark the tokens whose words, as many, are one of the runs, which are known by their first."""
    for number, word in enumerate(words):
        for run in runs.get(word, ()):
            if tuple(words[number : number + len(run)]) == run:
                for place in range(number, number + len(run)):
                    start, end = tokens[place][:2]
                    found[start] = Mark(start, end, words[place])


@lru_cache(maxsize=64)
def _by_first(runs: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for run in dict.fromkeys(runs):
        found.setdefault(run[0], []).append(run)
    return found


@lru_cache(maxsize=64)
def _by_surface(pieces: tuple[Piece, ...]) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.surface, []).append(piece)
    return found


@lru_cache(maxsize=64)
def _traces(marked: Marked, how: TextAnalysis) -> tuple[str, ...]:
    """Strings of which every plain chunk that may begin a match holds one in lower case."""
    traces = {*marked.prefixes, *(phrase[0] for phrase in marked.phrases)}
    # The parts are what is in the glued words, and fewer.
    traces |= {one.surface[one.start : one.end] for one in marked.pieces}
    for stem in (*marked.stems, *(run[0] for run in marked.runs)):
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
