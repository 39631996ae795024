from __future__ import annotations

import socket
import threading
import time

from tests.web.serving.servers import eventually
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


def test_every_job_is_answered_or_taken_back_and_none_twice() -> None:
    answered: list[str] = []

    def answer(job: Job) -> None:
        time.sleep(0.0001)
        answered.append(job.path)

    lane = Lane("test", 4, 100, answer)
    taken: list[str] = []
    done = threading.Event()

    def taking() -> None:
        while not done.is_set():
            taken.extend(job.path for job in lane.take_back(0.002))
            time.sleep(0.0005)

    taker = threading.Thread(target=taking)
    taker.start()
    for number in range(2000):
        lane.put(job(number))
        if number % 50 == 0:
            time.sleep(0.001)
    eventually(lambda: not len(lane) and not lane.running)
    done.set()
    taker.join()
    eventually(lambda: len(answered) + len(taken) == 2000)
    assert sorted(answered + taken, key=int) == [str(number) for number in range(2000)]


def test_jobs_that_wait_are_taken_back_the_oldest_first() -> None:
    going = threading.Event()
    lane = Lane("test", 1, 100, lambda _: _waited(going))
    for number in range(4):
        lane.put(job(number))
    eventually(lambda: len(lane) == 3)
    assert lane.take_back(60) == []
    time.sleep(0.05)
    assert [one.path for one in lane.take_back(0.01)] == ["1", "2", "3"]
    going.set()
    eventually(lambda: not lane.running)
    late = job(5)
    lane.put(late)
    eventually(lambda: not len(lane) and not lane.running)


def test_clients_take_turns() -> None:
    going, answered = threading.Event(), list[str]()

    def answer(job: Job) -> None:
        going.wait(20)
        answered.append(job.path)

    lane = Lane("test", 1, 100, answer)
    lane.put(job(0))
    eventually(lambda: not len(lane))
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
    going.set()
    eventually(lambda: len(answered) == 7)
    assert answered == ["0", "1", "5", "7", "2", "6", "3"]


def test_an_empty_lane_has_no_job_to_take_back() -> None:
    lane = Lane("test", 1, 100, lambda _: None)
    assert lane.take_back_newest() is None
    assert lane.take_back(0) == []


def _waited(event: threading.Event) -> None:
    event.wait(20)


def test_of_clients_with_as_many_the_last_gives_way() -> None:
    going = threading.Event()
    lane = Lane("test", 1, 100, lambda _: _waited(going))
    lane.put(job(0))
    eventually(lambda: not len(lane))
    for number in range(1, 4):
        lane.put(job(number, f"10.0.0.{number}"))
    newest = lane.take_back_newest()
    going.set()
    assert newest is not None
    assert newest.path == "3"
    eventually(lambda: not len(lane) and not lane.running)
