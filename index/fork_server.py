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

_IMPORTED = ["__main__", "index.build.share"]


def context() -> ForkServerContext:
    """What starts processes from the server, which starts with the first of them if not before."""
    # Otherwise the tracker would start with the first process, and unblock interrupts.
    resource_tracker.ensure_running()
    found = get_context("forkserver")
    found.set_forkserver_preload(_IMPORTED)
    return found


def stop() -> None:
    """End the server, if there is one, and wait for it; otherwise it would end with this process.

    Once it has been waited for, the time that its workers took counts as this process's.
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
