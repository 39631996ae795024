"""Tasks that have nothing to do with each other, shared by several processes.

Each process has one task at a time, and is given the next when it has done that. If one of them
ends early all do, and what was made so far is left to whoever asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, TypeVar

from index.build.processes import (
    Started,
    at_work,
    end,
    end_with_parent,
    let_go,
    reported,
    start,
)
from index.errors import WorkerDied

Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)


class Task(Protocol[Made_co]):
    """What a process does; it can be pickled, and so can what is made."""

    def done(self) -> Made_co:
        """Do it."""
        ...


def done_by_processes(tasks: Sequence[Task[Made]], count: int) -> list[Made]:
    """What each task has made, in their order; they begin in that order, too.

    Where the system has no room for so many processes, this one does all tasks. Raises the error of
    a task, and ``WorkerDied``, as soon as there is one. No process is left.
    """
    started: list[Started] = []
    at_work.append(started)
    try:
        if _are_started(count, started):
            return _made(tasks, started)
    finally:
        end(started)
        for one in started:
            one.to.close()
            one.of.close()
        let_go(started)
    return [task.done() for task in tasks]


def _are_started(count: int, started: list[Started]) -> bool:
    try:
        start(count, do_tasks, started)
    except (OSError, WorkerDied):  # The latter is the server, which has no room, either.
        return False
    return True


def _made(tasks: Sequence[Task[Made]], started: Sequence[Started]) -> list[Made]:
    made: dict[int, Made] = {}
    waiting = iter(range(len(tasks)))
    doing: dict[Connection, tuple[Started, int]] = {}

    def give(one: Started) -> None:
        number = next(waiting, None)
        if number is not None:
            with suppress(BrokenPipeError):  # That it has ended is seen in its reports.
                one.to.send(tasks[number])
            doing[one.of] = one, number

    for one in started:
        give(one)
    while doing:
        for reports in wait(list(doing)):
            one, number = doing.pop(reports)  # type: ignore[call-overload]  # only those were given
            try:
                report: tuple[Made] | Exception = one.of.recv()
            except (EOFError, OSError):
                raise WorkerDied from None
            if isinstance(report, Exception):
                raise report
            (made[number],) = report
            give(one)
    return [made[number] for number in range(len(tasks))]


def do_tasks(tasks: Connection, reports: Connection) -> None:
    """What a process does."""
    end_with_parent()
    result: tuple[Any] | Exception
    with suppress(EOFError, BrokenPipeError):  # A parent that has ended asks no more.
        while True:
            task: Task[Any] = tasks.recv()
            try:
                result = (task.done(),)
            except MemoryError:
                return  # To the parent it is as if the system had killed this process.
            except Exception as error:  # noqa: BLE001 - the outermost edge of this process
                result = reported(error)
            reports.send(result)
