"""The two clocks of a budget: only the thread's processor time ends it, whatever the wall says."""

from __future__ import annotations

import os
from threading import local

import pytest

from search import budget as budgets
from search.budget import Budget

SECONDS = 10.0


class Clocks:
    """Both clocks, moved by hand. ``readings``: how often that of the processor was read."""

    def __init__(self) -> None:
        self.wall = 5_000.0
        self.processor = 3.0
        self.readings = 0

    def monotonic(self) -> float:
        return self.wall

    def thread_time(self) -> float:
        self.readings += 1
        return self.processor

    def work(self, seconds: float) -> None:
        self.wall += seconds
        self.processor += seconds

    def wait(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    found = Clocks()
    monkeypatch.setattr(budgets, "monotonic", found.monotonic)
    monkeypatch.setattr(budgets, "thread_time", found.thread_time)
    monkeypatch.setattr(budgets, "_threads", local())
    return found


def is_up(budget: Budget) -> bool:
    """What every way to look says."""
    up = budget.spent()
    assert budget.lasts(0) is not up
    assert (budget.left() < 0) is up
    assert budget.takes(1) is not up
    assert budget.late is budget.partial is up
    return up


def test_a_thread_that_waits_is_not_late(clocks: Clocks) -> None:
    budget = Budget(SECONDS)
    for _ in range(3):
        clocks.wait(2 * SECONDS)
        assert not is_up(budget)
    clocks.work(SECONDS - 1)
    clocks.wait(2 * SECONDS)
    assert not is_up(budget)


@pytest.mark.parametrize("waited", [0.0, 1.0, 5 * SECONDS])
def test_a_thread_that_worked_so_long_is_late_at_the_next_look(
    clocks: Clocks, waited: float
) -> None:
    budget = Budget(SECONDS)
    clocks.work(SECONDS - 1)
    clocks.wait(waited)
    assert not is_up(budget)
    clocks.work(1.5)
    assert is_up(budget)
    assert is_up(budget)


def test_the_processor_is_asked_only_when_the_time_may_be_up(clocks: Clocks) -> None:
    budget = Budget(SECONDS)
    clocks.readings = 0
    clocks.work(SECONDS - 1)
    assert not is_up(budget)
    assert clocks.readings == 0
    clocks.wait(3.0)
    assert not is_up(budget)
    assert clocks.readings == 1
    clocks.work(0.5)
    assert not is_up(budget)
    assert clocks.readings == 1
    clocks.work(1.0)
    assert is_up(budget)


@pytest.mark.parametrize("looked", [False, True], ids=["before a look", "behind it"])
@pytest.mark.parametrize("kind", ["part", "apart"])
def test_what_is_begun_later_ends_at_the_same_time(
    clocks: Clocks, kind: str, *, looked: bool
) -> None:
    budget = Budget(SECONDS)
    clocks.work(6.0)
    clocks.wait(SECONDS)
    if looked:
        assert not is_up(budget)
    later = budget.part() if kind == "part" else budget.apart()
    clocks.work(3.5)
    clocks.wait(SECONDS)
    assert not is_up(later)
    assert not is_up(budget)
    clocks.work(1.0)
    assert is_up(later)
    assert is_up(budget)


def test_what_is_begun_too_late_has_no_time(clocks: Clocks) -> None:
    budget = Budget(SECONDS)
    clocks.work(SECONDS + 1)
    assert is_up(budget.part())
    assert is_up(budget.apart())


def test_a_young_reading_of_the_processors_clock_serves_the_next_budgets(clocks: Clocks) -> None:
    Budget(SECONDS)
    clocks.readings = 0
    clocks.work(SECONDS / 200)
    young = Budget(SECONDS)
    assert clocks.readings == 0
    clocks.work(SECONDS / 100)
    Budget(SECONDS)
    assert clocks.readings == 1
    clocks.work(0.98 * SECONDS)
    assert not is_up(young)
    clocks.work(0.03 * SECONDS)
    assert is_up(young)


def test_a_reading_from_before_others_waited_gives_no_more_than_that(clocks: Clocks) -> None:
    Budget(SECONDS)
    clocks.wait(0.009 * SECONDS)
    budget = Budget(SECONDS)
    clocks.work(1.008 * SECONDS)
    assert not is_up(budget)
    clocks.work(0.002 * SECONDS)
    assert is_up(budget)


def test_a_child_reads_its_own_clock(clocks: Clocks) -> None:
    Budget(SECONDS)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        clocks.readings = 0
        Budget(SECONDS)
        os.write(write, bytes([clocks.readings]))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"\x01"
    os.close(read)
    os.close(write)
