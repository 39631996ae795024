"""What an engine over a cluster has open: looked after, held, and served on where it must be."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from index.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnavailable
from index.opensearch import generations
from index.opensearch.companion import companion_of
from index.opensearch.connection import Connection
from index.target import BuildOptions, open_target
from search.budget import Budget
from search.engine import SearchEngine
from search.local.scoring.ranking import Ranking
from search.opensearch import OpenSearchEngine
from search.opensearch.current import Current
from search.request import SearchRequest
from tests.cluster.fixtures import connected
from tests.cluster.relay import relayed
from tests.conftest import ARCHIVE, article
from tests.nodes import closed_port

pytestmark = pytest.mark.cluster

ONE = BuildOptions(workers=1)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The alias is looked at with every question."""
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 0.0)


def current_of(url: str) -> Current:
    return Current(connected(url).cluster, Ranking())


def engine_of(url: str) -> OpenSearchEngine:
    return OpenSearchEngine(connected(url).cluster)


def name_in(current: Current) -> str:
    with current.reading() as found:
        return found.name


def total(engine: SearchEngine, query: str = "") -> int:
    return engine.search(SearchRequest(query)).total


def told(url: str, **more: Any) -> None:
    """Change what the generation in use says of itself."""
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    generations.tell(connection, facts.index, {**facts.meta, **more})


def removed(connection: Connection, index: str) -> None:
    connection.asked(lambda client: client.indices.delete(index=index))


@pytest.mark.usefixtures("at_once")
def test_what_is_published_is_served_next(url: str) -> None:
    target, engine = open_target(url), engine_of(url)
    first = target.rebuild(ARCHIVE[:4], ONE)
    assert engine.generation() == ""
    assert total(engine) == 4
    assert engine.generation() == first.generation
    updated = target.update([article(99, "yang lain", "isi lain")], ONE)
    assert total(engine) == 5
    assert engine.generation() == updated.generation
    target.delete(["a1"], ONE)
    assert total(engine) == 4
    rebuilt = target.rebuild(ARCHIVE[:2], ONE)
    assert total(engine) == 2
    assert engine.generation() == rebuilt.generation
    assert engine.refused() is None


def test_the_alias_is_looked_at_now_and_then(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 1000.0)
    target, current = open_target(url), current_of(url)
    first = target.rebuild(ARCHIVE[:4], ONE).generation
    assert name_in(current) == first
    second = target.rebuild(ARCHIVE[:2], ONE).generation
    assert name_in(current) == first
    monkeypatch.setattr("search.opensearch.current.monotonic", lambda: float("inf"))
    assert name_in(current) == second


@pytest.mark.usefixtures("at_once")
def test_what_is_pinned_stays(url: str) -> None:
    target, engine = open_target(url), engine_of(url)
    first = target.rebuild(ARCHIVE[:4], ONE)
    with closing(engine.pinned()) as pinned:
        target.rebuild(ARCHIVE[:2], ONE)
        assert (total(pinned), total(engine)) == (4, 2)
        assert pinned.generation() == first.generation
        assert pinned.refused() is None


def test_threads_open_one(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    current = current_of(url)

    def ask(_: int) -> int:
        with current.reading() as found:
            return id(found)

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(32)))) == 1


def test_threads_that_wait_for_a_cluster_in_vain_wait_once(
    hosts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 1000.0)
    with relayed(hosts[0]) as relay:
        relay.refusing = 503
        current = current_of(f"opensearch://{relay.host}/berita")
        current.connection = Connection(current.connection.cluster, patience=0.3)

        def ask(_: int) -> IndexUnavailable:
            with pytest.raises(IndexUnavailable) as raised:
                name_in(current)
            return raised.value

        with ThreadPoolExecutor(8) as threads:
            errors = list(threads.map(ask, range(8)))
    assert len({id(one) for one in errors}) == 1


def test_without_an_alias_the_command_that_makes_one_is_told(url: str) -> None:
    engine = engine_of(url)
    with pytest.raises(IndexMissing, match=r"warta rebuild SOURCE\.\.\. --index"):
        total(engine)
    refused = engine.refused()
    assert refused is not None
    assert (refused.generation, refused.problem, refused.file) == ("", "missing", "")
    assert [one.stem for one in engine.analyze("menangkap")] == ["tangkap"]


@pytest.mark.usefixtures("at_once")
def test_an_index_is_found_as_soon_as_there_is_one(url: str) -> None:
    engine = engine_of(url)
    with pytest.raises(IndexMissing):
        total(engine)
    open_target(url).rebuild(ARCHIVE[:3], ONE)
    assert total(engine) == 3


def test_another_version_is_refused_with_the_command_that_rebuilds(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:3], ONE)
    told(url, version="schema 1, analyzer indonesian-1")
    engine = engine_of(url)
    with pytest.raises(IndexOutdated, match="warta rebuild"):
        total(engine)
    refused = engine.refused()
    assert refused is not None
    assert refused.problem == "outdated"


@pytest.mark.usefixtures("at_once")
def test_what_cannot_be_opened_is_told_and_the_one_before_served(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    target, engine = open_target(url), engine_of(url)
    target.rebuild(ARCHIVE[:4], ONE)
    assert total(engine) == 4
    second = target.rebuild(ARCHIVE[:2], ONE).generation
    removed(connected(url), companion_of(second))
    with caplog.at_level(logging.WARNING):
        assert [total(engine) for _ in range(3)] == [4, 4, 4]
        refused = engine.refused()
    assert refused is not None
    assert refused.generation == second
    assert len(caplog.records) == 1
    with pytest.raises(IndexUnavailable):
        total(engine_of(url))
    third = target.rebuild(ARCHIVE[:3], ONE).generation
    assert total(engine) == 3
    assert engine.generation() == third
    assert engine.refused() is None


@pytest.mark.usefixtures("at_once")
def test_what_this_program_fails_to_open_is_damaged_and_the_one_before_served(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, engine = open_target(url), engine_of(url)
    target.rebuild(ARCHIVE[:4], ONE)
    assert total(engine) == 4
    target.rebuild(ARCHIVE[:2], ONE)
    monkeypatch.setattr(
        "search.opensearch.current.Companion", divmod
    )  # Of texts it raises TypeError.
    assert total(engine) == 4
    refused = engine.refused()
    assert refused is not None
    assert refused.problem == "damaged"
    with pytest.raises(IndexDamaged, match="cannot be opened"):
        total(engine_of(url))


def test_an_empty_id_is_one_as_others(url: str) -> None:
    open_target(url).rebuild([*ARCHIVE[:2], replace(ARCHIVE[2], id="", title="tanpa id")], ONE)
    found = engine_of(url).article("")
    assert found is not None
    assert found.title == "tanpa id"


def test_an_id_that_no_text_can_have_is_that_of_no_article(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:2], ONE)
    engine = engine_of(url)
    for one in ("", "\ud800", "a1\udfff"):
        assert engine.article(one) is None
        assert engine.similar(one, 5) is None
        assert engine.copies(one, 5) == []


@pytest.mark.usefixtures("at_once")
def test_a_cluster_that_cannot_be_asked_leaves_open_what_is(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    current = current_of(url)
    name = name_in(current)
    current.connection = connected(f"opensearch://{closed_port()}/berita")
    assert name_in(current) == name
    refused = current.refused()
    assert refused is not None
    assert (refused.generation, refused.problem) == ("", "unavailable")
    current.close()
    with pytest.raises(IndexUnavailable):
        name_in(current)


def test_what_was_planned_and_read_is_known_at_a_moment(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    with current_of(url).reading() as found:
        plan = found.plans.plan("gempa", Budget(inf))
        passing = np.zeros(found.companion.size, np.bool_)
        found.rows.passing.put("filter", passing, 1)
        at = found.at(found.searched)
    assert at.plans.plan("gempa", Budget(inf)) is plan
    assert at.rows.passing.get("filter") is passing
    assert at.rows.snapshot is at.companion


def test_what_is_closed_while_it_is_looked_after_stays_for_who_looks(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    current = current_of(url)
    with current.reading() as found:
        current.close()
        assert not current.look_again(found)
    assert name_in(current) == found.name


def test_an_index_that_was_removed_by_hand_is_missing(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    engine = engine_of(url)
    assert total(engine) == 4
    removed(connected(url), engine.generation())
    with pytest.raises(IndexMissing):
        total(engine, "harga beras")
    with pytest.raises(IndexMissing):
        engine.article("a1")


def test_damage_found_while_reading_names_the_index_and_the_way_back(url: str) -> None:
    open_target(url).rebuild(ARCHIVE[:4], ONE)
    current = current_of(url)
    with pytest.raises(IndexDamaged, match="warta rollback"), current.reading() as found:
        found.companion.dictionary.lookup("body")
