"""What a word may stand for, against a look at every word; the cost of slips."""

from __future__ import annotations

from collections import Counter
from math import inf, log
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.budget import Budget
from search.local.completing.bodies import PostingsBodies
from search.local.completing.company import Company
from search.local.completing.likely import likely
from search.local.completing.slips import slips
from search.local.reading.snapshot import Snapshot
from tests.conftest import article, examples
from tests.search.local.archives import write_archive
from tests.search.local.textbook import edits

_words = st.text("bdx", min_size=2, max_size=9)
_archives = st.lists(
    st.lists(st.lists(_words, max_size=8), min_size=1, max_size=3), min_size=1, max_size=2
)
_any = st.text("akhsyp", max_size=8)


@settings(max_examples=examples(30), deadline=None)
@given(_archives, st.text("bd", min_size=4, max_size=10), st.sampled_from([-inf, -5.0, -2.0]))
def test_the_likeliest_are_those_of_a_look_at_everything(
    parts: list[list[list[str]]], typed: str, worth: float
) -> None:
    bodies = [body for part in parts for body in part]
    numbers = iter(range(100))
    articles = [[article(next(numbers), "", " ".join(body)) for body in part] for part in parts]
    often = Counter(surface for body in bodies for surface in set(body))
    most = 1 if len(typed) < 6 else 2
    dearest = 5.0 if len(typed) < 6 else 5.5 if len(typed) < 8 else 8.0
    # A second edit costs 1.5 beside its own slip.
    worths = {
        word: log(count) - slips(typed, word) - 1.5 * (edits(typed, word) - 1)
        for word, count in often.items()
        if 0 < edits(typed, word) <= (most if word[0] == typed[0] else 1)
        and slips(typed, word) <= dearest
    }
    least = max(worth, log(len(bodies) / 50_000))
    expected = {word: value for word, value in worths.items() if value >= least}
    with TemporaryDirectory() as name:
        write_archive(Path(name), articles, set())
        found = likely(Snapshot(Path(name)), None, typed, 2, Budget(60), worth=worth)
    assert {one.word: one.worth for one in found} == pytest.approx(expected)
    assert [one.word for one in found] == sorted(expected, key=lambda w: (-expected[w], w))


@given(_any, _any)
def test_slips_are_edits_that_cost_something(typed: str, meant: str) -> None:
    assert 2.0 * edits(typed, meant) <= slips(typed, meant) <= 7.5 * max(len(typed), len(meant))


@pytest.mark.parametrize(
    ("meant", "likelier", "less_likely"),
    [
        ("harga", "hrga", "hurga"),  # left out; another letter
        ("harga", "hargaa", "hargab"),  # doubled; added
        ("harga", "hagra", "hagta"),  # swapped; two others
        ("harga", "hatga", "hapga"),  # the key beside
        ("syarat", "sarat", "yarat"),  # sounds alike; the first letter
        ("aktif", "aktip", "aktig"),
        ("akhir", "akir", "ahir"),
    ],
)
def test_some_slips_are_likelier(meant: str, likelier: str, less_likely: str) -> None:
    assert 0.0 < slips(likelier, meant) < slips(less_likely, meant)


def test_company_is_counted_in_articles(tmp_path: Path) -> None:
    bodies = ["harga beras", "harga cabai", "beras", "cabai cabai harga", "gula"]
    write_archive(tmp_path, [[article(n, "", body) for n, body in enumerate(bodies)]], {1})
    snapshot = Snapshot(tmp_path)
    company = Company(snapshot, PostingsBodies(snapshot), ["harga", "zzz"], Budget(inf))
    assert company.kept("cabai").often == pytest.approx(log(2))
    assert company.kept("gula").often == 0.0
    assert company.kept("beras").drawn == pytest.approx(log(2) - log(1 + 2 / 5 * 2))
    assert not Company(snapshot, PostingsBodies(snapshot), ["zzz"], Budget(inf))
