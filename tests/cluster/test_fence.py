"""A writer that was held up for longer than its lease changes nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from index.errors import LeaseLost
from index.opensearch import begun, companion, generations, history, new_index
from index.opensearch.bulk import delete
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, fenced, switch, take_down
from index.opensearch.generations import UNFINISHED
from index.opensearch.lease import Lease
from index.opensearch.writer import Writer
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.late import (
    NEW,
    asleep,
    before_taking_down,
    in_use,
    lease_ended,
    load,
    loader_of,
    standing,
)
from tests.conftest import ARCHIVE, article

pytestmark = pytest.mark.cluster

ONE = BuildOptions()
LATE = [article(number, "terlambat", f"isi {number}") for number in range(60, 70)]


def test_nothing_of_a_late_update_comes_after_another_command(
    target: IndexTarget, connection: Connection, tmp_path: Path
) -> None:
    (tmp_path / "light").mkdir()
    with asleep(connection) as (_, facts, own):
        name, first = own.of(facts.index), facts.next_number
        told = begun.begin(connection, facts, [], own).told(seen=False)
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


def test_an_update_that_wakes_before_its_fence_is_taken_down_is_completed(
    target: IndexTarget, connection: Connection, hosts: list[str], url: str
) -> None:
    late = [article(1, "terlambat", "isi terlambat")]
    with asleep(connection) as (_, facts, own):
        name, first = own.of(facts.index), facts.next_number

        def awake() -> None:
            told = begun.begin(connection, facts, [], own).told(seen=False)
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
