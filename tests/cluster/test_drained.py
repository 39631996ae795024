"""Nothing is written to an index any more once it is drained, and its block is as it was."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.errors import IndexUnavailable, LeaseLost
from index.opensearch import begun, fence, generations, new_index
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, drain, is_blocked, take_down
from index.opensearch.generations import UNFINISHED
from index.target import BuildOptions, IndexTarget
from tests.cluster.fixtures import connected
from tests.cluster.late import (
    NEW,
    in_use,
    load,
)
from tests.cluster.turning_down import Answer, Forward, in_front_of
from tests.conftest import article

pytestmark = pytest.mark.cluster

ONE = BuildOptions()


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


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.usefixtures("target")
def test_an_index_that_is_blocked_already_is_drained_and_stays_blocked(
    connection: Connection,
) -> None:
    index = in_use(connection).index
    connection.client.indices.add_block(index=index, block="write")
    drain(connection, index, stays=True)
    assert is_blocked(connection, index)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fence, "_blocked", _interrupted)
        with pytest.raises(KeyboardInterrupt):
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
    told = begun.Begun(facts.next_number, (), (), blocked=True).told(seen=True)
    generations.tell(connection, facts.index, {**facts.meta, UNFINISHED: told})
    connection.client.indices.add_block(index=facts.index, block="write")
    target.update(NEW, ONE)
    assert not is_blocked(connection, facts.index)
    assert UNFINISHED not in in_use(connection).meta
