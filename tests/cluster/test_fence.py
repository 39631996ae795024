"""A writer that was held up for longer than its lease changes nothing any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from index.analysis import NO_WORDS
from index.article import Article
from index.errors import IndexLocked, LeaseLost
from index.opensearch import begun, companion, generations, history, new_index
from index.opensearch.bulk import delete
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, drain, fenced, switch, take_down
from index.opensearch.generations import UNFINISHED, Facts
from index.opensearch.lease import Lease, leased
from index.opensearch.loading import Loader, Loading
from index.opensearch.writer import Writer
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.fixtures import connected
from tests.conftest import ARCHIVE, article

pytestmark = pytest.mark.cluster

ONE = BuildOptions()
NEW = [article(1, "judul baru", "isi baru"), article(50, "yang lain", "isi lain")]
LATE = [article(number, "terlambat", f"isi {number}") for number in range(60, 70)]


@pytest.fixture
def connection(url: str) -> Connection:
    return connected(url)


@pytest.fixture
def target(url: str) -> IndexTarget:
    target = open_target(url)
    target.rebuild(ARCHIVE, ONE)
    return target


def in_use(connection: Connection) -> Facts:
    facts = generations.current(connection)
    assert facts is not None
    return facts


@contextmanager
def asleep(connection: Connection, *more: str) -> Iterator[tuple[Lease, Facts, Fence]]:
    """A writer in the midst of a change, of which the lease soon ends, as nobody renews it."""
    facts = in_use(connection)
    lease = Lease(connection, 1.5)
    lease._done.set()
    lease.take()
    names = (facts.index, companion.companion_of(facts.index), *more)
    with fenced(connection, lease, names) as own:
        yield lease, facts, own


def loader_of(connection: Connection, index: str, first: int) -> Loader:
    return Loader(Loading(connection.cluster, index, NO_WORDS, first), ahead=False)


def load(connection: Connection, index: str, first: int, articles: Sequence[Article]) -> None:
    loader = loader_of(connection, index, first)
    loader.add(articles, 0)
    loader.finish()


def standing(connection: Connection) -> list[tuple[str, str]]:
    return list(generations.found(connection).fences)


def test_nothing_of_a_late_update_comes_after_another_command(
    target: IndexTarget, connection: Connection, tmp_path: Path
) -> None:
    (tmp_path / "light").mkdir()
    with asleep(connection) as (_, facts, own):
        name, first = own.of(facts.index), facts.next_number
        told = begun.begin(connection, facts, [], own).told
        meta = {**facts.meta, "number": first + 20, UNFINISHED: told}
        generations.tell(connection, name, meta)
        load(connection, name, first, LATE[:2])
        published = target.update(NEW, BuildOptions(wait=True))
        after = in_use(connection)
        late: list[Callable[[], object]] = [
            lambda: load(connection, name, first + 2, LATE[2:]),
            lambda: delete(connection, name, ["a2"], first + 100),
            lambda: generations.tell(connection, name, facts.meta),
            lambda: companion.store(connection, facts.index, tmp_path / "light", own),
            lambda: companion.put(connection, facts.index, Path(__file__), own),
            lambda: switch(connection, own, facts.index),
        ]
        for change in late:
            with pytest.raises(LeaseLost):
                change()
    assert published.articles == len(ARCHIVE) + 3
    assert {one.id for one in target.stored_articles()} == {
        one.id for one in (*ARCHIVE, *NEW, *LATE[:2])
    }
    assert in_use(connection) == after
    assert target.verify() == []
    assert standing(connection) == []


def test_a_writer_that_wakes_too_late_puts_up_no_fence(
    target: IndexTarget, connection: Connection
) -> None:
    facts = in_use(connection)
    lease = Lease(connection, 0.1)
    lease._done.set()
    lease.take()
    target.delete(["a2"], BuildOptions(wait=True))
    with pytest.raises(LeaseLost), fenced(connection, lease, [facts.index]):
        pytest.fail("it may write")
    assert standing(connection) == []


def test_the_alias_is_switched_by_who_has_the_lease_alone(
    target: IndexTarget, connection: Connection
) -> None:
    old = in_use(connection)
    target.rebuild(ARCHIVE[:3], ONE)
    with asleep(connection, old.index) as (_, facts, own):
        switch(connection, own, old.index)
        switch(connection, own, old.index)  # As where the answer to the first was lost.
        assert in_use(connection) == old
        take_down(connection, [(old.index, own.of(old.index))])
        assert lease_ended(connection)
        target.rollback(facts.index)
        with pytest.raises(LeaseLost):
            switch(connection, own, old.index)
    assert in_use(connection) == facts


def lease_ended(connection: Connection) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(IndexLocked), leased(connection, wait=False):
            return True
        time.sleep(0.2)
    return False


def test_a_late_prune_removes_nothing(target: IndexTarget, connection: Connection) -> None:
    first = in_use(connection)
    target.rebuild(ARCHIVE[:3], ONE)
    with asleep(connection) as (lease, _, _):
        seen = generations.found(connection)
        assert lease_ended(connection)
        target.rollback(first.name)
        with pytest.raises(LeaseLost):
            history.prune(Writer(connection, lease), seen, 1)
    assert in_use(connection) == first


def test_a_fence_is_taken_down_where_another_index_is_gone(
    target: IndexTarget, connection: Connection
) -> None:
    facts = in_use(connection)
    target.rebuild(ARCHIVE[:3], ONE)
    with (
        leased(connection, wait=False) as lease,
        fenced(connection, lease, [facts.index, in_use(connection).index]),
    ):
        assert len(standing(connection)) == 2
        generations.remove(connection, [facts.index])
    assert standing(connection) == []


def test_an_index_that_was_removed_is_not_made_again_by_what_comes_late(
    connection: Connection,
) -> None:
    index, own = f"{connection.cluster.alias}-gone", Fence("gone")
    new_index.create(connection, index, 1)
    connection.client.indices.put_alias(index=index, name=own.of(index))
    loader = loader_of(connection, own.of(index), 0)
    loader.add(LATE, 0)
    generations.remove(connection, [index])
    with pytest.raises(LeaseLost):
        loader.finish()
    assert not connection.client.indices.get(index=f"{index}*", params={"allow_no_indices": "true"})


def test_what_was_on_its_way_has_arrived_when_an_index_is_drained(
    connection: Connection,
) -> None:
    index, own = f"{connection.cluster.alias}-drained", Fence("late")
    new_index.create(connection, index, 2)
    connection.client.indices.put_alias(index=index, name=own.of(index))

    def writing(first: int) -> None:
        for at in range(first, first + 100_000, 500):
            some = [article(number, "judul", "isi " * 300) for number in range(at, at + 500)]
            load(connection, own.of(index), at, some)

    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(writing, first) for first in range(0, 5_000_000, 1_000_000)]
        time.sleep(3)
        take_down(connection, [(index, own.of(index))])
        drain(connection, index)
        new_index.refresh(connection, index)
        held = new_index.count(connection, index)
        for one in writers:
            with pytest.raises(LeaseLost):
                one.result(60)
    new_index.refresh(connection, index)
    assert 0 < held == new_index.count(connection, index)
    blocks = connection.client.indices.get_settings(index=index, name="index.blocks.*")
    assert blocks == {}
