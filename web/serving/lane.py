"""The requests that wait for a thread, the clients in turns, and those that are being answered."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
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
    """What waits for ``threads`` threads; ``longest`` may wait when all of them are at work.

    Each client has a queue of its own, and they take turns: one that asks a hundred questions at
    once waits for itself, not the others for it. A thread that finds nothing rests, which it tells
    with the same lock, so none rests while something waits that was put before: whoever puts
    something claims one that rests, or else one at work will find it. Any thread may call.
    """

    def __init__(self, threads: int, longest: int) -> None:
        self.running: set[Job] = set()
        self._threads = threads
        self._longest = longest
        self._lock = Lock()
        # By client, the one whose turn is next first; none is empty.
        self._waiting: dict[str, deque[Job]] = {}
        self._count = 0
        self._resting = 0

    def __len__(self) -> int:
        """How many wait for a thread."""
        return self._count

    def put(self, job: Job) -> None:
        """Have it wait after those of the same client that came before."""
        with self._lock:
            self._waiting.setdefault(job.connection.owner, deque()).append(job)
            self._count += 1

    def is_too_long(self) -> bool:
        """Whether more wait than may, with those that a thread is about to take."""
        with self._lock:
            return self._count > self._longest + self._threads - len(self.running)

    def take(self) -> Job | None:
        """The next, which is to be answered from now on; None where none waits."""
        with self._lock:
            return self._next()

    def take_or_rest(self) -> Job | None:
        """As ``take``, but where none waits the thread rests until it is claimed."""
        with self._lock:
            job = self._next()
            if job is None:
                self._resting += 1
            return job

    def claim(self) -> bool:
        """Where something waits and a thread rests: that one rests no more, and is to be woken."""
        with self._lock:
            found = self._count > 0 and self._resting > 0
            self._resting -= found
            return found

    def done(self, job: Job) -> None:
        """It is answered, or cannot be."""
        self.running.discard(job)

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
