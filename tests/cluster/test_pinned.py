"""A moment fits the companion that plans by it, and costs the cluster no more than it must."""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from index.errors import ClusterTroubled
from index.opensearch import begun, generations, moment, new_index
from index.opensearch.connection import Connection
from index.target import open_target
from search.export import export
from search.limits import MAX_PER_PAGE
from search.opensearch import OpenSearchEngine, pinned
from tests.cluster.fixtures import connected
from tests.cluster.moments import (
    ARTICLES,
    BERAS,
    ONE,
    forget,
    ids,
    moments,
    through,
)
from tests.cluster.relay import relayed
from tests.conftest import article

pytestmark = pytest.mark.cluster


def told(url: str, **more: object) -> None:
    """Change what the generation in use says of itself."""
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    generations.tell(connection, facts.index, {**facts.meta, **more})


def test_no_moment_lies_between_the_documents_of_an_update_and_its_companion(
    url: str, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinned, "_TRIES", 100)
    assert engine.search(BERAS).total == len(ARTICLES)
    count, found = new_index.count, list[Future[tuple[str, int, int]]]()

    def pin() -> tuple[str, int, int]:
        with closing(engine.pinned()) as it:
            return it.generation(), it.search(BERAS).total, it.statistics().articles

    with ThreadPoolExecutor(1) as thread:

        def wait(connection: Connection, index: str) -> int:
            """Documents are seen, and the companion of before is the published one."""
            found.append(thread.submit(pin))
            time.sleep(1.0)
            return count(connection, index)

        monkeypatch.setattr(new_index, "count", wait)
        updated = open_target(url).update([article(1000, "Kabar baru", "Beras.")], ONE)
    number = len(ARTICLES) + 1
    assert found[0].result() == (updated.generation, number, number)
    assert moments(url) == 0


@pytest.mark.parametrize("seen", [False, True])
def test_a_killed_update_of_which_some_is_seen_keeps_nobody_for_long(
    url: str, engine: OpenSearchEngine, caplog: pytest.LogCaptureFixture, *, seen: bool
) -> None:
    told(url, unfinished=begun.Begun(1000, (), ()).told(seen=seen))
    with caplog.at_level(logging.WARNING):
        batches = export(engine, BERAS).batches()
        next(batches)
    assert ("it may hold some of an update" in caplog.text) == seen
    assert moments(url) == 1  # not of several
    assert len(ids(batches)) == len(ARTICLES) - MAX_PER_PAGE
    caplog.clear()
    with caplog.at_level(logging.WARNING), closing(engine.pinned()) as again:
        assert again.search(BERAS).total == len(ARTICLES)
    assert "it may hold some of an update" not in caplog.text  # which was waited for once


def test_where_an_update_cannot_be_opened_one_moment_is_read_by_what_is_open(
    url: str, engine: OpenSearchEngine, caplog: pytest.LogCaptureFixture
) -> None:
    assert engine.search(BERAS).total == len(ARTICLES)
    told(url, revision=1, version="schema 1, analyzer indonesian-1")
    with caplog.at_level(logging.WARNING):
        batches = export(engine, BERAS).batches()
        next(batches)
    assert "it may hold some of an update (changed)" in caplog.text
    assert moments(url) == 1
    assert len(ids(batches)) == len(ARTICLES) - MAX_PER_PAGE


def test_a_cluster_without_a_manager_is_exported_from_as_it_is_searched(
    archive: str, hosts: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with relayed(hosts[0]) as relay, caplog.at_level(logging.WARNING):
        engine = through(relay, archive)
        assert engine.search(BERAS).total == len(ARTICLES)
        relay.refusing, relay.only = 503, "_mapping"
        batches = export(engine, BERAS).batches()
        next(batches)
        assert relay.refused
        assert "it may hold some of an update (unknown)" in caplog.text
        assert moments(archive) == 1
        assert len(ids(batches)) == len(ARTICLES) - MAX_PER_PAGE
    assert moments(archive) == 0


@pytest.mark.parametrize("status", [400, 501])
def test_what_the_cluster_refuses_is_no_lost_moment(
    archive: str, hosts: list[str], status: int
) -> None:
    with relayed(hosts[0]) as relay, closing(through(relay, archive).pinned()) as it:
        assert it.search(BERAS).total == len(ARTICLES)
        relay.refusing, relay.only = status, "_msearch"
        with pytest.raises(ClusterTroubled, match="rejected execution"):
            it.search(BERAS)
        relay.refusing = None
        assert it.search(BERAS).total == len(ARTICLES)


def test_what_is_closed_again_is_not_asked_for(archive: str, hosts: list[str]) -> None:
    with relayed(hosts[0]) as relay:
        it = through(relay, archive).pinned()
        relay.refusing, relay.only = 501, "point_in_time"
        for _ in range(3):
            it.close()
        assert relay.refused == 1
    forget(archive)


def test_what_was_counted_is_not_counted_anew_for_a_moment(archive: str, hosts: list[str]) -> None:
    requests: list[bytes] = []

    def note(body: bytes) -> bytes:
        requests.append(body)
        return body

    def asked(engine: OpenSearchEngine, query: str) -> int:
        before = len(requests)
        engine.search(replace(BERAS, query=query))
        return len(requests) - before

    with relayed(hosts[0]) as relay:
        relay.searches = note
        engine = through(relay, archive)
        assert asked(engine, "hargaberas naik") > (again := asked(engine, "hargaberas naik"))
        with closing(engine.pinned()) as it:
            assert asked(it, "hargaberas naik") == again
            # As is a plan that was not made yet of what was counted.
            assert asked(it, "naik hargaberas") == again
            assert asked(it, "berasnaik") > again
        # What was counted at a moment is none of what goes on.
        assert asked(engine, "kabar berasnaik") > again


def test_no_second_moment_is_asked_for_where_the_first_may_be_open(
    archive: str,
    hosts: list[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moment, "_TO_OPEN", 0.5)
    with relayed(hosts[0]) as first, relayed(hosts[1]) as second:
        url = archive.replace(",".join(hosts), f"{first.host},{second.host}")
        engine = OpenSearchEngine(connected(url).cluster)
        assert engine.search(BERAS).total == len(ARTICLES)
        for one in (first, second):
            one.only, one.late = "point_in_time", 1.5
        with caplog.at_level(logging.WARNING), closing(engine.pinned()) as it:
            assert it.search(BERAS).total == len(ARTICLES)
        assert "no point in time" in caplog.text
        assert moments(archive) == 1
    forget(archive)
