"""What ends a budget: work, and only the thread's processor time, whatever the wall says."""

from __future__ import annotations

import os
from contextlib import suppress
from math import inf, nan
from threading import local
from time import sleep, thread_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import budget as budgets
from search.budget import Budget, PythonBudget, Work, wait, waited

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


def is_up(budget: PythonBudget) -> bool:
    """What every way to look says."""
    up = budget.spent()
    assert budget.lasts(0) is not up
    assert (budget.left() < 0) is up
    assert budget.takes(1) is not up
    assert budget.late is budget.partial is up
    return up


def test_a_thread_that_waits_is_not_late(clocks: Clocks) -> None:
    budget = PythonBudget(SECONDS)
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
    budget = PythonBudget(SECONDS)
    clocks.work(SECONDS - 1)
    clocks.wait(waited)
    assert not is_up(budget)
    clocks.work(1.5)
    assert is_up(budget)
    assert is_up(budget)


def test_the_processor_is_asked_only_when_the_time_may_be_up(clocks: Clocks) -> None:
    budget = PythonBudget(SECONDS)
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
    budget = PythonBudget(SECONDS)
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
    budget = PythonBudget(SECONDS)
    clocks.work(SECONDS + 1)
    assert is_up(budget.part())
    assert is_up(budget.apart())


def test_a_young_reading_of_the_processors_clock_serves_the_next_budgets(clocks: Clocks) -> None:
    PythonBudget(SECONDS)
    clocks.readings = 0
    clocks.work(SECONDS / 200)
    young = PythonBudget(SECONDS)
    assert clocks.readings == 0
    clocks.work(SECONDS / 100)
    PythonBudget(SECONDS)
    assert clocks.readings == 1
    clocks.work(0.98 * SECONDS)
    assert not is_up(young)
    clocks.work(0.03 * SECONDS)
    assert is_up(young)


def test_a_reading_from_before_others_waited_gives_no_more_than_that(clocks: Clocks) -> None:
    PythonBudget(SECONDS)
    clocks.wait(0.009 * SECONDS)
    budget = PythonBudget(SECONDS)
    clocks.work(1.008 * SECONDS)
    assert not is_up(budget)
    clocks.work(0.002 * SECONDS)
    assert is_up(budget)


def test_a_child_reads_its_own_clock(clocks: Clocks) -> None:
    PythonBudget(SECONDS)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        clocks.readings = 0
        PythonBudget(SECONDS)
        os.write(write, bytes([clocks.readings]))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"\x01"
    os.close(read)
    os.close(write)


WORK = st.integers(0, 50)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["lasts", "takes", "add"]), WORK),
        st.tuples(st.sampled_from(["part", "limited"]), WORK),
        st.tuples(st.sampled_from(["spent", "left", "apart", "up", "all_work", "count"]), WORK),
    ),
    max_size=30,
)


def seen(
    kind: type[Budget | PythonBudget], most: float, steps: list[tuple[str, int]]
) -> list[object]:
    """What a budget of the kind says to the steps, taken on it and on what is made of it."""
    chain = [kind(60.0, most)]
    found: list[object] = []
    for step, work in steps:
        budget = chain[-1]
        match step:
            case "add":
                budget.work += work
            case "count":
                budget.counted[work] = None
            case "part":
                chain.append(budget.part())
            case "limited":
                chain.append(budget.part(float(work)))
            case "apart":
                chain.append(budget.apart())
            case "up":
                chain[:] = chain[: max(1, len(chain) - 1)]
            case "lasts" | "takes":
                found.append(getattr(budget, step)(work))
            case "spent" | "all_work":
                found.append(getattr(budget, step)())
            case "left":
                found.append(min(budget.left(), 1 << 60))
        found.append([(one.work, one.partial, one.late, one.patience) for one in chain])
        found.append([one.counted for one in chain])
        found.append(chain[0].all_work())
    return found


MOST = st.one_of(
    st.sampled_from([inf, 1 << 62, (1 << 63) + 1, 10**400, 1e300]),
    st.integers(-5, 200),
    st.floats(-5, 200),
)


@given(most=MOST, steps=STEPS)
def test_every_step_is_as_without_the_kernel(most: float, steps: list[tuple[str, int]]) -> None:
    assert seen(Budget, most, steps) == seen(PythonBudget, most, steps)


@pytest.mark.parametrize("kind", [Budget, PythonBudget])
def test_time_that_is_over_ends_it_and_its_parts(kind: type[Budget]) -> None:
    budget = kind(-1.0)
    part = budget.part()
    assert not budget.lasts(0)
    assert budget.left() < 0
    assert (budget.partial, budget.late, part.partial) == (False, False, False)
    assert budget.spent()
    assert (budget.partial, budget.late, part.partial) == (True, True, False)
    assert not part.takes(1)
    assert part.late
    assert budget.apart().spent()


@pytest.mark.parametrize("kind", [Budget, PythonBudget])
def test_time_goes_by_as_the_thread_works(kind: type[Budget]) -> None:
    budget = kind(0.02)
    assert not budget.spent()
    until = thread_time() + 0.03
    while thread_time() < until:
        pass
    assert budget.spent()


@pytest.mark.parametrize("kind", [Budget, PythonBudget])
def test_a_thread_at_rest_is_not_late(kind: type[Budget]) -> None:
    budget = kind(0.5)
    sleep(0.51)
    assert not budget.spent()


def test_what_was_waited_is_taken_from_patience_alone() -> None:
    budget, before = Budget(60.0), waited()
    wait(budget, 20.0)
    assert budget.patience == 40.0
    assert waited() == before + 20.0
    assert not budget.spent()
    assert budget.part().patience == 0.0


@pytest.mark.parametrize("odd", [1 << 70, -(1 << 70), nan, "1", None])
def test_odd_amounts_are_errors_or_bounds(odd: Any) -> None:
    budget = Budget(60.0)
    for ask in (lambda: Budget(odd), lambda: budget.part(odd), lambda: budget.lasts(odd)):
        with suppress(TypeError, ValueError, OverflowError):
            ask()
    assert not budget.spent()


def test_work_of_documents() -> None:
    assert Work(5, 3).of(4) == 17


@pytest.mark.parametrize("kind", [Budget, PythonBudget])
def test_many_parts_go_as_they_came(kind: type[Budget]) -> None:
    budget = kind(60.0)
    for _ in range(200_000):
        budget.part(1).work += 1
    assert budget.all_work() == 200_000
    del budget


def test_a_child_of_a_thread_that_worked_has_all_of_its_time() -> None:
    until = thread_time() + 0.3
    while thread_time() < until:
        pass
    Budget(60.0)
    child = os.fork()
    if not child:
        budget = Budget(0.2)  # by its own clock, which is a third of a second behind
        until = thread_time() + 0.25
        while thread_time() < until:
            pass
        os._exit(0 if budget.spent() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
