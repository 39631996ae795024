"""Postings through segments, and what is kept of them."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pytest

from search.budget import Budget
from search.local.matches import Matches, added
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import find_term, read_postings
from search.local.weighting import BM25
from tests.conftest import article
from tests.search.local.archives import write_archive


def test_documents_are_numbered_beyond_what_a_segments_own_numbers_hold(tmp_path: Path) -> None:
    parts = [[article(1, "k", "beras"), article(2, "k", "beras beras")] for _ in range(3)]
    write_archive(tmp_path, parts, set())
    segments = Snapshot(tmp_path).segments
    term = find_term(segments, "body", b"beras")
    for bases in ([0, 2, 4], [0, 40_000, 65_535], [0, 65_536, 1_000_000]):
        documents, frequencies = read_postings(segments, bases, "body", term)
        assert documents.tolist() == [base + number for base in bases for number in (0, 1)]
        assert frequencies is not None
        assert frequencies.tolist() == [1, 2] * 3
    assert find_term(segments, "body", b"tiada").document_frequency == 0
    assert find_term(segments, "nothing", b"beras").document_frequency == 0


def test_long_rows_are_the_sums_of_their_terms(tmp_path: Path) -> None:
    """Terms in most documents are read by segments, others through all of them: the same."""
    parts = [
        [article(n, "beras", "beras beras naik"), article(n + 1, "k", "turun")] for n in (0, 2)
    ]
    write_archive(tmp_path, parts, {1})
    snapshot = Snapshot(tmp_path)
    terms = (("title", "beras", 2.0), ("body", "beras", 1.0), ("body_exact", "beras", 0.5))
    rows = Rows(snapshot, BM25())
    row = rows.row(terms, Budget(inf))
    singles = [rows.row((term,), Budget(inf)) for term in terms]
    expected = added(singles, snapshot.size)
    assert row.documents.tolist() == expected.documents.tolist()
    assert row.scores.tolist() == pytest.approx(expected.scores.tolist())


@pytest.mark.parametrize("size", [40, 100_000])
def test_sums_are_the_same_by_sorting_and_in_an_array(size: int) -> None:
    random = np.random.default_rng(size)
    parts = []
    for _ in range(3):
        documents = np.sort(random.choice(40, 20, replace=False)).astype(np.int32)
        parts.append(Matches(documents, random.random(20).astype(np.float32)))
    expected: dict[int, float] = {}
    for part in parts:
        for number, score in zip(part.documents.tolist(), part.scores.tolist(), strict=True):
            expected[number] = expected.get(number, 0.0) + score
    found = added(parts, size)
    assert found.documents.tolist() == sorted(expected)
    assert found.scores.tolist() == [expected[number] for number in sorted(expected)]
