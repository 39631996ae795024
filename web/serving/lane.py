"""Threads that answer requests in the order they came, with a queue that the event loop bounds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from time import monotonic

from web.serving.connection import Connection


@dataclass(eq=False, slots=True)
class Job:
    """A whole head that waits for a thread, or that a thread answers since ``begun``."""

    connection: Connection
    head: bytes
    method: str
    path: str
    queued: float = field(default_factory=monotonic)
    begun: float = 0.0
    waited_before: float = 0.0
    given_up: bool = False

    def computed(self) -> float:
        """Seconds that its thread has worked, without those in which it waited for the client."""
        return monotonic() - self.begun - self.connection.waited() + self.waited_before


class Lane:
    """A few threads and their queue. ``answer`` is called in a thread and raises nothing.

    Jobs lie in a deque, from which the loop may take back those that waited too long; the threads
    are woken by tickets. Both are atomic, so neither needs a lock.
    """

    def __init__(self, name: str, threads: int, answer: Callable[[Job], None]) -> None:
        self.running: set[Job] = set()
        self._waiting: deque[Job] = deque()
        self._tickets: SimpleQueue[None] = SimpleQueue()
        self._answer = answer
        for number in range(threads):
            # Daemons: one that computes forever must not keep its process from ending.
            Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def __len__(self) -> int:
        """How many wait for a thread."""
        return len(self._waiting)

    def put(self, job: Job) -> None:
        """Have it answered after those that came before."""
        self._waiting.append(job)
        self._tickets.put(None)

    def take_back(self, older_than: float) -> list[Job]:
        """The jobs that have waited for more seconds, which will not be answered."""
        found: list[Job] = []
        oldest = monotonic() - older_than
        while self._waiting:
            try:
                if self._waiting[0].queued > oldest:
                    break
                job = self._waiting.popleft()
            except IndexError:
                # A thread took it meanwhile.
                break
            if job.queued > oldest:
                self._waiting.appendleft(job)
                self._tickets.put(None)
                break
            found.append(job)
        return found

    def _work(self) -> None:
        while True:
            self._tickets.get()
            try:
                job = self._waiting.popleft()
            except IndexError:
                # The loop took it back.
                continue
            job.begun, job.waited_before = monotonic(), job.connection.waited()
            self.running.add(job)
            try:
                self._answer(job)
            finally:
                self.running.discard(job)
