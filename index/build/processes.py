"""The processes of workers: forked ahead by the command, or from the server, with their pipes.

Workers are forked from a process that has imported what they need, and that has no threads, no
locks and no open files. A command is one at its beginning, and knows then whether it
will need workers. Later they come from the server (``index.fork_server``), which has to import all
of it once more.

Processes that are forked ahead have what their parent has, the pipe by which an earlier one sees
that the parent has ended among it: where the parent is killed, the last notices it first, and the
others one after another, each when those after it have ended.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from traceback import format_exception

from index import fork_server
from index.errors import WartaError, WorkerDied
from index.light_dataclass import dataclass

Target = Callable[[Connection, Connection], None]
"""What a process does: it reads from the one, and writes to the other."""


@dataclass(frozen=True, slots=True)
class Started:
    """A process, and this process's ends of its pipes: what it reads, and what it writes."""

    process: BaseProcess
    to: Connection
    of: Connection


_PIPE_BYTES = 1 << 20

_ahead: list[Started] = []

at_work: list[object] = []
"""Who uses the server's processes. It ends only after all that were forked of it."""


def fork_ahead(count: int, target: Target) -> None:
    """Fork so many processes now, which wait. Raises OSError where the system has no room.

    Whoever has locks or open files must not call this. Where there are threads, none are forked:
    NumPy starts some unless ``OPENBLAS_NUM_THREADS`` is one, as every command has it. Nor are any
    where they cannot be counted, as ``/proc`` is not there, which is an OSError, too. Either way
    the server starts the processes later.
    """
    if len([*Path("/proc/self/task").iterdir()]) > 1:
        return
    context = get_context("fork")
    with fork_server.interrupts_blocked():
        for _ in range(count):
            _ahead.append(_start(context, target, [*_ahead]))


def ahead() -> int:
    """How many processes wait."""
    _ahead[:] = [one for one in _ahead if one.process.is_alive()]
    return len(_ahead)


def take_ahead(most: int) -> list[Started]:
    """Up to so many of the processes that wait, which are the caller's from now on."""
    return [_ahead.pop(0) for _ in range(min(most, ahead()))]


def start(count: int, target: Target, started: list[Started]) -> None:
    """Start so many from the server, and append each to ``started``.

    Raises OSError where the system has no room for all, and ``WorkerDied``.
    """
    if count:
        context = fork_server.context()
        with fork_server.interrupts_blocked():
            for _ in range(count):
                one = _start(context, target, [])
                started.append(one)  # One by one: they are the caller's to end if another fails.


def end(started: list[Started]) -> None:
    """Kill processes, and wait until they have ended."""
    for one in started:
        one.process.kill()
    for one in started:
        one.process.join()


def end_soon(started: list[Started]) -> None:
    """Kill processes of this one's own that have no work; a thread waits until they have ended.

    To give back their memory takes the system a while. The command does not end before them.
    """
    for one in started:
        one.process.kill()
    try:
        Thread(target=end, args=([*started],)).start()
    except RuntimeError:  # No thread is to be had.
        end(started)


def let_go(user: object) -> None:
    """One of ``at_work`` has ended its processes; the last one ends the server, too."""
    at_work[:] = [one for one in at_work if one is not user]
    if not at_work:
        fork_server.stop()


def _start(
    context: ForkContext | ForkServerContext, target: Target, others: list[Started]
) -> Started:
    inside, to = context.Pipe(duplex=False)
    _widen(to)
    of, outside = context.Pipe(duplex=False)
    arguments = (target, inside, outside)
    process: BaseProcess
    if isinstance(context, ForkContext):
        ours = [to, of, *(one for other in others for one in (other.to, other.of))]
        process = context.Process(target=_alone, args=(ours, *arguments), daemon=True)
    else:
        process = context.Process(target=target, args=arguments[1:], daemon=True)
    with inside, outside:  # Were they open here, too, nothing would tell that it ended.
        try:
            process.start()
        except (BrokenPipeError, EOFError):
            raise WorkerDied from None
    return Started(process, to, of)


def _widen(pipe: Connection) -> None:
    """Let a pipe hold a batch, which is handed over in one go then, where the system does so."""
    size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if size is not None:
        with suppress(OSError):  # A user has so much for all pipes.
            fcntl.fcntl(pipe.fileno(), size, _PIPE_BYTES)


def _alone(ours: list[Connection], target: Target, inside: Connection, outside: Connection) -> None:
    """What a forked process does: first it closes its parent's ends of pipes, which it has, too."""
    for one in ours:
        one.close()
    target(inside, outside)


def reported(error: Exception) -> Exception:
    """The error as the parent can unpickle and raise it, with this process's traceback as a note.

    An OSError remains one, since the operator can do something about it, and so do errors that say
    themselves what to do; others are our mistakes.
    """
    reported: Exception
    if isinstance(error, WartaError):
        reported = error
    elif isinstance(error, OSError):
        reported = OSError(error.errno, error.strerror or str(error), error.filename)
    else:
        reported = RuntimeError(f"{type(error).__name__}: {error}")
    reported.add_note("".join(["In a worker process:\n", *format_exception(error)]))
    return reported


def end_with_parent() -> None:
    """Have this process end when its parent has.

    A worker that goes on would write into a directory that the next command sweeps away. Where no
    thread is to be had it ends at once, as if the system had killed it.
    """
    try:
        Thread(target=_wait_for_parent, daemon=True).start()
    except RuntimeError:
        os._exit(1)


def _wait_for_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
