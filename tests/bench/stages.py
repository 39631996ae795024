"""What the second stage of ranking adds to a question's time: with and without it, in turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from search.local.scoring.ranking import Features, Ranking
from tests.bench.peers.ours import Default
from tests.bench.tables import milliseconds, row, table_head
from tests.bench.timing import Asking, Spread, spread

_FIRST = Ranking(features=Features(pairs=0.0, answers=0.0, alike=0.0, headline=0.0, verbatim=0.0))


@dataclass(frozen=True, slots=True)
class Staged:
    """The warm times of questions with one stage and with both, and of what the second adds."""

    first: Spread
    both: Spread
    added: Spread


def measure(index: Path, queries: Sequence[str], rounds: int) -> Staged:
    """Every query with one stage and with both, ``rounds`` times cold and warm."""
    opens = {"first": partial(Default, index, _FIRST), "both": partial(Default, index)}
    runs = Asking(opens, queries).run(rounds)
    added = np.median(runs["both"].again - runs["first"].again, axis=0)
    return Staged(runs["first"].warm, runs["both"].warm, spread(added))


def table(staged: Mapping[str, Staged]) -> str:
    """Milliseconds, a row for each kind of questions."""
    parts = ("one stage", "both", "added")
    names = [f"{part} {figure} ms" for part in parts for figure in ("p50", "p95")]
    lines = table_head("questions", *names)
    for label, one in staged.items():
        spreads = (one.first, one.both, one.added)
        figures = [milliseconds(figure) for each in spreads for figure in (each.median, each.p95)]
        lines.append(row(label, *figures))
    return "\n".join(lines)
