"""What is equal stands as it was read, in whichever segments articles lie."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pytest

from index.errors import FileDamaged
from index.segments.documents import NUMBER
from index.segments.reader import reading_order
from search.budget import Budget
from search.local.completing.headlines import headlines
from search.local.copies import others_with_text
from search.local.reading.facet_column import facet_column
from search.local.reading.snapshot import Snapshot
from tests.conftest import article
from tests.search.local.archives import write_archive


def _snapshot(path: Path, firsts: tuple[int | None, ...]) -> Snapshot:
    """Copies of one text, two in each of three segments."""
    parts = [
        [article(number, f"Banjir besar {number}", "Hujan lebat.") for number in (at, at + 1)]
        for at in (0, 2, 4)
    ]
    write_archive(path, parts, set(), firsts)
    return Snapshot(path)


def test_copies_of_a_date_are_as_they_were_read(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, (10, 0, 4))
    assert snapshot.columns.numbers.tolist() == [10, 11, 0, 1, 4, 5]
    assert others_with_text(snapshot, 4) == [2, 3, 5, 0, 1]
    assert snapshot.columns.numbers.dtype == np.uint32


def test_headlines_of_a_date_are_as_they_were_read(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, (10, 0, 4))
    found = [*headlines(snapshot, ["banjir"], "bes", 6, Budget(inf))]
    assert [one.text[-1] for one in found] == [*"234501"]


@pytest.mark.parametrize("turned", [False, True])
def test_of_spellings_as_frequent_the_first_by_letters_is_shown(
    tmp_path: Path, turned: bool
) -> None:
    names = ("ANTARA", "Antara")
    parts = [
        [article(number, "k", "b", source=name)]
        for number, name in enumerate(names[::-1] if turned else names)
    ]
    write_archive(tmp_path, parts, set())
    assert facet_column(Snapshot(tmp_path).segments, "source", None).values == ("", "ANTARA")


def test_two_articles_of_one_number_are_damage(tmp_path: Path) -> None:
    snapshot = _snapshot(tmp_path, (10, 3, 4))
    with pytest.raises(FileDamaged, match="the same number"):
        _ = snapshot.columns.numbers


def test_numbers_far_apart_are_told_apart(tmp_path: Path) -> None:
    most = 2**32 - 3
    assert _snapshot(tmp_path, (most, 0, 9)).columns.numbers.tolist()[:2] == [most, most + 1]


def test_articles_beyond_all_numbers_have_none(tmp_path: Path) -> None:
    """The last of 32 bits stands for none."""
    snapshot = _snapshot(tmp_path, (2**32 - 2, 0, 9))
    assert reading_order(snapshot.segments) is None
    assert snapshot.columns.numbers.tolist() == [*range(6)]


@pytest.mark.parametrize("dtype", [np.uint64, np.int32, np.float32])
def test_numbers_that_are_too_wide_are_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dtype: type[np.generic]
) -> None:
    snapshot = _snapshot(tmp_path, (10, 0, 4))
    documents = snapshot.segments[1].documents
    section = documents.container.sections[documents.columns[NUMBER]["section"]]
    monkeypatch.setattr(section, "array", np.zeros(2, dtype))
    with pytest.raises(FileDamaged, match="32 bits"):
        reading_order(snapshot.segments)
