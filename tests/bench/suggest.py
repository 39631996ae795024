"""Suggestions: cut names and headlines to Warta and, as a phrase whose last word is begun, tantivy.

tantivy has no suggestions; what its users build them of is its prefix query (here
``phrase_prefix_query`` over titles, with the best eight titles read), asked in the same turns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from tantivy import Index, Query

from search.engine import SearchEngine
from tests.bench.tables import milliseconds, row, table_head
from tests.bench.timing import Spread, spread
from tests.relevance.completing import SHOWN


@dataclass(frozen=True, slots=True)
class Suggested:
    """One engine's times for what was not asked before and for the same again; texts, the mean."""

    new: Spread
    again: Spread
    given: float


def prefix_query(directory: Path) -> Callable[[str], list[str]]:
    """Titles that have what was typed as a phrase whose last word is begun, by tantivy."""
    index = Index.open(str(directory))
    searcher = index.searcher()

    def titles(typed: str) -> list[str]:
        words = "".join(one if one.isalnum() else " " for one in typed.lower()).split()
        if not words:
            return []
        if len(words) > 1:
            query = Query.phrase_prefix_query(index.schema, "title", list(words))
        else:
            query = Query.regex_query(index.schema, "title", f"{words[0]}.*")
        found = searcher.search(query, limit=SHOWN).hits
        return [str(searcher.doc(place)["title"][0]) for _, place in found]

    return titles


def measure(
    engine: SearchEngine, directory: Path, warming: Sequence[str], typed: Sequence[str]
) -> Mapping[str, Suggested]:
    """Everything to both, in turns, and everything again; ``warming`` before, untimed."""
    asked: dict[str, Callable[[str], Sequence[object]]] = {
        "Warta": lambda text: engine.suggest(text, SHOWN),
        "tantivy 0.27, prefix query": prefix_query(directory),
    }
    for text in warming:
        for ask in asked.values():
            ask(text)
    seconds = {name: np.zeros((2, len(typed))) for name in asked}
    given = dict.fromkeys(asked, 0)
    for times in range(2):
        for number, text in enumerate(typed):
            for name, ask in asked.items():
                start = perf_counter()
                found = ask(text)
                seconds[name][times, number] = perf_counter() - start
                given[name] += len(found)
    return {
        name: Suggested(spread(times[0]), spread(times[1]), given[name] / times.size)
        for name, times in seconds.items()
    }


def table(suggested: Mapping[str, Suggested]) -> str:
    """Milliseconds, a row for each engine."""
    lines = table_head("engine", "p50 ms", "p95 ms", "again p50", "again p95", "given, mean")
    for name, one in suggested.items():
        times = (one.new.median, one.new.p95, one.again.median, one.again.p95)
        lines.append(row(name, *map(milliseconds, times), f"{one.given:.1f}"))
    return "\n".join(lines)
