"""A query passes few rooms, and seldom comes back to one that it has left."""

from __future__ import annotations

import pytest

from tests.structure.query_way import KINDS, Way, way_of, ways

MOST_VISITS = 25
MOST_RETURNS = 8


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Way, Way]]:
    return ways(tmp_path_factory.mktemp("way") / "index")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_that_is_asked_again_goes_a_short_way(
    found: dict[str, tuple[Way, Way]], kind: str
) -> None:
    way = found[kind][1].within("search").in_rooms()
    assert len(way.visits) <= MOST_VISITS, str(way)
    assert way.returns <= MOST_RETURNS, str(way)


def test_every_way_begins_at_the_engine(found: dict[str, tuple[Way, Way]]) -> None:
    for pair in found.values():
        assert [way.visits[0] for way in pair] == ["search/local/engine"] * 2


def test_what_is_called_again_is_no_visit() -> None:
    from index.analysis.tokenizer import chunks, fold
    from search.messages import CODES, sentence
    from search.response import Note

    def call() -> None:
        for _ in range(3):
            chunks("satu dua")
            sentence(Note("relaxed"), "id")
        fold("Tiga")
        assert "relaxed" in CODES

    way = way_of(call)
    assert way.visits == (
        "index/analysis/tokenizer",
        "search/messages",
        "index/bilingual",
        "index/analysis/tokenizer",
    )
    assert (way.returns, way.modules) == (1, 3)
    assert way.within("index").visits == (
        "index/analysis/tokenizer",
        "index/bilingual",
        "index/analysis/tokenizer",
    )
