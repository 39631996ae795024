"""Measures of judged queries."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from index.errors import SourceError
from search.evaluation import evaluate, measure, read_judgements, read_queries
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
    found = evaluate(engine, queries, judged, lambda done, total: None)
    engine.close()
    assert found.queries["1"].success_1 == 1
    assert found.unjudged == ("3",)
    assert found.mean.mrr_10 == pytest.approx(
        (found.queries["1"].mrr_10 + found.queries["2"].mrr_10) / 2
    )


def test_files_are_read_and_bad_lines_named(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("1\tharga beras\n\n2\tgempa\n")
    assert read_queries(path) == {"1": "harga beras", "2": "gempa"}
    path.write_text("1\tharga beras\nrusak\n")
    with pytest.raises(SourceError, match=r"file:2"):
        read_queries(path)
    path.write_text("1 0 a2 2\n1 0 a3 0\n")
    assert read_judgements(path) == {"1": {"a2": 2, "a3": 0}}
    path.write_text("1 0 a2\n")
    with pytest.raises(SourceError, match=r"file:1"):
        read_judgements(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="read"):
        read_queries(path)


@pytest.mark.parametrize("grade", ["--5", "-", "1.5", "9" * 5000])
def test_a_grade_that_is_no_number_is_a_bad_line(tmp_path: Path, grade: str) -> None:
    path = tmp_path / "file"
    path.write_text(f"1 0 a2 -1\n1 0 a3 {grade}\n")
    with pytest.raises(SourceError, match=r"file:2"):
        read_judgements(path)
