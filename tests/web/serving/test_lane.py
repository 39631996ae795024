from __future__ import annotations

import socket
import threading
import time

from web.serving.connection import Connection
from web.serving.lane import Job, Lane


def job(number: int, client: str = "127.0.0.1") -> Job:
    ours, theirs = socket.socketpair()
    theirs.close()
    connection = Connection(
        ours, (client, 1), ("localhost", "80"), metrics_only=False, has_unsent=lambda _: None
    )
    connection.close()
    return Job(connection, b"", "GET", str(number))


def taken(lane: Lane) -> list[str]:
    found = []
    while (one := lane.take()) is not None:
        found.append(one.path)
    return found


def test_every_job_is_taken_or_taken_back_and_none_twice() -> None:
    lane = Lane(4, 100)
    found: list[str] = []
    done = threading.Event()

    def taking() -> None:
        while not done.is_set():
            found.extend(taken(lane))
            time.sleep(0.0001)

    def taking_back() -> None:
        while not done.is_set():
            found.extend(job.path for job in lane.take_back(0.0002))
            newest = lane.take_back_newest()
            found.extend([newest.path] if newest else [])
            time.sleep(0.0005)

    threads = [threading.Thread(target=one) for one in (taking, taking, taking_back)]
    for thread in threads:
        thread.start()
    for number in range(2000):
        lane.put(job(number))
        if number % 50 == 0:
            time.sleep(0.001)
    while len(lane):
        time.sleep(0.001)
    done.set()
    for thread in threads:
        thread.join()
    assert sorted(found, key=int) == [str(number) for number in range(2000)]


def test_jobs_that_wait_are_taken_back_the_oldest_first() -> None:
    lane = Lane(1, 100)
    for number in range(4):
        lane.put(job(number))
    assert lane.take() is not None
    assert lane.take_back(60) == []
    time.sleep(0.05)
    assert [one.path for one in lane.take_back(0.01)] == ["1", "2", "3"]
    assert not len(lane)
    lane.put(job(5))
    assert taken(lane) == ["5"]


def test_clients_take_turns() -> None:
    lane = Lane(1, 100)
    for number in range(1, 5):
        lane.put(job(number, "10.0.0.1"))
    # Addresses of one network are one client.
    lane.put(job(5, "2001:db8::1"))
    lane.put(job(6, "2001:db8::2"))
    lane.put(job(7, "10.0.0.2"))
    # Who has the most gives way.
    newest = lane.take_back_newest()
    assert newest is not None
    assert newest.path == "4"
    assert taken(lane) == ["1", "5", "7", "2", "6", "3"]


def test_an_empty_lane_has_no_job_to_take_back() -> None:
    lane = Lane(1, 100)
    assert lane.take_back_newest() is None
    assert lane.take_back(0) == []


def test_of_clients_with_as_many_the_last_gives_way() -> None:
    lane = Lane(1, 100)
    for number in range(1, 4):
        lane.put(job(number, f"10.0.0.{number}"))
    newest = lane.take_back_newest()
    assert newest is not None
    assert newest.path == "3"


def test_a_lane_is_too_long_when_more_wait_than_may_beside_those_for_threads_at_rest() -> None:
    lane = Lane(2, 1)
    for number in range(3):
        lane.put(job(number))
    assert not lane.is_too_long()
    first = lane.take()
    assert not lane.is_too_long()
    lane.put(job(3))
    assert lane.is_too_long()
    assert first is not None
    lane.done(first)
    assert not lane.is_too_long()


def test_a_thread_that_rests_is_claimed_once_and_only_for_what_waits() -> None:
    lane = Lane(2, 100)
    assert not lane.claim()
    assert lane.take_or_rest() is None
    assert not lane.claim()
    lane.put(job(0))
    lane.put(job(1))
    assert lane.claim()
    assert not lane.claim()
    assert lane.take_or_rest() is not None
