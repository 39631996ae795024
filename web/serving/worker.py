"""The gunicorn worker: an event loop for all connections, and a few threads for whole requests.

A client that sends nothing, or slowly, or takes its answer slowly, costs a file descriptor and its
buffers in the loop and no thread:

- The loop reads until a request's head is whole (``heads``). Only then does a thread parse it with
  gunicorn's parser and call the application. No body is waited for, since only methods without one
  are answered; after a request that announces one its connection is closed.
- What a client does not take at once is sent by the loop (``connection``). Exports, which may be
  long, make their thread wait, at most half of the threads (``streams``).
- A queue that is full, or a wait that is too long, is answered with 503 by the loop. The operator's
  addresses have a thread of their own, so that they answer in any case.
- The longest idle connection makes place for a new one.

gunicorn's own threaded worker gives every accepted connection to a thread, which waits for its
data, for the rest of its head and until its answer is taken, and queues without a bound. gunicorn's
main process, parser and writing of answers are kept: ``Worker``, ``RequestParser``, ``wsgi.create``
and ``PollableMethodQueue`` are all that is used of it, in the version that ``pyproject.toml`` pins.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from mmap import mmap
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from socket import SHUT_WR
from time import monotonic
from typing import Any

from gunicorn.workers.base import Worker
from gunicorn.workers.gthread import PollableMethodQueue

from web.serving import limits
from web.serving.answering import Answering
from web.serving.connection import Connection, Stage
from web.serving.counts import Counts
from web.serving.heads import BadHead, end_of_head, method_and_path
from web.serving.lane import Job, Lane
from web.serving.open_files import connections_allowed
from web.serving.short_answers import short_answer

_COMPLAINTS = 10.0
"""In seconds: the log is told no more often that nothing can be accepted."""

_OPERATIONS = ("/healthz", "/readyz", "/metrics")


class WartaWorker(Worker):  # type: ignore[misc]
    """A process of the server. gunicorn makes it, forks, and calls ``init_process``."""

    metrics_address: object = None
    """Where only metrics are served, as its socket names it."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # Set by the main process before it tells this one to end, where another takes its place.
        self.replaced = mmap(-1, 1)

    def init_process(self) -> None:
        """Prepare what is the process's own, then run until it is told to stop."""
        sys.setswitchinterval(limits.SWITCH_SECONDS)
        self._poller = DefaultSelector()
        # Calls that threads ask the loop to make.
        self._calls = PollableMethodQueue()
        self._calls.init()
        self._connections: set[Connection] = set()
        # Those without a whole head, the longest without one first.
        self._reading: dict[Connection, None] = {}
        self._most = connections_allowed()
        self._retired_at: float | None = None
        self._accepting = False
        self._swept = 0.0
        self._complained = -_COMPLAINTS
        self._counts = Counts()
        super().init_process()

    def handle_exit(self, sig: int, frame: object) -> None:
        """SIGTERM: wake the loop, which ends."""
        super().handle_exit(sig, frame)
        self._calls.defer(_nothing)

    def run(self) -> None:
        """Serve until told to stop, then finish the answers that are being made."""
        self._poller.register(self._calls.fileno(), EVENT_READ, self._calls.run_callbacks)
        answering = Answering(self, partial(self._calls.defer, self._finished), self._counts)
        self._lane = Lane("answering", self.cfg.threads, answering)
        self._operators = Lane("operator", 1, answering)
        self._listen(accepting=True)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            self._turn(1.0)
            self._sweep()
        self._stop()

    # Turns of the loop.

    def _turn(self, seconds: float) -> None:
        for key, events in self._poller.select(seconds):
            act: Callable[..., None] = key.data
            if isinstance(key.fileobj, int):
                act(key.fileobj)
            else:
                act(events)

    def _listen(self, *, accepting: bool) -> None:
        if accepting == self._accepting:
            return
        self._accepting = accepting
        for listener in self.sockets:
            if accepting:
                listener.setblocking(False)
                metrics = listener.getsockname() == self.metrics_address
                self._poller.register(
                    listener.sock, EVENT_READ, partial(self._accept, listener, metrics)
                )
            else:
                self._poller.unregister(listener.sock)

    def _accept(self, listener: Any, metrics_only: bool, _: int) -> None:
        # One at a time shares the clients among the workers. Where there are many connections,
        # more are taken in a turn, so that a storm of them does not make others wait for theirs.
        for _turn in range(1 + len(self._connections) // 16):
            if len(self._connections) >= self._most and not self._make_place():
                return
            try:
                sock, client = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:
                # No file descriptors or memory are left.
                if monotonic() - self._complained > _COMPLAINTS:
                    self._complained = monotonic()
                    self.log.warning("a connection cannot be accepted: %s", error.strerror)
                self._make_place()
                return
            server = listener.getsockname()
            if not isinstance(server, tuple):
                # At a Unix socket; links must not show its path.
                server = ("localhost", "80")
            connection = Connection(
                sock, client, server, metrics_only=metrics_only, has_unsent=self._has_unsent
            )
            self._connections.add(connection)
            self._read(connection)

    def _make_place(self) -> bool:
        """Close the connection that has been idle the longest, or else stalled."""
        found = next(iter(self._reading), None) or min(
            (one for one in self._connections if one.stage in {Stage.SENDING, Stage.CLOSING}),
            key=lambda one: one.last_taken,
            default=None,
        )
        if found is not None:
            self._counts.closed("place")
            self._close(found)
        return found is not None

    def _watch(self, connection: Connection, events: int) -> None:
        if events == connection.events:
            return
        act = partial(self._ready, connection)
        if not connection.events:
            self._poller.register(connection.sock, events, act)
        elif events:
            self._poller.modify(connection.sock, events, act)
        else:
            self._poller.unregister(connection.sock)
        connection.events = events

    def _ready(self, connection: Connection, _: int) -> None:
        if connection.stage is Stage.READING:
            self._received(connection)
        elif connection.stage is Stage.CLOSING:
            self._discard(connection)
        elif connection.stage is not Stage.GONE:
            self._send(connection)

    # A request comes in.

    def _read(self, connection: Connection) -> None:
        """Wait for a head; it may have come already, behind the one before."""
        connection.enter(Stage.READING)
        connection.seen = 0
        connection.first_byte = monotonic() if connection.received else None
        self._reading[connection] = None
        if connection.received:
            self._examine(connection)
        else:
            self._watch(connection, EVENT_READ)

    def _received(self, connection: Connection) -> None:
        try:
            data = connection.sock.recv(limits.LONGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._close(connection)
            return
        if connection.first_byte is None:
            connection.first_byte = monotonic()
        connection.received += data
        self._examine(connection)

    def _examine(self, connection: Connection) -> None:
        received = connection.received
        if received.startswith(b"\r\n"):
            # An empty line before a request is let pass (RFC 9112, section 2.2).
            del received[:2]
        try:
            end = end_of_head(received, connection.seen)
        except BadHead as bad:
            self._refuse(connection, bad.status)
            return
        if end is None:
            connection.seen = len(received)
            self._watch(connection, EVENT_READ)
            return
        head = bytes(received[:end])
        del received[:end]
        self._hand_over(connection, head)

    def _hand_over(self, connection: Connection, head: bytes) -> None:
        """Have the request answered by a thread, or send it away when too many wait."""
        self._reading.pop(connection, None)
        self._watch(connection, 0)
        method, path = method_and_path(head)
        lane = self._operators if path.endswith(_OPERATIONS) else self._lane
        connection.enter(Stage.ANSWERING)
        connection.sent_any = False
        if len(lane) >= limits.LONGEST_QUEUE:
            self._counts.shed("full")
            self._answer_shortly(connection, short_answer(503, method, path))
            return
        self.nr += 1
        if self.nr == self.max_requests:
            self.log.info("worker %s has answered its share and is replaced", self.pid)
            # Goes on as before but closes its connections, so that few are left when it ends.
            self._retired_at = monotonic()
            self.replaced[0] = 1
        lane.put(Job(connection, head, method, path))

    def _refuse(self, connection: Connection, status: int) -> None:
        self._counts.refused(status)
        method, path = method_and_path(connection.received)
        self._answer_shortly(connection, short_answer(status, method, path))

    def _answer_shortly(self, connection: Connection, answer: bytes) -> None:
        self._reading.pop(connection, None)
        connection.keep = False
        try:
            connection.sendall(answer)
        except OSError:
            self._close(connection)
            return
        self._answered(connection)

    # An answer goes out.

    def retiring(self) -> bool:
        """Whether connections are to be closed after their next answer."""
        return self._retired_at is not None or not self.alive

    def _has_unsent(self, connection: Connection) -> None:
        self._calls.defer(self._send, connection)

    def _send(self, connection: Connection) -> None:
        if connection.stage not in {Stage.ANSWERING, Stage.SENDING}:
            return
        try:
            connection.flush()
        except OSError:
            self._close(connection)
            return
        if connection.unsent():
            self._watch(connection, EVENT_WRITE)
        elif connection.stage is Stage.SENDING:
            self._answered(connection)
        else:
            self._watch(connection, 0)

    def _finished(self, job: Job, keep: bool, status: int | None) -> None:
        """Called by the loop when a thread has written all of an answer, or cannot.

        ``status`` is that of a short answer which the loop is to give instead.
        """
        connection = job.connection
        if connection.stage is Stage.GONE:
            return
        connection.keep = keep
        if status is not None:
            self._answer_shortly(connection, short_answer(status, job.method, job.path))
        else:
            self._answered(connection)

    def _answered(self, connection: Connection) -> None:
        """All of it is written; when it is sent, wait for the next request or close."""
        if connection.unsent():
            connection.enter(Stage.SENDING)
            self._watch(connection, EVENT_WRITE)
        elif connection.keep:
            self._read(connection)
        else:
            self._begin_closing(connection)

    def _begin_closing(self, connection: Connection) -> None:
        connection.enter(Stage.CLOSING)
        try:
            connection.sock.shutdown(SHUT_WR)
        except OSError:
            self._close(connection)
            return
        connection.received = bytearray()
        self._watch(connection, EVENT_READ)

    def _discard(self, connection: Connection) -> None:
        try:
            if connection.sock.recv(limits.LONGEST_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._close(connection)

    def _close(self, connection: Connection, *, reset: bool = False) -> None:
        self._reading.pop(connection, None)
        self._connections.discard(connection)
        self._watch(connection, 0)
        connection.close(reset=reset)

    # Once a second.

    def _sweep(self) -> None:
        now = monotonic()
        if now - self._swept < 1.0:
            return
        self._swept = now
        for connection in list(self._connections):
            self._check(connection, now)
        while (held := sum(one.held() for one in self._connections)) > limits.LARGEST_HELD:
            self.log.warning("%d bytes wait for clients; the slowest is let go", held)
            self._close(max(self._connections, key=_slowness), reset=True)
        for lane in (self._lane, self._operators):
            for job in lane.take_back(limits.OLDEST_WAITING):
                self._counts.shed("old")
                self._answer_shortly(job.connection, short_answer(503, job.method, job.path))
            for job in list(lane.running):
                if not job.given_up and job.computed() > self.cfg.timeout:
                    self._give_up(job)
        if self._retired_at is not None and now - self._retired_at > limits.LINGER_SECONDS:
            self.alive = False

    def _check(self, connection: Connection, now: float) -> None:
        since = now - connection.since
        if connection.stage is Stage.READING:
            if connection.first_byte is None:
                if since > limits.IDLE_SECONDS:
                    self._close(connection)
            elif now - connection.first_byte > limits.HEAD_SECONDS:
                self._refuse(connection, 408)
        elif connection.stage is Stage.CLOSING:
            if since > limits.LINGER_SECONDS:
                self._close(connection)
        elif connection.unsent() and (
            now - connection.last_taken > limits.STALLED_SECONDS
            or now - connection.began_sending > limits.LONGEST_ANSWER
        ):
            self._counts.closed("slow")
            self._close(connection, reset=True)

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
        self.alive = False
        self.replaced[0] = 1
        connection = job.connection
        if connection.stage is not Stage.GONE and connection.abandon():
            with suppress(OSError):
                connection.sock.send(short_answer(503, job.method, job.path))
        self._close(connection)

    # The end.

    def _stop(self) -> None:
        """Finish what has begun, within gunicorn's graceful timeout, and close the rest."""
        self._listen(accepting=False)
        for listener in self.sockets:
            listener.close()
        now = monotonic()
        end = now + self.cfg.graceful_timeout
        # Who is replaced waits for requests that are under way on kept-alive connections; where
        # the whole server ends there is nobody to wait for.
        idle_end = now + (limits.LINGER_SECONDS if self.replaced[0] else 0.0)
        while monotonic() < end:
            if monotonic() >= idle_end:
                for connection in list(self._reading):
                    self._last_chance(connection)
            if all(one.stage is Stage.CLOSING for one in self._connections):
                break
            self.notify()
            self._turn(0.1)
            self._sweep()
        for connection in list(self._connections):
            self._close(connection)
        self._poller.close()
        self._calls.close()

    def _last_chance(self, connection: Connection) -> None:
        """Take a request that has arrived already, or close."""
        self._received(connection)
        if connection.stage is Stage.READING:
            self._close(connection)


def _slowness(connection: Connection) -> float:
    """Seconds since the client of a buffer last made it smaller, or began it."""
    if not connection.held():
        return 0.0
    return monotonic() - (connection.last_taken if connection.unsent() else connection.since)


def _nothing() -> None:
    pass
