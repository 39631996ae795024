"""The gunicorn worker: an event loop for all connections, and a few threads for whole requests.

A client that sends nothing, or slowly, or takes its answer slowly, costs a file descriptor and its
buffers in the loop and no thread:

- The loop (``loop``) reads until a request's head is whole (``heads``). Only then does a thread
  parse it with gunicorn's parser and call the application. No body is waited for, since only
  methods without one are answered; after a request that announces one its connection is closed.
- The thread that answers has the loop as well (``loan``), until an answer takes long or there is
  nothing to do; then the main thread has it, which never answers and so always hears signals.
- What a client does not take at once is sent by the loop (``connection``). Exports, which may be
  long, make their thread wait, at most half of the threads (``streams``).
- A queue that is full, or a wait that is too long, is answered with 503 by the loop. The operator's
  addresses have threads of their own, so that they answer in any case.
- The longest idle connection makes place for a new one.

gunicorn's own threaded worker gives every accepted connection to a thread, which waits for its
data, for the rest of its head and until its answer is taken, and queues without a bound. gunicorn's
main process, parser and writing of answers are kept: ``Worker``, ``RequestParser``, ``wsgi.create``
and ``PollableMethodQueue`` are all that is used of it, in the version that ``pyproject.toml`` pins.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import partial
from mmap import mmap
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from gunicorn.workers.base import Worker

from web.audience import OPERATIONS
from web.serving import bounds
from web.serving.answering import Answering
from web.serving.connection import Connection, Stage
from web.serving.counts import Counts
from web.serving.crew import Crew, Outcome
from web.serving.heads import method_and_path
from web.serving.lane import Job
from web.serving.loop import Loop
from web.serving.shares import Shares
from web.serving.short_answers import ShortAnswers
from web.settings import DEFAULTS
from web.work import work_of

_NOT_OURS = (signal.SIGHUP, signal.SIGUSR2, signal.SIGTTIN, signal.SIGTTOU)


class WartaWorker(Worker):  # type: ignore[misc]
    """A process of the server. gunicorn makes it, forks, and calls ``init_process``."""

    metrics_address: object = None
    """Where only metrics are served, as its socket names it."""

    chosen = DEFAULTS
    """What the operator chose."""

    seat = 0
    """The smallest number that no other living worker has."""

    _shares = Shares(bounds.SEATS)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # Set by the main process when it ends all workers. One that is ended without it, by
        # whomever, has others beside it, which take its clients.
        self.server_ends = mmap(-1, 1)
        # Set by this worker when it is about to end; the main process starts the next at once.
        self.leaves = mmap(-1, 1)

    def init_process(self) -> None:
        """Prepare what is the process's own, then run until it is told to stop."""
        sys.setswitchinterval(bounds.SWITCH_SECONDS)
        self._counts = Counts()
        self._prefix = urlsplit(self.chosen.base_url or "").path.rstrip("/")
        self._short = ShortAnswers(self.log, self.chosen.trusted_proxies)
        share = self._shares.share(self.seat)
        self._loop = Loop(
            self.log,
            self._counts,
            self._short,
            self._prefix,
            share=share,
            on_head=self._hand_over,
        )
        self._retired_at: float | None = None
        self._swept = 0.0
        super().init_process()

    def init_signals(self) -> None:
        """As gunicorn's, but ignore what is meant for the main process.

        ``pkill -HUP`` by a name reaches the workers too, which it would kill.
        """
        # gunicorn's sets what would kill for a moment.
        signal.pthread_sigmask(signal.SIG_BLOCK, (*_NOT_OURS, signal.SIGUSR1))
        try:
            super().init_signals()
            for one in _NOT_OURS:
                signal.signal(one, signal.SIG_IGN)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, (*_NOT_OURS, signal.SIGUSR1))

    def handle_exit(self, sig: int, frame: object) -> None:
        """SIGTERM: wake the loop, which ends."""
        super().handle_exit(sig, frame)
        self._loop.defer(_nothing)

    def run(self) -> None:
        """Serve until told to stop, then finish the answers that are being made."""
        answering = Answering(self, self._counts)
        crew = partial(
            Crew,
            answer=answering,
            finished=self._finished,
            defer=self._loop.defer,
            turn=self._turn_for_a_thread,
        )
        self._crew = crew("answering", self.cfg.threads, bounds.LONGEST_QUEUE)
        # Strangers may ask the first two of these as well, so each has its own thread: the search
        # of /readyz and the page of metrics do not make /healthz wait.
        few = bounds.LONGEST_OPERATORS_QUEUE
        self._alive = crew("alive", 1, few)
        self._operators = crew("operator", 1, few)
        self._metrics = crew("metrics", 1, few)
        self._crews = (self._crew, self._alive, self._operators, self._metrics)
        self._loop.accepting.begin(self.sockets, self.metrics_address)
        taken_back = False
        while self._goes_on():
            if taken_back:
                self._catch_up()
            else:
                self._loop.turn(max(0.0, self._swept + bounds.SWEEP_SECONDS - monotonic()))
            self._sweep()
            taken_back = self._crew.lend()
        if self.server_ends[0]:
            # The signal may have come before this process could hear it.
            self.handle_exit(signal.SIGTERM, None)
        self._stop()

    def _catch_up(self) -> None:
        """Turn the loop, which a long answer has held up, as long as there is something to do."""
        for _ in range(bounds.CATCH_UP_TURNS):
            if not self._loop.turn(0.0):
                return

    def _goes_on(self) -> bool:
        return bool(self.alive and not self.server_ends[0] and self.ppid == os.getppid())

    def _turn_for_a_thread(self) -> bool:
        """Turn the loop in a thread that answers; whether that should keep it."""
        wanted = len(self._crew.lane) > 0
        happened = self._loop.turn(0.0 if wanted else bounds.LEAD_SECONDS)
        self._sweep()
        return (happened or wanted) and self._goes_on()

    def retiring(self) -> bool:
        """Whether connections are to be closed after their next answer."""
        return self._retired_at is not None or not self.alive

    def _hand_over(self, connection: Connection, head: bytes) -> None:
        """Have the request wait for a thread, or send one away when too many do."""
        method, path = method_and_path(head, self._prefix)
        crew = self._crew_of(connection, path)
        self.nr += 1
        if self.nr == self.max_requests:
            self.log.info("worker %s has answered its share and is replaced", self.pid)
            # Goes on as before but closes its connections, so that few are left when it ends.
            self._retired_at = monotonic()
            self._loop.accepting.leave()
            self.leaves[0] = 1
        lane = crew.lane
        lane.put(Job(connection, head, method, path))
        if lane.is_too_long() and (job := lane.take_back_newest()) is not None:
            self._send_away(job, "full")
        if crew is not self._crew:
            # What waits for that one is seen to at the end of a turn.
            crew.call()

    def _crew_of(self, connection: Connection, path: str) -> Crew:
        if connection.metrics_only:
            return self._metrics
        if path == "/healthz":
            return self._alive
        return self._operators if path in OPERATIONS else self._crew

    def _send_away(self, job: Job, reason: str) -> None:
        self._counts.shed(reason)
        self._loop.answer_shortly(job.connection, self._short_answer(job, 503))

    def _short_answer(self, job: Job, status: int) -> bytes:
        work = work_of(job.environ)
        return self._short.to(
            job.connection,
            status,
            (job.method, job.path),
            head=job.head,
            known_as=work.request_id if work is not None else "",
        )

    def _finished(self, job: Job, outcome: Outcome) -> None:
        """Called by the loop when a thread has written all of an answer, or cannot."""
        connection = job.connection
        keep, status = outcome
        if connection.stage is Stage.GONE:
            return
        connection.keep = keep
        if status is not None:
            self._loop.answer_shortly(connection, self._short_answer(job, status))
        else:
            self._loop.answered(connection)

    def _sweep(self) -> None:
        now = monotonic()
        if now - self._swept < bounds.SWEEP_SECONDS:
            return
        self._swept = now
        self.notify()
        self._loop.sweep()
        for lane in (crew.lane for crew in self._crews):
            for job in lane.take_back(bounds.OLDEST_WAITING):
                self._send_away(job, "old")
            for job in list(lane.running):
                if not job.given_up and job.computed() > self.cfg.timeout:
                    self._give_up(job)
        if self._retired_at is not None and now - self._retired_at > bounds.LINGER_SECONDS:
            self.alive = False

    def _give_up(self, job: Job) -> None:
        """Replace this worker, whose thread will not stop; the others may finish."""
        self.log.error(
            "%s %s has been computed for more than %d seconds; worker %s is replaced",
            job.method,
            job.path,
            self.cfg.timeout,
            self.pid,
        )
        job.given_up = True
        self.leaves[0] = 1
        self.alive = False
        connection = job.connection
        if connection.stage is not Stage.GONE and connection.abandon():
            with suppress(OSError):
                connection.sock.send(self._short_answer(job, 503))
        self._loop.close(connection)

    def _stop(self) -> None:
        """Finish what has begun, within gunicorn's graceful timeout, and close the rest."""
        self.leaves[0] = 1
        self._loop.accepting.end()
        now = monotonic()
        end = now + self.cfg.graceful_timeout
        # Who is replaced waits for requests that are under way on kept-alive connections; where
        # the whole server ends there is nobody to wait for.
        idle_end = now + (0.0 if self.server_ends[0] else bounds.LINGER_SECONDS)
        while monotonic() < end:
            if monotonic() >= idle_end:
                self._loop.close_idle()
                # Of what has arrived already.
                self._crew.call()
            if not self._loop.connections:
                break
            self._loop.turn(0.1)
            self._sweep()
            self._crew.call()
        self._loop.end()


def _nothing() -> None:
    pass
