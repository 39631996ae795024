"""Articles that have a word are found, and counted as work, alike by kernels and by arrays."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from index.article import Article
from index.kernels import kernel
from search.budget import Budget
from search.local.completing.bodies import PostingsBodies
from search.local.completing.company import (
    FIELDS,
    Company,
    companies_of,
    having,
    in_arrays,
    in_both_arrays,
    work_of,
)
from search.local.reading.snapshot import Snapshot
from tests.search.local.archives import write_archive

TITLES = [Article(f"t{number}", f"harga beras naik {number}", "") for number in range(70)]
BODIES = [Article(f"b{number}", "", f"harga beras turun {number}") for number in range(70)]


@pytest.mark.parametrize("parts", [[], [TITLES], [TITLES, BODIES]])
@pytest.mark.parametrize("absent", [None, *FIELDS])
@pytest.mark.parametrize("deleted", [set[int](), {3}])
@pytest.mark.parametrize("stem", ["beras", "naik", "turun", "tiada"])
def test_work_is_counted_alike_also_where_no_article_has_a_field(
    tmp_path: Path,
    parts: list[list[Article]],
    absent: str | None,
    deleted: set[int],
    stem: str,
) -> None:
    """As in segments that another program wrote, and where there are none."""
    write_archive(tmp_path / "index", parts, deleted)
    snapshot = Snapshot(tmp_path / "index")
    for segment in snapshot.segments if absent else ():
        assert isinstance(segment.fields, dict)
        del segment.fields[absent]
    counts = [snapshot.dictionary.term(field, stem).document_frequency for field in FIELDS]
    budget = Budget(inf)
    found, expected = having(snapshot, stem, budget), in_arrays(snapshot, stem)
    assert budget.work == work_of(snapshot.size, counts)
    assert bytes(found.bits) == expected
    assert found.count == in_both_arrays(expected, expected)


@pytest.mark.skipif(kernel("counting") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("parts", [[TITLES], [TITLES, BODIES]])
@pytest.mark.parametrize("others", [[], ["tiada"], ["naik", "beras", "harga", "turun", "69", "3"]])
def test_a_word_keeps_the_same_company_with_and_without_a_kernel(
    tmp_path: Path, parts: list[list[Article]], others: list[str]
) -> None:
    write_archive(tmp_path / "index", parts, set())
    snapshot = Snapshot(tmp_path / "index")
    budgets = Budget(inf), Budget(inf)
    by_kernel, by_bodies = (
        Company(snapshot, PostingsBodies(snapshot), others, budget) for budget in budgets
    )
    by_bodies._read_bodies()
    assert bool(by_kernel) == bool(by_bodies)
    assert by_kernel._compiled is not None
    assert by_bodies._compiled is None
    for stem in ("beras", "naik", "tiada") if by_kernel else ():
        assert by_kernel.kept(stem) == by_bodies.kept(stem)
        assert by_kernel.often(stem) == by_bodies.often(stem)
    assert budgets[0].work == budgets[1].work


@pytest.mark.skipif(kernel("counting") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("size", [70, 400])  # where many have a word, bits of all tell
def test_how_often_words_stand_together_is_told_before_all_else(tmp_path: Path, size: int) -> None:
    mixed = [
        Article(f"m{at}", f"harga {at % 7} beras" if at % 3 else "", f"beras naik {at % 5} x{at}")
        for at in range(size)
    ]
    write_archive(tmp_path / "index", [mixed, TITLES, BODIES], set())
    snapshot = Snapshot(tmp_path / "index")
    stems = ["beras", "naik", "turun", "3", "6", "x5", "x399", "tiada"]
    others = ["harga", "naik", "4", "x5"]
    budgets = Budget(inf), Budget(inf)
    company, after = (
        Company(snapshot, PostingsBodies(snapshot), others, budget) for budget in budgets
    )
    after._read_bodies()
    companies = companies_of(snapshot)
    assert companies is not None
    for stem in stems:
        often = after.often(stem)
        assert company.often(stem) == often
        assert company.kept(stem) == after.kept(stem)
        for enough in (0.0, often / 2, often, inf):
            count, told, _ = companies.often(others, stem, enough)
            assert count == len(others)
            assert told == often or enough < told <= often
        budget = Budget(inf)
        having(snapshot, stem, budget)
        assert companies.beside(others, stem) == (often, budget.work)
    assert budgets[0].work == budgets[1].work
