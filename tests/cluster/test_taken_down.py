"""What is known once a fence is taken down, and what is told where it, or an index, is gone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from index.article import Article
from index.errors import ClusterTroubled, LeaseLost
from index.location import LOCK_SUFFIX
from index.opensearch import generations, new_index
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, fenced, take_down
from index.opensearch.lease import Lease, leased
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.fixtures import connected, new_alias
from tests.cluster.late import (
    NEW,
    in_use,
    standing,
)
from tests.cluster.relay import relayed
from tests.cluster.turning_down import Answer, Forward, in_front_of
from tests.conftest import ARCHIVE

pytestmark = pytest.mark.cluster

ONE = BuildOptions()


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
