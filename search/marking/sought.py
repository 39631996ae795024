"""What a query marks, made ready once for all texts of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from functools import lru_cache
from typing import Any

from index.analysis import TextAnalysis
from index.light_dataclass import dataclass
from search.marking.parts import Part, Runs, all_parts, by_first, parts_of, pieces_of
from search.marking.patterns import fuzzy_traces, pattern_traces
from search.query.syntax.node import Marked, Piece

_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Sought:
    """What is marked in texts that are analysed in one way, by what it is found.

    ``traces``: strings of which every plain chunk that may begin a match holds one in lower case.
    ``beyond``: how many more words than one a run has at the most. ``simple``: only stems are
    sought. ``nothing``: no text can have a match. ``parts``: those of it, the last one the
    whole, where anything is sought by patterns, by edits or by where it stands; else none. Then
    every plain chunk that has a part in a match holds a trace, unless they may be ``everywhere``.
    ``tables``: what ``compiled`` makes of it, once it is needed.
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
    parts: tuple[Part, ...] = ()
    everywhere: bool = False
    tables: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@lru_cache(maxsize=_KEPT)
def sought(marked: Marked, how: TextAnalysis) -> Sought:
    """What the marking of texts needs to know of what is to be marked."""
    placed = bool(marked.patterns or marked.fuzzy or marked.spans)
    traces = _all_traces(marked, how) if placed else _traces(marked, how)
    return Sought(
        how=how,
        stems=marked.stems,
        prefixes=tuple(dict.fromkeys(marked.prefixes)),
        phrases=by_first(marked.phrases),
        runs=by_first(marked.runs),
        pieces=pieces_of(marked),
        traces=_fewest(traces or ()),
        beyond=max(map(len, marked.phrases + marked.runs), default=1) - 1,
        simple=not marked.beyond_stems,
        nothing=not (marked.stems or marked.beyond_stems),
        parts=all_parts(marked) if placed else (),
        everywhere=traces is None,
    )


def _traces(marked: Marked, how: TextAnalysis) -> set[str]:
    """Those of what begins a match."""
    traces = {*marked.prefixes, *(phrase[0] for phrase in marked.phrases)}
    # The parts are what is in the glued words, and fewer.
    traces |= {surface[start:end] for surface, start, end, _ in marked.pieces}
    for stem in (*marked.stems, *(run[0] for run in marked.runs)):
        traces |= how.traces(stem)
    return traces


def _all_traces(marked: Marked, how: TextAnalysis) -> set[str] | None:
    """Those of all words of a match; None where one has none."""
    single = replace(
        marked,
        stems=marked.stems.union(*marked.runs),
        phrases=tuple((word,) for phrase in marked.phrases for word in phrase),
        runs=(),
    )
    found = _traces(single, how)
    more = (
        *map(pattern_traces, marked.patterns),
        *(fuzzy_traces(surface, distance) for surface, distance in marked.fuzzy),
        *(_all_traces(part, how) for way in marked.spans for part in parts_of(way)),
    )
    for traces in more:
        if traces is None:
            return None
        found |= traces
    return found


def _fewest(traces: Iterable[str]) -> tuple[str, ...]:
    """Those that plain chunks may hold, without those that hold another."""
    plain = [trace for trace in traces if trace.isascii() and trace.isalnum()]
    fewest: list[str] = []
    for trace in sorted(plain, key=len):
        if not any(one in trace for one in fewest):
            fewest.append(trace)
    return tuple(sorted(fewest))
