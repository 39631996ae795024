"""A query passes few rooms, and seldom comes back to one that it has left."""

from __future__ import annotations

from datetime import date

import pytest

from index.kernels import missing
from tests.structure.query_way import KINDS, Way, way_of, ways

# What a kernel does in one call passes several rooms without it; a phrase is found by places, then
# scored. A plan that is kept is a visit of what keeps it, and whether anything may be offered is
# one of the request.
MOST_VISITS = 38 if missing() else 29
MOST_RETURNS = 26 if missing() else 13


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Way, Way]]:
    return ways(tmp_path_factory.mktemp("way") / "index")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_that_is_asked_again_goes_a_short_way(
    found: dict[str, tuple[Way, Way]], kind: str
) -> None:
    way = found[kind][1].within("search")
    assert len(way.in_rooms().visits) <= MOST_VISITS, str(way.in_rooms())
    assert way.returns <= MOST_RETURNS, str(way)


def test_every_way_begins_at_the_engine(found: dict[str, tuple[Way, Way]]) -> None:
    for pair in found.values():
        assert [way.visits[0] for way in pair] == ["search/local/engine"] * 2


def test_what_is_called_again_is_no_visit() -> None:
    from index.analysis.tokenizer import chunks, fold
    from search.histogram import edges

    def call() -> None:
        for _ in range(3):
            chunks("satu dua")
            edges(date(2024, 1, 1), date(2024, 1, 2))
        fold("Tiga")

    way = way_of(call)
    assert way.visits == (
        "index/analysis/tokenizer",
        "search/histogram",
        "index/analysis/tokenizer",
    )
    assert (way.returns, way.modules) == (1, 2)
    assert way.within("index").visits == ("index/analysis/tokenizer",)


def test_a_folder_of_one_kind_of_work_is_one_room() -> None:
    way = Way(
        (
            "search/local/find",
            "search/local/matching/searcher",
            "search/local/matching/term",
            "search/local/find",
        )
    )
    assert way.in_rooms().visits == (
        "search/local/find",
        "search/local/matching",
        "search/local/find",
    )
