"""Points in time: what is read in parts is of one moment, and no moment is left behind."""

from __future__ import annotations

import base64
import logging
from contextlib import closing

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.errors import MomentLost
from index.target import BuildOptions, open_target
from search.cli.ask import search
from search.engine import open_engine
from search.errors import ExportUnfinished
from search.export import export
from search.opensearch import OpenSearchEngine
from search.request import SearchRequest, Sort
from tests.cluster.fixtures import connected, new_alias
from tests.cluster.moments import (
    ARTICLES,
    AS_WRITTEN,
    BERAS,
    ONE,
    forget,
    ids,
    listed,
    moments,
    through,
)
from tests.cluster.nodes import Cluster
from tests.cluster.relay import relayed
from tests.conftest import article
from tests.web.conftest import Client
from web.app import create_app

pytestmark = pytest.mark.cluster


@pytest.fixture
def reader(archive: str) -> OpenSearchEngine:
    return OpenSearchEngine(connected(archive).cluster)


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
def test_an_export_has_the_articles_of_its_beginning(
    url: str, engine: OpenSearchEngine, sort: Sort
) -> None:
    request = SearchRequest("beras", sort=sort, facets=False, snippets=False)
    batches = export(engine, request).batches()
    first = next(batches)
    assert moments(url) == 1
    target = open_target(url)
    target.delete([one.id for one in ARTICLES[::3]], ONE)
    new = [article(1000 + number, "Kabar baru", "Beras.", "2024-06-01") for number in range(50)]
    target.update(new, ONE)
    names = [hit.id for hit in first.hits] + ids(batches)
    assert sorted(names) == AS_WRITTEN
    assert moments(url) == 0
    assert engine.search(request).total == len(ARTICLES) * 2 // 3 + len(new)


def test_all_that_a_pinned_engine_answers_is_of_its_moment(
    url: str, engine: OpenSearchEngine
) -> None:
    with closing(engine.pinned()) as pinned:
        before = pinned.similar("a0", 5)
        assert before is not None
        open_target(url).delete([one.id for one in ARTICLES if one.id != "a7"], ONE)
        assert pinned.search(BERAS).total == len(ARTICLES)
        assert pinned.article("a0") == ARTICLES[0]
        assert pinned.article("zzz") is None
        after = pinned.similar("a0", 5)
        assert after is not None
        assert (after.total, after.hits) == (before.total, before.hits)
        # What it plans by is counted at its moment, too: here how many have both words.
        (one, *_) = pinned.suggest("harga ber", 3)
        assert one.text == "harga beras"
        assert engine.search(BERAS).total == 1
        assert engine.article("a0") is None
    assert moments(url) == 0


def test_a_moment_is_that_of_what_is_planned_by(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target, engine = open_target(url), OpenSearchEngine(connected(url).cluster)
    target.rebuild(ARTICLES[:4], ONE)
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 1000.0)
    assert engine.search(BERAS).total == 4
    updated = target.update(ARTICLES[4:6], ONE)
    assert engine.generation() != updated.generation  # It is not looked after yet.
    with closing(engine.pinned()) as pinned:
        assert pinned.generation() == updated.generation
        assert pinned.search(BERAS).total == pinned.statistics().articles == 6
    assert moments(url) == 0


def test_whoever_stops_leaves_no_moment(archive: str, reader: OpenSearchEngine) -> None:
    found = export(reader, BERAS)
    assert moments(archive) == 1
    found.close()
    assert moments(archive) == 0
    found = export(reader, BERAS)
    next(found.rest)
    assert moments(archive) == 1
    found.close()
    assert moments(archive) == 0
    with pytest.raises(MomentLost):
        next(found.rest)
    assert len(list(export(reader, BERAS, most=10).batches())) == 1
    assert moments(archive) == 0


def test_an_export_that_fails_leaves_no_moment(archive: str, reader: OpenSearchEngine) -> None:
    with pytest.raises(ExportUnfinished):
        export(reader, SearchRequest("har* OR ber* kabar -tiada", budget_ms=0))
    assert moments(archive) == 0


@pytest.fixture
def client(archive: str, reader: OpenSearchEngine) -> FlaskClient:
    assert reader.search(BERAS).total
    app = create_app(archive)
    return Client(app, app.response_class)


@pytest.mark.parametrize("address", ["/search.csv?q=beras", "/search.json?q=beras&all=1"])
def test_a_reader_who_hangs_up_leaves_no_moment(
    archive: str, client: FlaskClient, address: str
) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        whole = client.get(address, headers=headers)
        assert whole.status_code == 200
        assert moments(archive) == 0
        begun = client.get(address, headers=headers, buffered=False)
        assert next(begun.iter_encoded())
        assert moments(archive) == 1
        begun.close()
        assert moments(archive) == 0
        assert client.head(address, headers=headers).status_code == 200
        assert moments(archive) == 0
    again = client.get(address, headers={"If-None-Match": "*"})
    assert again.status_code in {200, 304}
    assert moments(archive) == 0


def test_several_questions_are_of_one_moment(archive: str, client: FlaskClient) -> None:
    answer = client.get("/api/v1/searches?q=beras&q=harga")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert [one["total"] for one in answer.json["answers"]] == [len(ARTICLES)] * 2
    assert moments(archive) == 0


def test_a_command_leaves_no_moment(archive: str, reader: OpenSearchEngine) -> None:
    assert reader.search(BERAS).total
    done = CliRunner().invoke(search, ["beras", "--all", "--jsonl", "--index", archive])
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == len(ARTICLES)
    assert moments(archive) == 0


def test_a_moment_that_is_lost_ends_an_export(archive: str, reader: OpenSearchEngine) -> None:
    batches = export(reader, BERAS).batches()
    next(batches)
    forget(archive)
    with pytest.raises(MomentLost, match="from the beginning") as raised:
        next(batches)
    assert "dari awal" in raised.value.indonesian
    assert reader.search(BERAS).total == len(ARTICLES)


def test_a_generation_that_is_removed_ends_an_export(url: str, engine: OpenSearchEngine) -> None:
    batches = export(engine, BERAS).batches()
    next(batches)
    connected(url).asked(lambda client: client.indices.delete(index=engine.generation()))
    with pytest.raises(MomentLost):
        next(batches)


def test_where_no_moment_is_to_be_had_the_index_is_read_as_it_is(
    url: str, hosts: list[str], engine: OpenSearchEngine, caplog: pytest.LogCaptureFixture
) -> None:
    assert engine.search(BERAS).total
    with relayed(hosts[0]) as relay, caplog.at_level(logging.WARNING):
        relay.refusing, relay.only = 429, "point_in_time"  # as a node that has too many
        batches = export(through(relay, url), BERAS).batches()
        first = next(batches)
        assert relay.refused
        assert moments(url) == 0
        names = [hit.id for hit in first.hits]
        deleted = next(one for one in reversed(AS_WRITTEN) if one not in names)
        open_target(url).delete([deleted], ONE)
        names += ids(batches)
    assert sorted(names) == [one for one in AS_WRITTEN if one != deleted]
    assert "no point in time" in caplog.text


@pytest.mark.parametrize("shards", [1, 2])
def test_a_moment_is_lost_with_a_node_that_keeps_it(faulty: Cluster, shards: int) -> None:
    with new_alias(faulty.hosts) as url:
        open_target(url).rebuild(ARTICLES, BuildOptions(workers=1, shards=shards, replicas=1))
        faulty.wait_for("green")
        engine = open_engine(url)
        batches = export(engine, BERAS).batches()
        next(batches)
        (moment,) = listed(connected(url))
        kept_by = base64.urlsafe_b64decode(moment)
        nodes = faulty.nodes[0].ask("/_nodes")["nodes"]
        names = {one["name"] for name, one in nodes.items() if name.encode() in kept_by}
        faulty.kill(next(node for node in faulty.nodes if node.name in names))
        faulty.wait_for("yellow")
        with pytest.raises(MomentLost):
            next(batches)
        assert sorted(ids(export(engine, BERAS).batches())) == AS_WRITTEN
