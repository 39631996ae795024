"""The process that workers of a build are forked from: it has imported what they need, once.

To import it takes 0.4 s, so a command that knows early that it will need workers forks them itself
(``index.build.processes``).
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
    # The tracker is started with the first process else, and would unblock interrupts.
    resource_tracker.ensure_running()
    found = get_context("forkserver")
    found.set_forkserver_preload(_IMPORTED)
    return found


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
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
