"""A writer that was held up for longer than its lease changes nothing any more."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from index.analysis import NO_WORDS
from index.article import Article
from index.errors import ClusterTroubled, IndexLocked, IndexUnavailable, LeaseLost
from index.location import LOCK_SUFFIX
from index.opensearch import begun, companion, generations, history, new_index
from index.opensearch.bulk import delete
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, drain, fenced, is_blocked, switch, take_down
from index.opensearch.generations import UNFINISHED, Facts
from index.opensearch.lease import Lease, leased
from index.opensearch.loading import Loader, Loading
from index.opensearch.writer import Writer
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.fixtures import connected, new_alias
from tests.cluster.relay import relayed
from tests.cluster.turning_down import Answer, Forward, in_front_of
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


@contextmanager
def before_taking_down(hosts: list[str], url: str, act: Callable[[], object]) -> Iterator[str]:
    """The alias by a node where something happens once a writer's first change of aliases comes."""
    done: list[str] = []

    def passing(request: str) -> None:
        if request.startswith("POST /_aliases") and not done:
            done.append(request)
            act()

    with relayed(hosts[0]) as relay:
        relay.passing = passing
        yield f"opensearch://{relay.host}/{url.rpartition('/')[2]}"
    assert done


def test_an_update_that_wakes_before_its_fence_is_taken_down_is_completed(
    target: IndexTarget, connection: Connection, hosts: list[str], url: str
) -> None:
    late = [article(1, "terlambat", "isi terlambat")]
    with asleep(connection) as (_, facts, own):
        name, first = own.of(facts.index), facts.next_number

        def awake() -> None:
            told = begun.begin(connection, facts, [], own).told
            generations.tell(
                connection, name, {**facts.meta, "number": first + 2, UNFINISHED: told}
            )
            load(connection, name, first, late)

        with before_taking_down(hosts, url, awake) as through:
            open_target(through).update(NEW[1:], BuildOptions(wait=True))
    after = in_use(connection)
    assert after.revision == 2
    assert after.next_number > first + 3
    assert list(target.stored_articles()) == [*ARCHIVE[1:], *late, *NEW[1:]]
    assert target.verify() == []


def test_what_a_late_rollback_puts_to_use_is_not_dropped(
    target: IndexTarget, connection: Connection, hosts: list[str], url: str
) -> None:
    first = in_use(connection)
    target.rebuild(ARCHIVE[:3], ONE)
    with asleep(connection, first.index) as (_, _, own):
        assert lease_ended(connection)
        awake = partial(switch, connection, own, first.index)
        with before_taking_down(hosts, url, awake) as through:
            pruned = open_target(through).prune(1)
    assert pruned.removed == ()
    assert in_use(connection) == first


@pytest.mark.usefixtures("target")
def test_what_a_late_rebuild_puts_to_use_is_not_swept_away(
    connection: Connection, hosts: list[str], url: str
) -> None:
    index = generations.new_name(connection.cluster.alias)
    new_index.create(connection, index, 1)
    with asleep(connection, index) as (_, facts, own):
        assert lease_ended(connection)

        def awake() -> None:
            generations.tell(connection, own.of(index), facts.meta)
            switch(connection, own, index)

        with before_taking_down(hosts, url, awake) as through:
            open_target(through).prune(3)
    assert in_use(connection).index == index
    assert standing(connection) == []


@pytest.mark.usefixtures("target")
def test_what_the_manager_had_taken_on_is_done_once_a_fence_is_down(
    connection: Connection,
) -> None:
    facts, own = in_use(connection), Fence("late")
    name, other = own.of(facts.index), f"{connection.cluster.alias}-other"
    new_index.create(connection, other, 1)
    connection.client.indices.put_alias(index=facts.index, name=name)
    until = time.monotonic() + 4

    def keep_busy(one: int) -> None:
        """Changes of aliases, which come before those of mappings."""
        number = 0
        while time.monotonic() < until:
            connection.client.indices.put_alias(index=other, name=f"{other}-{one}-{number}")
            number += 1

    with ThreadPoolExecutor(9) as pool:
        busy = [pool.submit(keep_busy, one) for one in range(8)]
        time.sleep(0.5)
        late = pool.submit(generations.tell, connection, name, {**facts.meta, "number": 1000})
        time.sleep(0.5)
        take_down(connection, [(facts.index, name)])
        seen = in_use(connection)
        for one in (*busy, late):
            one.result(60)
    assert in_use(connection) == seen
    assert seen.next_number == 1000


@contextmanager
def unacknowledged(
    hosts: list[str], url: str, times: int
) -> Iterator[tuple[Connection, list[tuple[bytes, bool]]]]:
    """Somebody to whom so many changes of aliases are not acknowledged, and what is sent of them.

    With each whether the cluster has acknowledged it.
    """
    told: list[tuple[bytes, bool]] = []

    def lagging(number: int, body: bytes, forward: Forward) -> Answer:
        status, content = forward(body)
        known = status == 200 and number >= times
        told.append((body, known))
        if status == 200:
            content = json.dumps({"acknowledged": known}).encode()
        return status, content

    with in_front_of(hosts[0], lagging, "/_aliases") as host:
        yield connected(f"opensearch://{host}/{url.rpartition('/')[2]}"), told


@pytest.mark.usefixtures("target")
def test_where_a_node_has_not_heard_of_a_removal_another_change_is_acknowledged(
    connection: Connection, hosts: list[str], url: str
) -> None:
    index = in_use(connection).index
    name = Fence("late").of(index)
    connection.client.indices.put_alias(index=index, name=name)
    with unacknowledged(hosts, url, 2) as (lagging, told):
        take_down(lagging, [(index, name)])
    acknowledged = [body for body, known in told if known]
    assert b'"add"' in acknowledged[0]
    assert standing(connection) == []


def test_a_removal_that_is_never_acknowledged_is_left_to_the_next_writer(
    target: IndexTarget, connection: Connection, hosts: list[str], url: str
) -> None:
    index = in_use(connection).index
    name = Fence("late").of(index)
    connection.client.indices.put_alias(index=index, name=name)
    with (
        unacknowledged(hosts, url, 1000) as (lagging, _),
        pytest.raises(ClusterTroubled, match="acknowledged"),
    ):
        take_down(lagging, [(index, name)])
    ((_, left),) = standing(connection)
    assert left != name
    target.update(NEW, ONE)
    assert standing(connection) == []


@pytest.mark.usefixtures("target")
def test_what_somebody_removes_is_told_and_not_a_lost_lease(connection: Connection) -> None:
    index = in_use(connection).index

    def removed(lease: Lease) -> None:
        with fenced(connection, lease, [index]) as own:
            generations.remove(connection, [index])
            generations.tell(connection, own.of(index), {})

    gone = pytest.raises(ClusterTroubled, match=f"{index} was removed")
    with leased(connection, wait=False) as lease, gone:
        removed(lease)


@pytest.mark.usefixtures("target")
def test_a_rebuild_whose_index_was_swept_away_has_lost_its_lease(
    connection: Connection, hosts: list[str], url: str
) -> None:
    before = in_use(connection)
    lock = connection.cluster.alias + LOCK_SUFFIX
    with relayed(hosts[0]) as relay:

        def passing(request: str) -> None:
            if "_refresh" in request and "-companion" not in request:
                connection.client.delete(index=lock, id="writer", params={"refresh": "true"})
                generations.remove(connection, generations.found(connection).left)

        relay.passing = passing
        with pytest.raises(LeaseLost):
            open_target(f"opensearch://{relay.host}/{url.rpartition('/')[2]}").rebuild(NEW, ONE)
    assert in_use(connection) == before


def test_who_has_lost_the_lease_removes_no_index_that_he_has_made(
    target: IndexTarget, connection: Connection
) -> None:
    lock = connection.cluster.alias + LOCK_SUFFIX
    made: list[str] = []

    def cut() -> Iterator[Article]:
        yield NEW[0]
        made.extend(generations.found(connection).left)
        connection.client.delete(index=lock, id="writer")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        target.rebuild(cut(), ONE)
    assert len(made) == 2
    assert sorted(generations.found(connection).left) == sorted(made)


@pytest.mark.usefixtures("target")
def test_what_ends_a_change_is_not_hidden_by_what_comes_after_it(connection: Connection) -> None:
    index = in_use(connection).index

    def removed() -> None:
        with new_index.unseen(connection, index):
            generations.remove(connection, [index])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        removed()


def test_an_index_of_the_longest_alias_is_rebuilt_and_updated(hosts: list[str]) -> None:
    with new_alias(hosts, 192) as url:
        target = open_target(url)
        target.rebuild(ARCHIVE[:3], ONE)
        assert target.update(NEW, ONE).articles == 4
        assert standing(connected(url)) == []


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
    assert not is_blocked(connection, index)


@pytest.mark.usefixtures("target")
def test_an_index_that_is_blocked_already_is_drained_and_stays_blocked(
    connection: Connection,
) -> None:
    index = in_use(connection).index
    connection.client.indices.add_block(index=index, block="write")
    drain(connection, index, stays=True)
    assert is_blocked(connection, index)
    drain(connection, index)
    assert not is_blocked(connection, index)


@pytest.mark.usefixtures("target")
def test_a_block_of_which_the_answer_was_lost_is_lifted_and_not_asked_for_again(
    connection: Connection, hosts: list[str], url: str
) -> None:
    index = in_use(connection).index

    sent: list[int] = []

    def lost(number: int, body: bytes, forward: Forward) -> Answer | None:
        sent.append(number)
        forward(body)
        return None

    with in_front_of(hosts[0], lost, "/_block/") as host:
        through = connected(f"opensearch://{host}/{url.rpartition('/')[2]}")
        with pytest.raises(IndexUnavailable):
            drain(through, index)
    assert sent == [0]  # A second one would not have waited for anything.
    assert not is_blocked(connection, index)


def test_a_command_that_is_killed_while_it_drains_an_index_leaves_no_block_for_ever(
    target: IndexTarget, connection: Connection
) -> None:
    facts = in_use(connection)
    told = begun.Begun(facts.next_number, (), (), blocked=True).told
    generations.tell(connection, facts.index, {**facts.meta, UNFINISHED: told})
    connection.client.indices.add_block(index=facts.index, block="write")
    target.update(NEW, ONE)
    assert not is_blocked(connection, facts.index)
    assert UNFINISHED not in in_use(connection).meta
