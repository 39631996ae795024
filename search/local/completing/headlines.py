"""Whole headlines that have what was typed as a run of their words, the last of them begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.analysis import TextAnalysis, fold
from index.patterns import on_use
from search.budget import HIT, Budget
from search.local.reading.snapshot import Snapshot
from search.query.lexeme import Kind
from search.query.lexemes import lexemes
from search.query.parse import parse
from search.response import Suggestion, SuggestionKind

_FEWEST_LETTERS = 3
_READ = 3
"""So many times as many articles are read as headlines are wanted: some are copies."""
_TIED = on_use(r"(?:[-./]\w+)+")
_SIMPLE = on_use(r"(?: ?['\u2018]?\w+(?:[-.,'\u2019]\w+)*[,.:;!?'\u2019%]*(?= |$))+")
_OPERATORS = on_use(
    r"\b(?:[NOAXWPB][A-Z]+|DEKAT|DAN|TANPA|SENTENCE|TIDAK"
    r"|(?i:(?:near|dekat|adj|around|within) ?[0-9]|(?:all)?in(?:title|text|body|author):))"
)
"""What may be an operator or a field with a blank behind it: some words are more than there are."""
_PATTERN = on_use(r"[*?~^](?=\w)|\w[*~^]")
_WORDS = frozenset({Kind.WORD, Kind.PHRASE, Kind.LEFT, Kind.RIGHT, Kind.PLUS, Kind.STRANGER})


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
    columns = snapshot.columns
    order = np.lexsort((columns.numbers[documents], -columns.dates[documents], ~first))
    seen: set[str] = set()
    for number in documents[order[: _READ * limit]].tolist():
        if budget.spent() or len(seen) == limit:
            break
        budget.work += HIT
        text = " ".join(str(snapshot.hit(number).get("title", "")).split())
        if fold(text) not in seen and _is_plain(text, snapshot.analysis):
            seen.add(fold(text))
            count = max(snapshot.runs.alike(number, documents, budget), 1)
            yield Suggestion(text, count, SuggestionKind.HEADLINE)


def _is_plain(text: str, how: TextAnalysis) -> bool:
    """Whether a headline is read as words and phrases when it is searched for."""
    if _SIMPLE.fullmatch(text) and not _OPERATORS.search(text):
        return True
    if not text or any(one.kind not in _WORDS or one.near for one in lexemes(text)[0]):
        return False
    if not _PATTERN.search(text):
        return True
    root = parse(text, how).root
    marked = None if root is None else root.marked()
    return marked is not None and not (marked.prefixes or marked.patterns or marked.fuzzy)


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
    first = documents[snapshot.columns.numbers[documents].argmin()]
    title = str(snapshot.hit(int(first)).get("title", ""))
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
