"""The loop goes from thread to thread, is never in two, and every job is finished once."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

import pytest

from tests.web.serving.servers import eventually
from tests.web.serving.test_lane import job
from web.serving.bounds import LEAD_SECONDS, LOOK_SECONDS, MANY_AT_WORK, TOGETHER_SECONDS
from web.serving.crew import Crew, Outcome
from web.serving.lane import Job


class Serving:
    """A loop of calls instead of sockets, its crew, and what both were seen to do."""

    def __init__(self, threads: int, answer: Callable[[Job], None]) -> None:
        self.finished = Counter[str]()
        self.turned_by = Counter[str]()
        self.most_at_once = 0
        self._calls: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._alone = threading.RLock()
        self._at_once = 0
        self._taken_back = False
        self._counting = threading.Lock()
        self._answer = answer
        self.crew = Crew(
            "test",
            threads,
            10_000,
            answer=self._answered,
            finished=self._finish,
            defer=lambda call, *args: self._calls.put(lambda: call(*args)),
            turn=self._turn_for_a_thread,
        )

    def come(self, *jobs: Job) -> None:
        """All in one turn."""

        def put() -> None:
            for one in jobs:
                self.crew.lane.put(one)

        self._calls.put(put)

    def turn(self, seconds: float) -> bool:
        self.turned_by[threading.current_thread().name] += 1
        with self._alone_in_the_loop():
            try:
                self._calls.get(timeout=seconds)()
            except Empty:
                return False
            return True

    def until(self, done: Callable[[], bool]) -> None:
        """What the main thread of a worker does."""
        deadline = time.monotonic() + 60
        while not done():
            assert time.monotonic() < deadline, self.finished
            self.turn(0.0 if self._taken_back else 0.01)
            self._taken_back = self.crew.lend()

    @contextmanager
    def _alone_in_the_loop(self) -> Iterator[None]:
        assert self._alone.acquire(blocking=False), "two threads have the loop"
        try:
            yield
        finally:
            self._alone.release()

    def _turn_for_a_thread(self) -> bool:
        wanted = len(self.crew.lane) > 0
        return self.turn(0.0 if wanted else LEAD_SECONDS) or wanted

    def _answered(self, one: Job) -> Outcome:
        with self._counting:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self._answer(one)
        with self._counting:
            self._at_once -= 1
        return True, None

    def _finish(self, one: Job, outcome: Outcome) -> None:
        assert outcome == (True, None)
        with self._alone_in_the_loop():
            self.finished[one.path] += 1


@pytest.fixture(params=[None, 1e-5], ids=["usual", "quick"])
def turns(request: pytest.FixtureRequest) -> Iterator[None]:
    """Also with threads that get the interpreter in turns much quicker than usual."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(request.param or before)
    yield
    sys.setswitchinterval(before)


def worked(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.mark.usefixtures("turns")
@pytest.mark.parametrize("threads", [1, 2, 5, MANY_AT_WORK + 6])
def test_every_job_is_finished_once_however_long_answers_take(threads: int) -> None:
    chance = random.Random(threads)

    def answer(_: Job) -> None:
        # Nothing, or asleep or at work for about as long as after which the loop is taken back.
        seconds = LOOK_SECONDS * chance.choice((0, 0, 0, 0, 0.2, 1, 1.5, 2, 2.2, 4))
        chance.choice((time.sleep, worked))(seconds)

    serving = Serving(threads, answer)
    count = 400

    def coming() -> None:
        for number in range(count):
            serving.come(job(number, f"10.0.0.{number % 7}"))
            time.sleep(chance.choice((0, 0, 0, 0, 0.001, LOOK_SECONDS, LEAD_SECONDS * 1.1)))

    source = threading.Thread(target=coming)
    source.start()
    serving.until(lambda: len(serving.finished) == count)
    source.join()
    assert set(serving.finished.values()) == {1}
    assert serving.most_at_once <= threads
    assert not serving.crew.lane.running
    assert not len(serving.crew.lane)


def test_short_answers_are_made_by_the_thread_that_has_the_loop() -> None:
    threads = Counter[str]()
    serving = Serving(4, lambda _: threads.update([threading.current_thread().name]))

    def coming() -> None:
        for number in range(300):
            serving.come(job(number))
            time.sleep(0.001)

    source = threading.Thread(target=coming)
    source.start()
    serving.until(lambda: len(serving.finished) == 300)
    source.join()
    # A busy machine may hold one up for so long that the loop is taken back from it.
    assert max(threads.values()) > 150
    assert serving.turned_by["MainThread"] < 150


def test_a_long_answer_holds_up_no_other_and_another_thread_gets_the_loop() -> None:
    going = threading.Event()

    def answer(one: Job) -> None:
        if one.path == "0":
            going.wait(20)

    serving = Serving(2, answer)
    begun = time.monotonic()
    for number in range(100):
        serving.come(job(number))
    serving.until(lambda: len(serving.finished) == 99)
    assert time.monotonic() - begun < 10
    assert [one.path for one in serving.crew.lane.running] == ["0"]
    going.set()
    serving.until(lambda: len(serving.finished) == 100)


def test_what_waits_for_others_is_begun_at_once_by_all_threads() -> None:
    together = threading.Barrier(4, timeout=20)

    def answer(_: Job) -> None:
        together.wait()

    serving = Serving(4, answer)
    for number in range(8):
        serving.come(job(number))
    serving.until(lambda: len(serving.finished) == 8)
    assert serving.most_at_once == 4


def test_what_computes_is_made_by_one_thread_after_the_other() -> None:
    def most_by_one_thread() -> int:
        threads = Counter[str]()

        def answer(one: Job) -> None:
            worked(LOOK_SECONDS * (20 if one.path == "0" else 0.2))
            threads.update([threading.current_thread().name])

        serving = Serving(6, answer)
        serving.come(*(job(number) for number in range(60)))
        serving.until(lambda: len(serving.finished) == 60)
        return max(threads.values())

    # On a machine that is busy otherwise, computing may look like waiting.
    eventually(lambda: most_by_one_thread() >= 30)


def test_the_loop_is_turned_between_two_long_answers_however_many_come_at_once() -> None:
    def turns_of_eight() -> int:
        begun = list[int]()
        done = threading.Event()

        def answer(_: Job) -> None:
            begun.append(serving.turned_by.total())
            while not done.is_set():
                pass

        serving = Serving(8, answer)
        serving.come(*(job(number) for number in range(8)))
        serving.until(lambda: len(begun) == 8)
        done.set()
        serving.until(lambda: len(serving.finished) == 8)
        return len(set(begun))

    # Some may look at once where the machine held the first up before it could: not every time.
    assert max(turns_of_eight() for _ in range(3)) > 4


@pytest.mark.parametrize("many", [MANY_AT_WORK - 1, MANY_AT_WORK])
def test_while_many_answer_the_next_do_so_without_the_loop(many: int) -> None:
    def leaders_beside_long_answers() -> set[str]:
        going = threading.Event()

        def answer(one: Job) -> None:
            if one.path != "next":
                going.wait(20)

        serving = Serving(many + 1, answer)
        serving.come(*(job(number) for number in range(many)))
        serving.until(lambda: serving.most_at_once == many)
        # Not because of those: it was seen long ago that they wait for others.
        seen = time.monotonic()
        serving.until(lambda: time.monotonic() > seen + 2 * TOGETHER_SECONDS)
        serving.turned_by.clear()
        following = job(many)
        following.path = "next"
        serving.come(following)
        serving.until(lambda: serving.finished["next"] == 1)
        leaders = set(serving.turned_by)
        going.set()
        serving.until(lambda: serving.finished.total() == many + 1)
        return leaders - {"MainThread"}

    if many == MANY_AT_WORK:
        assert not leaders_beside_long_answers()
    else:
        # A busy machine may hold a thread up for so long that the loop is taken back from it.
        eventually(leaders_beside_long_answers)


def test_a_thread_gives_the_loop_back_when_nothing_happens() -> None:
    serving = Serving(2, lambda _: None)
    serving.come(job(0))
    serving.until(lambda: len(serving.finished) == 1)
    assert serving.turned_by["MainThread"]
    serving.turned_by.clear()
    idle = time.monotonic() + 0.3
    serving.until(lambda: time.monotonic() > idle)
    assert set(serving.turned_by) == {"MainThread"}


def test_what_goes_wrong_in_the_loop_of_a_thread_is_raised_in_the_main_thread() -> None:
    serving = Serving(2, lambda _: None)
    serving.come(job(0))

    def wrong() -> None:
        raise ValueError("patah")

    def break_off(_: Job) -> None:
        serving._calls.put(wrong)

    serving._answer = break_off
    with pytest.raises(ValueError, match="patah"):
        serving.until(lambda: False)


def test_jobs_are_answered_without_the_loop_where_it_is_not_lent() -> None:
    serving = Serving(2, lambda _: None)
    serving.come(job(0))
    while not serving.finished:
        serving.turn(0.01)
        serving.crew.call()
    assert set(serving.turned_by) == {"MainThread"}
    eventually(lambda: not serving.crew.lane.running)
