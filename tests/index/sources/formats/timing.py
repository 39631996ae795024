"""A bound on the time that a test's reading takes, far above what it needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_seconds(most: float) -> Iterator[None]:
    """What is done inside takes no more of the thread's time."""
    started = time.thread_time()
    yield
    assert time.thread_time() - started < most
