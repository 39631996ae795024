"""What two stems have in common, as their articles are read one after the other."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random

import pytest

from search.budget import Budget
from search.local.completing.together import together
from search.local.reading.snapshot import Snapshot
from search.query.rewrite.archive import Together
from tests.conftest import article
from tests.search.local.archives import write_archive

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
