"""The baseline, beside its formula."""

from __future__ import annotations

from math import log

import pytest

from tests.conftest import ARCHIVE, article
from tests.relevance.baseline import Field, baseline, stems


def test_scores_are_the_formula() -> None:
    field = Field(["makan makan nasi", "minum", "Dimakan"])
    documents, scores = field.scores("makan")
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    norms = [1.2 * (0.25 + 0.75 * length / (5 / 3)) for length in (3, 1)]
    assert documents.tolist() == [0, 2]
    assert scores.tolist() == pytest.approx(
        [idf * 2 / (2 + norms[0]), idf * 1 / (1 + norms[1])],
    )
    assert len(field.scores("tidur")[0]) == 0


def test_words_are_stemmed_and_stop_words_stay() -> None:
    assert stems("Yang di-makan 2 orang") == ["yang", "di", "makan", "2", "orang"]


def test_one_word_suffices_and_the_earlier_of_equals_is_first() -> None:
    same = [article(2, "", "gempa"), article(1, "", "gempa"), article(3, "", "banjir")]
    assert baseline(same, {"q": "gempa Ambon", "none": "beras"}) == {"q": ["a2", "a1"], "none": []}


def test_titles_count_beside_bodies() -> None:
    found = baseline(ARCHIVE, {"q": "catatan"})
    assert found == {"q": ["a10"]}
    found = baseline([article(1, "", "gempa"), article(2, "gempa", "gempa")], {"q": "gempa"})
    assert found["q"][0] == "a2"
