"""What two stems have in common, as their articles are read one after the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, pairwise
from math import inf
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest

from index.stored_values import text_hash
from search.budget import Budget
from search.local.completing import together as module
from search.local.completing.forms import PostingsForms
from search.local.completing.together import in_arrays, together
from search.local.reading.snapshot import Snapshot
from search.query.rewrite.archive import Together
from tests.conftest import article
from tests.search.local.archives import write_archive

Road: TypeAlias = Callable[[Snapshot, str, str, Budget], Together]
WORDS = ("beras", "naik", "turun", "lagi", "pasar", "sepi")


@pytest.mark.parametrize("articles", [3, 12, 60])
def test_stems_are_counted_together_and_beside_each_other(articles: int, tmp_path: Path) -> None:
    """Few articles are read one by one, and many by arrays: the same."""
    random = Random(articles)
    bodies = [random.choices(WORDS, range(1, 7), k=random.randint(1, 7)) for _ in range(articles)]
    parts = [bodies[: articles // 3], bodies[articles // 3 :]]
    numbers = iter(range(articles))
    write_archive(
        tmp_path,
        [[article(next(numbers), "k", " ".join(body)) for body in part] for part in parts],
        {0},
    )
    snapshot = Snapshot(tmp_path)
    for first in (*WORDS, "tiada"):
        for second in WORDS:
            if first != second:
                both = [body for body in bodies if first in body and second in body]
                beside = [body for body in both if (first, second) in pairwise(body)]
                found = together(snapshot, first, second, Budget(inf))
                assert found == Together(len(beside), len(both)), (first, second)


ADVERTISEMENT = "Jual mobil lalu beli lagi. " + "Jual beli rumah. " * 10
"""Copied far more often than articles are looked at."""


def _copied(zeros: int) -> str:
    """An advertisement whose hash begins with so many zero bits or a few more."""
    texts = (f"{ADVERTISEMENT} {number}" for number in count())
    return next(one for one in texts if zeros <= 64 - text_hash(one).bit_length() < zeros + 3)


@pytest.mark.parametrize("zeros", [0, 3, 8])
@pytest.mark.parametrize("road", [together, in_arrays])
def test_copies_of_one_text_make_no_more_work_than_other_texts(
    road: Road, zeros: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positions of 80 articles at the most are compared, and tell the share of the copies."""
    monkeypatch.setattr(module, "LOOKED_AT", 40)
    news = [f"Jual sawah {number} lalu beli sapi." for number in range(150)]
    bodies = [*news, *[_copied(zeros)] * 900]
    answers = []
    for seed, pieces in ((1, 1), (2, 3)):
        Random(seed).shuffle(bodies)
        path = tmp_path / str(seed)
        parts = [bodies[piece::pieces] for piece in range(pieces)]
        numbers = count()
        write_archive(path, [[article(next(numbers), "k", one) for one in x] for x in parts], set())
        budget = Budget(inf)
        found = road(Snapshot(path), "jual", "beli", budget)
        assert found.both == 1050
        # What is read of two stems in each segment; two numbers an article; positions of 80.
        assert budget.work < pieces * 4000 + 5 * 1050 + 80 * 6 * 24
        answers.append(found)
    assert answers[0] == answers[1]
    if zeros == 8:
        assert 800 <= answers[0].beside <= 1050


@pytest.mark.parametrize("zeros", [0, 8])
def test_of_copies_no_more_are_looked_at_than_is_asked_for(zeros: int, tmp_path: Path) -> None:
    copy = _copied(zeros)
    bodies = [copy if number % 7 else f"jual {number}" for number in range(700)]
    write_archive(tmp_path, [[article(at, "k", body) for at, body in enumerate(bodies)]], set())
    having = PostingsForms(Snapshot(tmp_path), Budget(inf)).having(["jual"])
    for most in (20, 100):
        some = having.some(most)
        assert most // 4 <= len(some) <= most
        assert some.tolist() == sorted(set(some.tolist()))
    assert len(having.some(700)) == 700
