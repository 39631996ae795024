"""Hits are marked until the time of an answer is up, and the clock is asked in between."""

from __future__ import annotations

from math import inf
from pathlib import Path

from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.page.hits import _passages
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
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
        self._earliest = -inf
        self.more = more

    def _is_late(self) -> bool:
        self.more -= 1
        return self.more < 0


def test_the_clock_is_asked_between_hits(tmp_path: Path) -> None:
    path = tmp_path / "index"
    write_archive(path, [[article(at, "kabar", "harga naik") for at in range(HITS)]], set())
    snapshot = Snapshot(path)
    rows = Rows(snapshot, BM25())
    root = parse("harga").root
    assert root is not None
    marker = Marker(sought(root.marked(), snapshot.analysis))
    numbers = list(range(HITS))
    bodies = snapshot.bodies_of(numbers, snapshot.listed(numbers))
    marked = []
    for left in range(6):
        searcher = Searcher(snapshot, rows, Ending(left))
        found = _passages(searcher, ["kabar"] * HITS, bodies, marker)
        assert len(found) == HITS
        marked.append(sum("<mark>" in snippet for _, snippet in found))
        assert searcher.budget.partial == (marked[-1] < HITS)
    assert marked == sorted(marked)
    assert marked[0] == 0
    assert 0 < marked[1] < HITS
    assert marked[-1] == HITS
