"""What a killed update or deletion has begun, the next command completes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryFile
from typing import Any

import pytest

from index.analysis import NO_WORDS
from index.article import Article
from index.errors import ArticlesLost, CompanionDamaged, IndexDamaged
from index.location import LOCK_SUFFIX
from index.opensearch import begun, changing, generations, new_index
from index.opensearch.bulk import MOST_CHANGES, delete
from index.opensearch.companion import companion_of
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence
from index.opensearch.generations import UNFINISHED
from index.opensearch.loading import Loader, Loading
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.fixtures import connected
from tests.cluster.late import NEW
from tests.cluster.relay import relayed
from tests.conftest import ARCHIVE, ROOT, article

pytestmark = pytest.mark.cluster

ONE = BuildOptions()


def begin(
    connection: Connection, articles: Sequence[Article], deleted: Sequence[str], arrived: int
) -> None:
    """Leave what a command leaves that is killed when so many of its changes have arrived."""
    facts = generations.current(connection)
    assert facts is not None
    fence, beside = Fence("killed"), companion_of(facts.index)
    for index in (facts.index, beside):
        connection.client.indices.put_alias(index=index, name=fence.of(index))
    own, first = fence.of(facts.index), facts.next_number
    told = begun.begin(connection, facts, deleted, fence).told(seen=False)
    number = first + len(articles) + 1
    generations.tell(connection, own, {**facts.meta, "number": number, UNFINISHED: told})
    loader = Loader(Loading(connection.cluster, own, NO_WORDS, first))
    loader.add(articles[:arrived], 0)
    loader.finish()
    delete(connection, own, deleted[:arrived], first)


@pytest.mark.parametrize("arrived", [0, 1, 2])
def test_an_update_is_completed_by_the_next_one(
    target: IndexTarget, url: str, arrived: int
) -> None:
    begin(connected(url), NEW, (), arrived)
    assert "an update is under way, or was not finished; run it again" in {
        one.reason for one in target.verify()
    }
    again = target.update(NEW, ONE)
    assert (again.articles, again.added, again.replaced) == (13, 2, max(arrived, 1))
    stored = {one.id: one for one in target.stored_articles()}
    assert stored == {one.id: one for one in (*ARCHIVE, *NEW)}
    assert target.verify() == []


@pytest.mark.parametrize("arrived", [0, 1, 2])
def test_a_deletion_is_completed_by_the_next_command(
    target: IndexTarget, url: str, arrived: int
) -> None:
    begin(connected(url), (), ["a2", "a3"], arrived)
    done = target.delete(["a4", "a2"], ONE)
    assert (done.articles, done.deleted, done.unknown) == (9, 1, ("a2",))
    assert {one.id for one in target.stored_articles()}.isdisjoint({"a2", "a3", "a4"})
    assert target.verify() == []


MANY = [article(number, f"judul {number}", f"isi {number}") for number in range(2 * MOST_CHANGES)]


@pytest.fixture
def large(url: str) -> IndexTarget:
    target = open_target(url)
    target.rebuild([*MANY, replace(ARCHIVE[0], id="-")], ONE)
    return target


def test_a_deletion_of_more_than_a_request_is_completed_by_the_next_command(
    large: IndexTarget, url: str
) -> None:
    gone = [one.id for one in MANY[1:]]
    begin(connected(url), (), gone, MOST_CHANGES + 100)
    facts = generations.current(connected(url))
    assert facts is not None
    assert len(json.dumps(facts.meta[UNFINISHED])) < 200  # However many there are.
    done = large.update(NEW, ONE)
    assert (done.articles, done.replaced) == (4, 0)
    assert {one.id for one in large.stored_articles()} == {"-", "a0", "a1", "a50"}
    assert large.verify() == []
    facts = generations.current(connected(url))
    assert facts is not None
    assert UNFINISHED not in facts.meta


def test_a_deletion_killed_anywhere_is_completed(
    large: IndexTarget, url: str, hosts: list[str]
) -> None:
    gone = [one.id for one in MANY[1:]]
    connection = connected(url)
    with slow(hosts, url) as through:
        command = [sys.executable, "-m", "web.cli", "delete", "--index", through, *gone]
        kill(command, "", connection, 0.7)
    lock = connection.cluster.alias + LOCK_SUFFIX
    there_or_not = {"ignore": [404]}
    connection.asked(  # Its lease has ended.
        lambda client: client.delete(index=lock, id="writer", params=there_or_not)
    )
    large.update(NEW, ONE)
    assert {one.id for one in large.stored_articles()} == {"-", "a0", "a1", "a50"}
    assert large.verify() == []


def test_what_a_command_has_begun_is_not_trusted(target: IndexTarget, url: str) -> None:
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    odd: Any
    for odd in (None, [], {"from": "0", "deleted": []}, {"from": 0, "deleted": ["a2"]}):
        generations.tell(connection, facts.index, {**facts.meta, UNFINISHED: odd})
        with pytest.raises((CompanionDamaged, IndexDamaged)):
            target.update(NEW, ONE)
    target.rebuild(ARCHIVE, ONE)


def test_what_was_begun_does_not_keep_a_rebuild(target: IndexTarget, url: str) -> None:
    begin(connected(url), NEW, (), 1)
    target.rebuild(ARCHIVE[:3], ONE)
    assert [one.intact for one in target.generations()] == [False, True]


def test_an_update_killed_anywhere_is_completed(
    target: IndexTarget, url: str, hosts: list[str]
) -> None:
    lines = [json.dumps({"id": n, "title": "judul", "body": f"isi {n}"}) for n in range(1500)]
    with slow(hosts, url) as through:
        command = [sys.executable, "-m", "web.cli", "update", "-", "--workers", "1"]
        kill([*command, "--index", through], "\n".join(lines), connected(url), 0.5)
    done = target.update(NEW, BuildOptions(wait=True))
    assert len(list(target.stored_articles())) == done.articles
    assert target.verify() == []


@contextmanager
def slow(hosts: list[str], url: str) -> Iterator[str]:
    """The alias by a node that takes changes slowly: a command lasts until it is killed."""
    with relayed(hosts[0]) as relay:
        relay.passing = lambda request: time.sleep(0.5 * ("_bulk" in request))
        yield f"opensearch://{relay.host}/{url.rpartition('/')[2]}"


def is_half_changed(url: str) -> bool:
    facts = generations.current(connected(url))
    assert facts is not None
    return facts.is_half_changed


def before(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, look: Callable[[str], object]
) -> None:
    """Look at something each time before a function of a module is called; it is given its name."""
    call = getattr(module, name)

    def looked(*given: Any, **more: Any) -> Any:
        look(name)
        return call(*given, **more)

    monkeypatch.setattr(module, name, looked)


def test_what_may_be_seen_of_a_change_is_told_before(
    target: IndexTarget, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []

    def look(name: str) -> None:
        seen.append((name, is_half_changed(url)))

    for module, name in ((changing, "_load"), (new_index, "refresh"), (new_index, "count")):
        before(monkeypatch, module, name, look)
    target.update(NEW, ONE)
    assert seen == [("_load", False), ("refresh", True), ("count", True)]
    assert not is_half_changed(url)
    begin(connected(url), NEW, (), 1)
    assert not is_half_changed(url)
    del seen[:]
    target.update(NEW, ONE)
    # That of the killed command is completed first.
    assert seen[:3] == [("refresh", True), ("refresh", True), ("count", True)]
    assert not is_half_changed(url)


def test_of_a_change_that_fails_is_told_that_some_of_it_is_seen(
    target: IndexTarget, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ArticlesLost(1, 0)

    monkeypatch.setattr(changing, "delete", fail)
    with pytest.raises(ArticlesLost):
        target.update(NEW, ONE)
    assert is_half_changed(url)


def kill(command: list[str], given: str, connection: Connection, later: float) -> None:
    """Kill a command so many seconds after it has begun to change the index."""
    with TemporaryFile("w+") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=told, stderr=told, text=True
        )
        assert process.stdin is not None
        try:
            process.stdin.write(given)
            process.stdin.close()
            deadline = time.monotonic() + 150
            while not has_begun(connection):
                if process.poll() is not None or time.monotonic() > deadline:
                    told.seek(0)
                    pytest.fail(f"nothing was begun: {told.read()}")
            time.sleep(later)
        finally:
            process.kill()
            process.wait()


def has_begun(connection: Connection) -> bool:
    facts = generations.current(connection)
    return facts is not None and UNFINISHED in facts.meta
