"""Measures of judged queries."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from search.evaluation.measures import Difference, ask, compare, evaluate, measure
from search.local import LocalEngine


def test_measures_of_a_ranking_worked_by_hand() -> None:
    found = measure(["x", "b", "y", "a"], {"a": 2, "b": 1, "c": 1, "x": 0})
    assert found.mrr_10 == 1 / 2
    assert found.success_1 == 0
    assert found.recall_100 == 2 / 3
    gain = 1 / log2(3) + 2 / log2(5)
    ideal = 2 + 1 / log2(3) + 1 / log2(4)
    assert found.ndcg_10 == pytest.approx(gain / ideal)
    assert found.judged_10 == 3 / 4


def test_a_perfect_ranking_has_ones_and_an_empty_one_zeros() -> None:
    assert measure(["a", "b"], {"a": 2, "b": 1}).ndcg_10 == pytest.approx(1)
    empty = measure([], {"a": 1})
    assert (empty.mrr_10, empty.ndcg_10, empty.success_1, empty.recall_100) == (0, 0, 0, 0)


def test_only_ten_ranks_count_for_mrr() -> None:
    ranked = [f"x{n}" for n in range(10)]
    assert measure([*ranked, "a"], {"a": 1}).mrr_10 == 0
    assert measure([*ranked[:9], "a"], {"a": 1}).mrr_10 == 1 / 10


def test_queries_are_asked_and_their_means_taken(sample_index: Path) -> None:
    engine = LocalEngine(sample_index)
    queries = {"1": "harga beras", "2": "gempa", "3": "tanpa penilaian"}
    judged = {"1": {"a2": 1}, "2": {"a5": 1}}
    asked: list[tuple[int, int]] = []
    run = ask(engine, queries, lambda done, total: asked.append((done, total)))
    engine.close()
    assert asked == [(1, 3), (2, 3), (3, 3)]
    found = evaluate(run, queries, judged)
    assert found.queries["1"].success_1 == 1
    assert found.unjudged == ("3",)
    assert found.mean.mrr_10 == pytest.approx(
        (found.queries["1"].mrr_10 + found.queries["2"].mrr_10) / 2
    )


def test_a_query_that_a_run_does_not_have_found_nothing() -> None:
    queries = {"1": "harga beras", "2": "gempa"}
    found = evaluate({"1": ["a"]}, queries, {"1": {"a": 1}, "2": {"b": 1}})
    assert found.queries["2"] == measure([], {"b": 1})
    assert found.mean.mrr_10 == 1 / 2


def test_a_comparison_has_the_differences_of_the_means() -> None:
    queries = {str(number): "gempa" for number in range(8)}
    judged = {identity: {"a": 1} for identity in queries}
    good = evaluate({one: ["a"] for one in queries}, queries, judged)
    poor = evaluate({one: ["b", "a"] for one in queries}, queries, judged)
    compared = compare(good, poor)
    assert compared["mrr_10"] == Difference(1 / 2, 2 / 2**8)
    assert compared["recall_100"] == Difference(0, 1)
    assert compare(poor, good)["mrr_10"] == Difference(-1 / 2, 2 / 2**8)
    assert "judged_10" not in compared


def test_nothing_judged_can_be_compared() -> None:
    nothing = evaluate({}, {"1": "gempa"}, {})
    assert compare(nothing, nothing)["ndcg_10"] == Difference(0, 1)
