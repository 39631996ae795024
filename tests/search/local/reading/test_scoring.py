"""The scorer of a snapshot scores what the snapshot looks terms up in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.fields import LEAD_FIELD
from index.kernels import kernel
from search.local.engine import LocalEngine
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from search.request import SearchRequest

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

WORDS = ("beras", "gempa", "kereta")


def _scores(rows: Rows, size: int) -> list[object]:
    scorer = rows.scorer
    assert scorer is not None
    made = [scorer.word((((LEAD_FIELD, text, 1.0),),)) for text in WORDS]
    words = tuple(word for word in made if word is not None)
    scores, having = scorer.word_scores(words, np.arange(size, dtype=np.int32))
    assert having.any(axis=1).tolist() == [True] * len(WORDS)
    return [scores.tolist(), having.tolist()]


def test_it_does_not_matter_which_of_two_threads_made_a_field_for_kernels(
    sample_index: Path,
) -> None:
    """Both ask for the first time: one looks terms up in its own, the other's stays known."""
    first = Snapshot(sample_index)
    expected = _scores(Rows(first, BM25()), first.size)
    snapshot = Snapshot(sample_index)
    looked_up = snapshot.dictionary.lookup(LEAD_FIELD)
    for segment in snapshot.segments:
        for field in segment.fields.values():
            field.__dict__["compiled"] = kernel("postings").Field(field)
    assert all(
        one is not segment.fields[LEAD_FIELD].compiled
        for one, segment in zip(looked_up.fields, snapshot.segments, strict=True)
    )
    assert _scores(Rows(snapshot, BM25()), snapshot.size) == expected


def test_a_field_that_no_segment_has_is_looked_up_in_vain(sample_index: Path) -> None:
    snapshot = Snapshot(sample_index)
    lookup = snapshot.dictionary.lookup("tiada")
    assert lookup.fields == (None,) * len(snapshot.segments)
    assert snapshot.dictionary.lookup("tiada") is lookup
    assert snapshot.dictionary.document_frequency("tiada", "beras") == 0


class _EveryWordAlike(BM25):
    """Words are worth the same, however many articles have them."""

    def idf_of(self, documents: int, frequency: int) -> float:  # noqa: ARG002
        return 1.0


class _OfPresence(BM25):
    """It does not matter how often a word is there."""

    def scores(self, frequencies: Any, norms: Any, weight: Any, first: Any = None) -> Any:  # noqa: ARG002
        return super().scores(None, norms, weight, first)


@pytest.mark.parametrize("kind", [_EveryWordAlike, _OfPresence])
def test_a_model_that_scores_in_its_own_way_is_asked_itself(
    sample_index: Path, kind: type[BM25]
) -> None:
    rows = Rows(Snapshot(sample_index), kind())
    assert rows.scorer is None
    assert Rows(rows.snapshot, BM25()).scorer is not None
    frequency = rows.snapshot.dictionary.document_frequency(LEAD_FIELD, "beras")
    assert rows.idf(LEAD_FIELD, "beras") == kind().idf_of(rows.articles, frequency)


def test_answers_are_scored_by_the_model_of_a_ranking(sample_index: Path) -> None:
    request = SearchRequest("beras", facets=False, snippets=False)
    scores = []
    for model in (BM25(), _EveryWordAlike()):
        engine = LocalEngine(sample_index, Ranking(model=model))
        scores.append([one.score for one in engine.search(request).hits])
    assert scores[0]
    assert scores[0] != scores[1]
