"""Threads that answer requests, the clients in turns, from a queue that the event loop bounds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any

from web.serving.connection import Connection


@dataclass(eq=False, slots=True)
class Job:
    """A whole head that waits for a thread, or that a thread answers since ``begun``.

    ``environ`` is what the application was asked with, empty before.
    """

    connection: Connection
    head: bytes
    method: str
    path: str
    queued: float = field(default_factory=monotonic)
    begun: float = 0.0
    waited_before: float = 0.0
    given_up: bool = False
    environ: dict[str, Any] = field(default_factory=dict)

    def computed(self) -> float:
        """Seconds that its thread has worked, without those in which it waited for the client."""
        return monotonic() - self.begun - self.connection.waited() + self.waited_before


class Lane:
    """A few threads and their queue, which should be no longer than ``longest``.

    ``answer`` is called in a thread and raises nothing.

    Each client has a queue of its own, and they take turns: one that asks a hundred questions at
    once waits for itself, not the others for it. The threads are woken by tickets; the loop may
    take jobs back, after which a ticket is worth nothing.
    """

    def __init__(
        self, name: str, threads: int, longest: int, answer: Callable[[Job], None]
    ) -> None:
        self.longest = longest
        self.running: set[Job] = set()
        self._lock = Lock()
        # By client, the one whose turn is next first; none is empty.
        self._waiting: dict[str, deque[Job]] = {}
        self._count = 0
        self._tickets: SimpleQueue[None] = SimpleQueue()
        self._answer = answer
        for number in range(threads):
            # Daemons: one that computes forever must not keep its process from ending.
            Thread(target=self._work, name=f"{name}-{number}", daemon=True).start()

    def __len__(self) -> int:
        """How many wait for a thread."""
        return self._count

    def put(self, job: Job) -> None:
        """Have it answered after those of the same client that came before."""
        with self._lock:
            self._waiting.setdefault(job.connection.owner, deque()).append(job)
            self._count += 1
        self._tickets.put(None)

    def take_back(self, older_than: float) -> list[Job]:
        """The jobs that have waited for more seconds, which will not be answered."""
        found: list[Job] = []
        oldest = monotonic() - older_than
        with self._lock:
            for client, jobs in list(self._waiting.items()):
                while jobs and jobs[0].queued <= oldest:
                    found.append(jobs.popleft())
                if not jobs:
                    del self._waiting[client]
            self._count -= len(found)
        return found

    def take_back_newest(self) -> Job | None:
        """The last job of the client that has the most, which will not be answered."""
        with self._lock:
            if not self._waiting:
                return None
            # Of several that have as many, the one that would wait the longest.
            client, jobs = max(reversed(self._waiting.items()), key=lambda one: len(one[1]))
            job = jobs.pop()
            if not jobs:
                del self._waiting[client]
            self._count -= 1
            return job

    def _next(self) -> Job | None:
        with self._lock:
            if not self._waiting:
                return None
            client = next(iter(self._waiting))
            jobs = self._waiting.pop(client)
            job = jobs.popleft()
            if jobs:
                self._waiting[client] = jobs
            self._count -= 1
            job.begun, job.waited_before = monotonic(), job.connection.waited()
            self.running.add(job)
            return job

    def _work(self) -> None:
        while True:
            self._tickets.get()
            job = self._next()
            if job is None:
                # The loop took it back.
                continue
            try:
                self._answer(job)
            finally:
                self.running.discard(job)
