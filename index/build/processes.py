"""The processes of workers: forked ahead by the command, or from the server, with their pipes.

A process that has imported what workers need and has done nothing else may be forked as it is: it
has no threads of ours, no locks and no open files. A command is one at its beginning, and knows
then whether it will need workers. Later they come from the server (``index.fork_server``), which
has to import all of it once more.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, ForkServerContext
from multiprocessing.process import BaseProcess

from index import fork_server
from index.errors import WorkerDied

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


def fork_ahead(count: int, target: Target) -> None:
    """Fork so many processes now, which wait. Raises OSError where the system has no room.

    Whoever has threads, locks or open files must not call this.
    """
    context = get_context("fork")
    with fork_server.interrupts_blocked():
        for _ in range(count):
            _ahead.append(_start(context, target, [*_ahead]))


def ahead() -> int:
    """How many processes wait."""
    return len(_ahead)


def processes(count: int, target: Target, started: list[Started]) -> None:
    """Put so many into ``started``: those that wait, and new ones.

    Raises OSError where the system has no room for all, and ``WorkerDied``.
    """
    while _ahead and len(started) < count:
        started.append(_ahead.pop(0))
    if len(started) < count:
        context = fork_server.context()
        with fork_server.interrupts_blocked():
            while len(started) < count:
                started.append(_start(context, target, []))


def _start(
    context: ForkContext | ForkServerContext, target: Target, others: list[Started]
) -> Started:
    inside, to = context.Pipe(duplex=False)
    _widen(to)
    of, outside = context.Pipe(duplex=False)
    arguments = (target, inside, outside)
    process: BaseProcess
    if isinstance(context, ForkContext):
        ours = [to, of, *(end for other in others for end in (other.to, other.of))]
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
    for end in ours:
        end.close()
    target(inside, outside)
