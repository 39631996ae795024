"""Whole headlines that have what was typed as a run of their words, the last of them begun."""

from __future__ import annotations

import re
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
_TIED = re.compile(r"(?:[-./]\w+)+")
_SIMPLE = re.compile(r"[\w ,.!?'\u2019%]+")
_CAPITALS = re.compile(r"\b(?:NOT|OR|TANPA|BUKAN|ATAU)\b")
_SIGNS = frozenset({Kind.MINUS, Kind.NOT, Kind.FIELD, Kind.OR})


def headlines(
    snapshot: Snapshot, words: Sequence[str], beginning: str, limit: int, budget: Budget
) -> Iterator[Suggestion]:
    """At most ``limit``: those that begin so first, then the newest. Raises ``FileDamaged``."""
    if len("".join(words)) + len(beginning) < _FEWEST_LETTERS:
        return
    documents, first = snapshot.runs.headlines(words, beginning, budget)
    if not len(documents):
        return
    if first.sum() >= _READ * limit:
        documents = documents[first]
        first = first[first]
    order = np.lexsort((-snapshot.columns.dates[documents], ~first))
    seen: set[str] = set()
    for number in documents[order[: _READ * limit]].tolist():
        if budget.spent() or len(seen) == limit:
            break
        budget.work += HIT
        text = " ".join(str(snapshot.hit(number).get("title", "")).split())
        if fold(text) not in seen and _is_plain(text):
            seen.add(fold(text))
            count = max(snapshot.runs.alike(number, documents, budget), 1)
            yield Suggestion(text, count, SuggestionKind.HEADLINE)


def _is_plain(text: str) -> bool:
    """Whether a headline is read as words when it is searched for."""
    if _SIMPLE.fullmatch(text) and not _CAPITALS.search(text):
        return True
    return bool(text) and _SIGNS.isdisjoint(one.kind for one in lexemes(text)[0])


def tied_behind(snapshot: Snapshot, run: Sequence[str], count: int, budget: Budget) -> str:
    """What is written behind a run without a blank in all ``count`` titles that have it, folded.

    ``-yong`` behind "shin tae", ``/gram`` behind "juta"; empty where they differ. Raises
    ``FileDamaged``.
    """
    if not snapshot.runs.are_same_behind(run, budget):
        return ""
    documents = snapshot.runs.documents(run, None, budget)
    if not len(documents):
        return ""
    budget.work += HIT
    title = str(snapshot.hit(int(documents[0])).get("title", ""))
    tokens = snapshot.analysis.tokens(title)
    surfaces = [token.surface for token in tokens]
    size = len(run)
    for at in range(len(tokens) - size + 1):
        if surfaces[at : at + size] == list(run):
            tied = _TIED.match(title, tokens[at + size - 1].end)
            if tied is None:
                return ""
            behind = [one.surface for one in tokens[at + size :] if one.start < tied.end()]
            same = snapshot.runs.count([*run, *behind], budget) == count
            return fold(tied[0]) if behind and same else ""
    return ""
