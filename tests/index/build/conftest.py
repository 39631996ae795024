"""What tests of processes share: none waits for ever, and none leaves a process or a thread."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

_MOST_SECONDS = 300
"""A test that takes longer waits in vain, whatever else the machine does."""


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    def expire(*_: object) -> None:
        raise TimeoutError

    threads = set(threading.enumerate())
    before = signal.signal(signal.SIGALRM, expire)
    signal.alarm(_MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert not active_children()
    assert set(threading.enumerate()) <= threads
