"""An engine over a cluster that is out of reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexUnreachable, IndexUrlInvalid, SourceError
from search.engine import SearchEngine, open_engine
from search.errors import RankingInvalid
from search.request import SearchRequest
from tests.nodes import answering, closed_port

QUESTIONS: dict[str, Callable[[SearchEngine], object]] = {
    "search": lambda engine: engine.search(SearchRequest("beras")),
    "article": lambda engine: engine.article("a1"),
    "similar": lambda engine: engine.similar("a1", 3),
    "suggest": lambda engine: engine.suggest("ber", 3),
    "marker": lambda engine: engine.marker("beras"),
    "analyze": lambda engine: engine.analyze("menangkap"),
    "statistics": lambda engine: engine.statistics(),
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_every_question_says_that_the_cluster_cannot_be_reached(question: str) -> None:
    node = closed_port()
    engine = open_engine(f"opensearch://{node}/berita")
    with pytest.raises(IndexUnreachable, match=f"the cluster at {node} cannot be reached"):
        QUESTIONS[question](engine)


def test_a_cluster_that_is_found_later_is_asked_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 0)
    node = closed_port()
    engine = open_engine(f"opensearch://{node}/berita")
    with pytest.raises(IndexUnreachable, match="nothing listens there"):
        engine.search(SearchRequest("beras"))
    with (
        answering(b"HTTP/1.1 200 OK\r\n\r\n", port=int(node.rpartition(":")[2])),
        pytest.raises(IndexUnreachable, match="is not OpenSearch"),
    ):
        engine.search(SearchRequest("beras"))


def test_the_generation_is_told_without_the_network() -> None:
    assert open_engine("opensearch://warta.invalid:9200/berita").generation() == ""


def test_what_names_no_index_is_refused_when_it_is_opened() -> None:
    with pytest.raises(IndexUrlInvalid):
        open_engine("redis://x:1/y")


def test_a_path_and_its_url_are_the_same_index(sample_index: Path) -> None:
    for name in (sample_index, str(sample_index), sample_index.as_uri()):
        assert open_engine(name).search(SearchRequest("beras")).total


def test_a_ranking_is_read_when_its_engine_is_opened(sample_index: Path, tmp_path: Path) -> None:
    ranking = tmp_path / "ranking.json"
    with pytest.raises(SourceError):
        open_engine(sample_index, ranking)
    ranking.write_text('{"enouhg": 1}')
    with pytest.raises(RankingInvalid, match="enouhg"):
        open_engine(sample_index, ranking)
    ranking.write_text('{"partial": false}')
    strict, usual = open_engine(sample_index, ranking), open_engine(sample_index)
    request = SearchRequest("harga beras")
    assert usual.search(request).partial_total
    assert not strict.search(request).partial_total
