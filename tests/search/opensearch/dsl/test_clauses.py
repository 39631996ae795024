"""How queries of a cluster are put together."""

from __future__ import annotations

import pytest

from search.opensearch.dsl.clauses import (
    EVERYTHING,
    MOST_TERMS,
    NOTHING,
    all_of,
    any_of,
    any_term,
    best_of,
    constant,
    scoreless,
    size,
    term,
)

BERAS, HARGA = term("body", "beras"), term("body", "harga")


def test_any_of_no_queries_is_nothing_and_all_of_none_is_everything() -> None:
    assert any_of([]) == best_of([]) == any_term("body", []) == NOTHING
    assert all_of([]) == {"bool": {"boost": 1.0, "must": [EVERYTHING]}}


def test_what_adds_nothing_to_scores_is_a_filter() -> None:
    inside = all_of([BERAS, scoreless(HARGA)], [scoreless(HARGA)])["bool"]
    assert (inside["must"], inside["filter"], inside["must_not"]) == ([BERAS], [HARGA], [HARGA])
    assert "must" not in all_of([scoreless(BERAS), scoreless(HARGA)])["bool"]


def test_what_is_wrapped_once_is_not_wrapped_again() -> None:
    assert scoreless(scoreless(BERAS)) == scoreless(BERAS)
    assert constant(scoreless(BERAS), 2.0) == constant(BERAS, 2.0)


def test_a_single_query_stays_as_it_is_unless_it_is_boosted() -> None:
    assert any_of([BERAS]) == best_of([BERAS]) == all_of([BERAS]) == BERAS
    assert any_of([BERAS], 2.0)["bool"]["boost"] == best_of([BERAS], 2.0)["dis_max"]["boost"] == 2.0


def test_more_terms_than_a_node_takes_are_several_clauses() -> None:
    texts = [str(number) for number in range(MOST_TERMS + 1)]
    few, rest = any_term("body", texts)["bool"]["should"]
    assert few["terms"]["body"] + rest["terms"]["body"] == texts
    assert len(few["terms"]["body"]) == MOST_TERMS


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (BERAS, 1),
        (NOTHING, 0),
        (all_of([BERAS, scoreless(HARGA)], [BERAS]), 3),
        (any_term("body", ["a", "b", "c"]), 1),
        ({"intervals": {"body": {"any_of": {"intervals": [{"match": {"query": "a"}}] * 3}}}}, 3),
        ({"span_or": {"clauses": [{"span_term": {"body": "a"}}] * 2}}, 2),
    ],
)
def test_clauses_are_counted_by_what_asks_for_terms(query: dict[str, object], count: int) -> None:
    assert size(query) == count
