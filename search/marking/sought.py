"""What a query marks, made ready once for all texts of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.analysis import TextAnalysis
from search.query.syntax.node import Marked, Piece

_KEPT = 256


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words by their first word and their length, the longest first."""

    by_first: dict[str, tuple[tuple[int, frozenset[tuple[str, ...]]], ...]]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is marked in texts that are analysed in one way, by what it is found.

    ``traces``: strings of which every plain chunk that may begin a match holds one in lower case.
    ``beyond``: how many more words than one a run has at the most. ``simple``: only stems are
    sought. ``nothing``: no text can have a match.
    """

    how: TextAnalysis
    stems: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: Runs
    runs: Runs
    pieces: dict[str, tuple[Piece, ...]]
    traces: tuple[str, ...]
    beyond: int
    simple: bool
    nothing: bool


@lru_cache(maxsize=_KEPT)
def sought(marked: Marked, how: TextAnalysis) -> Sought:
    """What the marking of texts needs to know of what is to be marked."""
    pieces: dict[str, dict[Piece, None]] = {}
    for piece in marked.pieces:
        pieces.setdefault(piece.surface, {})[piece] = None
    return Sought(
        how=how,
        stems=marked.stems,
        prefixes=tuple(dict.fromkeys(marked.prefixes)),
        phrases=_by_first(marked.phrases),
        runs=_by_first(marked.runs),
        pieces={surface: tuple(some) for surface, some in pieces.items()},
        traces=_traces(marked, how),
        beyond=max(map(len, marked.phrases + marked.runs), default=1) - 1,
        simple=not (marked.prefixes or marked.phrases or marked.runs or marked.pieces),
        nothing=marked == Marked(),
    )


def _by_first(runs: Iterable[tuple[str, ...]]) -> Runs:
    found: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for run in runs:
        found.setdefault(run[0], {}).setdefault(len(run), set()).add(run)
    return Runs(
        {
            first: tuple((size, frozenset(some)) for size, some in sorted(sizes.items())[::-1])
            for first, sizes in found.items()
        }
    )


def _traces(marked: Marked, how: TextAnalysis) -> tuple[str, ...]:
    traces = {*marked.prefixes, *(phrase[0] for phrase in marked.phrases)}
    # The parts are what is in the glued words, and fewer.
    traces |= {one.surface[one.start : one.end] for one in marked.pieces}
    for stem in (*marked.stems, *(run[0] for run in marked.runs)):
        traces |= how.traces(stem)
    plain = sorted(trace for trace in traces if trace.isascii() and trace.isalnum())
    return tuple(one for one in plain if not any(two in one for two in plain if two != one))
