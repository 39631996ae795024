"""How often words stand beside each other, as a companion knows it: by pairs of three bodies."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index.glued.neighbours import Neighbours
from index.segments.reader import open_segment
from index.segments.toc import read_segments
from tests.conftest import article
from tests.index.companion.test_extending import begun


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    bodies = ["Tim bulu tangkis menang."] * 4 + ["Bulu angsa, bulu angsa."] * 2
    articles = [article(number, "Judul", body) for number, body in enumerate(bodies)]
    light = begun(tmp_path_factory.mktemp("neighbours"), articles)
    storage = FileStorage(str(light))
    return Neighbours([open_segment(storage, one) for one in read_segments(Path(light))])


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("bulu", "tangkis", 4),
        ("tangkis", "bulu", 0),
        ("tim", "bulu", 4),
        ("bulu", "menang", 0),
        ("bulu", "angsa", 0),  # Two bodies are as good as chance.
        ("bulu", "kuda", 0),
        ("kuda", "bulu", 0),
        ("menang", "tim", 0),
    ],
)
def test_pairs_tell_of_common_neighbours(
    neighbours: Neighbours, first: str, second: str, count: int
) -> None:
    assert neighbours.together(first, second) == count
    assert neighbours.are_together(first, second, 3) == (count >= 3)
