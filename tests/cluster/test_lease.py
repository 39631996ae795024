"""Of all who would write an alias one may, who loses the right when it is held up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any

import pytest

from index.errors import IndexLocked, IndexUnreachable, LeaseLost
from index.location import LOCK_SUFFIX
from index.opensearch.connection import Connection
from index.opensearch.lease import Lease, leased
from tests.cluster.fixtures import connected
from tests.conftest import ROOT
from tests.nodes import closed_port

pytestmark = pytest.mark.cluster

HOLDING = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored in the background
from index.location import locate
from index.opensearch.connection import Connection
from index.opensearch.lease import leased
with leased(Connection(locate(sys.argv[1])), wait=False, seconds=float(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


def lock_of(connection: Connection) -> str:
    return connection.cluster.alias + LOCK_SUFFIX


def holder(url: str, seconds: float) -> subprocess.Popen[str]:
    """A process that holds the lock until it is stopped."""
    command = [sys.executable, "-c", HOLDING, url, str(seconds)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def ended(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    process.communicate(timeout=30)


def test_a_second_writer_is_told_who_holds_the_lock_since_when(url: str) -> None:
    process = holder(url, 60)
    try:
        with pytest.raises(IndexLocked) as caught, leased(connected(url), wait=False):
            pytest.fail("two hold the lock")
        told = caught.value
        assert told.index == url
        for sentence in (told.english, told.indonesian):
            assert f"{process.pid}" in sentence
            assert f"@{os.uname().nodename}" in sentence
            assert f"{time.strftime('%Y')}-" in sentence
            assert "--wait" in sentence
    finally:
        ended(process, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_who_is_stopped_releases_the_lock(url: str, number: signal.Signals) -> None:
    ended(holder(url, 60), number)
    with leased(connected(url), wait=False):
        pass
    with leased(connected(url), wait=False):
        pass


def test_the_lock_of_one_who_was_killed_is_taken_over_after_its_lease(url: str) -> None:
    ended(holder(url, 3), signal.SIGKILL)
    with pytest.raises(IndexLocked), leased(connected(url), wait=False):
        pass
    began = time.monotonic()
    with leased(connected(url), wait=True) as lease:
        assert time.monotonic() - began < 30
        lease.require()


def test_who_waits_writes_after_the_other(url: str) -> None:
    done: list[str] = []

    def write() -> None:
        with leased(connected(url), wait=True):
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with leased(connected(url), wait=False):
            second = pool.submit(write)
            time.sleep(1.5)
            done.append("first")
        second.result(30)
    assert done == ["first", "second"]


def test_of_writers_that_come_at_once_one_goes_on(url: str) -> None:
    together = Event()
    finished = Event()

    def write(_: int) -> bool:
        together.wait()
        try:
            with leased(connected(url), wait=False):
                finished.wait(30)
        except IndexLocked:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        writers = [pool.submit(write, n) for n in range(8)]
        together.set()
        while sum(one.done() for one in writers) < 7:
            time.sleep(0.05)
        finished.set()
        assert sorted(one.result() for one in writers) == [False] * 7 + [True]


def test_a_lock_that_is_held_for_longer_than_a_lease_stays_held(url: str) -> None:
    with leased(connected(url), wait=False, seconds=2) as lease:
        time.sleep(5)
        with pytest.raises(IndexLocked), leased(connected(url), wait=False):
            pass
        lease.require()


def taken_over(url: str) -> tuple[Lease, Lease]:
    """A lease that nobody renewed in time, and that of who took over."""
    late, next_one = Lease(connected(url), 0.1), Lease(connected(url), 60)
    late._done.set()  # As of a machine that sleeps.
    late.take()
    deadline = time.monotonic() + 30
    while True:
        try:
            next_one.take()
        except IndexLocked:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        else:
            return late, next_one


def test_who_was_held_up_for_longer_than_a_lease_may_not_publish(url: str) -> None:
    late, next_one = taken_over(url)
    try:
        with pytest.raises(LeaseLost, match="nothing was published"):
            late.require()
        late.release()
        next_one.require()
    finally:
        next_one.release()


def test_a_renewal_that_finds_another_ends_the_work_of_who_is_late(url: str) -> None:
    connection = connected(url)
    with leased(connection, wait=False, seconds=0.6) as lease:
        lease.require_unlost()
        connection.asked(lambda client: client.delete(index=lock_of(connection), id="writer"))
        deadline = time.monotonic() + 30
        with pytest.raises(LeaseLost):
            _until_lost(lease, deadline)


def _until_lost(lease: Lease, deadline: float) -> None:
    while time.monotonic() < deadline:
        lease.require_unlost()
        time.sleep(0.05)


def test_a_lease_is_renewed_again_once_its_closed_index_is_open(url: str) -> None:
    connection = connected(url)
    lock = lock_of(connection)
    with leased(connection, wait=False, seconds=1.5) as lease:
        connection.client.indices.close(index=lock)
        time.sleep(2)
        assert lease._thread.is_alive()
        connection.client.indices.open(index=lock, params={"wait_for_active_shards": "1"})
        before = written(connection)["renewed"]
        deadline = time.monotonic() + 30
        while written(connection)["renewed"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        lease.require_unlost()


def test_a_lease_is_lost_with_its_document(url: str) -> None:
    connection = connected(url)
    with leased(connection, wait=False) as lease:
        connection.asked(lambda client: client.delete(index=lock_of(connection), id="writer"))
        with pytest.raises(LeaseLost):
            lease.require()


def test_a_renewal_whose_answer_was_lost_is_found(url: str) -> None:
    with leased(connected(url), wait=False) as lease:
        before = lease._state
        lease.require()
        assert lease._state != before
        lease._state = before
        lease.require()


def test_a_renewal_tells_the_cluster_s_time_after_the_machine_was_suspended(url: str) -> None:
    connection = connected(url)
    with leased(connection, wait=False) as lease:
        before = written(connection)["renewed"]
        lease._ahead -= 3600  # As where the clock of the machine has stood still for an hour.
        lease.require()
        # The cluster tells its time by the second.
        assert before - 1 <= written(connection)["renewed"] < before + 60


def written(connection: Connection) -> dict[str, Any]:
    found: dict[str, Any] = connection.asked(
        lambda client: client.get_source(index=lock_of(connection), id="writer")
    )
    return found


def test_who_is_interrupted_while_taking_the_lock_leaves_none(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def interrupted(_: Thread) -> None:
            raise KeyboardInterrupt  # The first that happens once the document is written.

        patched.setattr(Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt), leased(connected(url), wait=False):
            pass
    with leased(connected(url), wait=False):
        pass


def write(connection: Connection, document: dict[str, Any]) -> None:
    """Let another program hold the lock."""
    with leased(connection, wait=False):
        pass
    connection.asked(
        lambda client: client.index(index=lock_of(connection), id="writer", body=document)
    )


@pytest.mark.parametrize(
    "document", [{}, {"renewed": "2026", "lease": []}, {"renewed": None, "lease": True}]
)
def test_a_lock_of_which_it_is_not_told_when_it_ends_has_ended(
    url: str, document: dict[str, Any]
) -> None:
    write(connected(url), document)
    with leased(connected(url), wait=False) as lease:
        lease.require()


def test_of_a_lock_what_cannot_be_read_is_told_as_unknown(url: str) -> None:
    odd = {"renewed": 1e18, "lease": 1, "since": 1e300, "holder": ["a\n"], "process": None}
    write(connected(url), odd)
    with pytest.raises(IndexLocked, match=r"\['a\\n'\].*since \?") as caught:
        Lease(connected(url), 60).take()
    assert "\n" not in caught.value.english


def test_sigterm_means_afterwards_what_it_meant_before(url: str) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with leased(connected(url), wait=False):
        pass
    assert signal.getsignal(signal.SIGTERM) is before


def test_no_lock_is_taken_where_no_node_answers() -> None:
    connection = connected(f"opensearch://{closed_port()}/berita")
    with pytest.raises(IndexUnreachable), leased(connection, wait=True):
        pass
