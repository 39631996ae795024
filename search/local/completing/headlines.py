"""Whole headlines that have what was typed as a run of their words, the last of them begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.analysis import fold
from search.budget import HIT, Budget
from search.local.reading.snapshot import Snapshot
from search.query.lexemes import Kind, lexemes
from search.response import Suggestion, SuggestionKind

_FEWEST_LETTERS = 3
_READ = 3
"""So many times as many articles are read as headlines are wanted: some are copies."""
_SIGNS = frozenset({Kind.MINUS, Kind.NOT, Kind.FIELD, Kind.OR})


def headlines(
    snapshot: Snapshot, words: Sequence[str], beginning: str, limit: int, budget: Budget
) -> Iterator[Suggestion]:
    """At most ``limit``: those that begin so first, then the newest. Raises ``FileDamaged``."""
    if len("".join(words)) + len(beginning) < _FEWEST_LETTERS:
        return
    documents = snapshot.runs.documents(words, beginning, budget)
    if not len(documents):
        return
    first = np.isin(documents, snapshot.runs.beginning_with(words, beginning, budget))
    order = np.lexsort((-snapshot.columns.dates[documents], ~first))
    seen = set()
    for number in documents[order[: _READ * limit]].tolist():
        if budget.spent() or len(seen) == limit:
            break
        budget.work += HIT
        text = " ".join(str(snapshot.hit(number).get("title", "")).split())
        if fold(text) not in seen and _is_plain(text):
            seen.add(fold(text))
            count = max(_count(snapshot, text, budget), 1)
            yield Suggestion(text, count, SuggestionKind.HEADLINE)


def _is_plain(text: str) -> bool:
    """Whether a headline is read as words when it is searched for."""
    return bool(text) and _SIGNS.isdisjoint(one.kind for one in lexemes(text)[0])


def _count(snapshot: Snapshot, text: str, budget: Budget) -> int:
    """The articles that have it, as words are compared."""
    terms = [token.surface for token in snapshot.analysis.tokens(text)]
    return len(snapshot.runs.whole(terms, budget))
