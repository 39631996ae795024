"""Hits are marked until the time of an answer is up, and the clock is asked in between."""

from __future__ import annotations

from math import inf
from pathlib import Path

from search.budget import Budget
from search.local.page.marked import marked
from search.local.reading.snapshot import Snapshot
from search.marking import Marker, sought
from search.query.parse import parse
from tests.conftest import article
from tests.search.local.archives import write_archive

HITS = 35


class Ending(Budget):
    """One whose time is up as soon as the clock was asked so many times."""

    __slots__ = ("more",)

    def __init__(self, more: int) -> None:
        super().__init__(inf)
        self.more = more

    def spent(self) -> bool:
        if self.lasts(0):
            return False
        self.partial = True
        return True

    def lasts(self, work: int) -> bool:
        assert work >= 0
        self.more -= 1
        return self.more >= 0


def test_the_clock_is_asked_between_hits(tmp_path: Path) -> None:
    path = tmp_path / "index"
    write_archive(path, [[article(at, "kabar", "harga naik") for at in range(HITS)]], set())
    snapshot = Snapshot(path)
    root = parse("harga").root
    assert root is not None
    marker = Marker(sought(root.marked(), snapshot.analysis))
    numbers = list(range(HITS))
    bodies = snapshot.bodies_of(numbers, snapshot.listed(numbers))
    told = []
    for left in range(6):
        budget = Ending(left)
        found = marked(["kabar"] * HITS, bodies, marker, budget)
        assert len(found) == HITS
        told.append(sum("<mark>" in snippet for _, snippet in found))
        assert budget.partial == (told[-1] < HITS)
    assert told == sorted(told)
    assert told[0] == 0
    assert 0 < told[1] < HITS
    assert told[-1] == HITS
