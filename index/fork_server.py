"""The process that workers of a build are forked from: it has imported what they need, once.

To import it takes 0.4 s. A command that knows it will need workers starts the server before it
imports the same itself, so that both are ready at the same time.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.context import ForkServerContext

_IMPORTED = ["__main__", "index.build.new_segments"]


def context() -> ForkServerContext:
    """What starts processes from the server, which is started with the first of them at last."""
    found = get_context("forkserver")
    found.set_forkserver_preload(_IMPORTED)
    return found


def start() -> None:
    """Start the server, if it is not there. Raises OSError where the system has no room for it."""
    with interrupts_blocked():
        context()
        forkserver.ensure_running()


def stop() -> None:
    """End the server, if it is there: it ends with this process else.

    Waited for, too, what its workers computed counts as computed for this process.
    """
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no other way


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Processes that are started meanwhile never see Ctrl-C, which a terminal sends to them, too.

    Their parent does, and ends them.
    """
    # It is started with the first process else, and would unblock interrupts.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
