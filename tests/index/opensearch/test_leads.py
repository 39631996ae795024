"""Leads and borders of sentences, as a cluster keeps them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from index.opensearch.borders import ALONE, FIRST, INSIDE, LAST, borders_of
from index.opensearch.documents import Documents
from index.opensearch.leads import lead_name, lead_value, pivot_of
from search.local.weighting import Lead
from tests.conftest import article


@given(st.integers(0, 100_000), st.floats(1.0, 1000.0))
def test_a_feature_saturates_as_a_lead_is_worth(first: int, half: float) -> None:
    lead = Lead(near=1.0, near_half=half, far=0.0)
    feature, pivot = 1 / lead_value(first), pivot_of(half)
    worth = float(lead.worth(np.array([first]))[0])
    assert feature / (feature + pivot) == pytest.approx(worth, rel=0.002)


def test_no_point_is_in_a_name() -> None:
    assert lead_name("5.4") != lead_name("54")
    assert "." not in lead_name("5.4")


@given(st.lists(st.integers(1, 5), max_size=8))
def test_each_sentence_lies_between_its_first_and_its_last_word(lengths: list[int]) -> None:
    begins = np.cumsum([0, *lengths])[1:-1].tolist()
    words = borders_of(begins, sum(lengths)).split()
    expected = [
        [ALONE] if length == 1 else [FIRST, *[INSIDE] * (length - 2), LAST] for length in lengths
    ]
    assert words == [word for sentence in expected for word in sentence]


def test_a_document_has_the_first_position_of_each_stem() -> None:
    one = article(1, "Kabar", "Beras naik. Harga beras naik 5.400 rupiah.")
    (document,) = Documents(analysis()).of([one], 0)
    stems = document.source["body"].split()
    assert document.source["lead"] == {
        lead_name(stem): lead_value(stems.index(stem)) for stem in stems
    }
    assert document.source["borders"].split() == ["f", "l", "f", *["-"] * (len(stems) - 4), "l"]
