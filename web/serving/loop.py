"""The event loop of a worker: its connections, from the first byte to the last.

It waits for all clients at once, reads until a request's head is whole, and sends what clients did
not take at once. What a request says and what is answered is not its business: it hands heads over
and is told when an answer is written. Nothing in it waits for one client.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from socket import SHUT_WR
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import PollableMethodQueue

from web.serving import bounds
from web.serving.accepting import Accepting
from web.serving.connection import Connection, Stage
from web.serving.counts import Counts
from web.serving.heads import BadHead, end_of_head, method_and_path
from web.serving.patience import Verdict, most_stalled, too_much_memory, verdict
from web.serving.shares import Share
from web.serving.short_answers import ShortAnswers


class Loop:
    """The connections of a process. ``on_head`` is called with one and its next whole head.

    ``prefix`` comes before the application's own paths. All of it belongs to one thread at a time
    (``loan``), but for ``defer``.
    """

    def __init__(
        self,
        log: Any,
        counts: Counts,
        short_answers: ShortAnswers,
        prefix: str,
        *,
        share: Share,
        on_head: Callable[[Connection, bytes], None],
    ) -> None:
        self.connections: set[Connection] = set()
        self._log = log
        self._counts = counts
        self._short_answers = short_answers
        self._prefix = prefix
        self._on_head = on_head
        self._poller = DefaultSelector()
        # Calls that threads ask this one to make.
        self._calls = PollableMethodQueue()
        self._calls.init()
        self._poller.register(self._calls.fileno(), EVENT_READ, self._calls.run_callbacks)
        # Those without a whole head, the longest without one first.
        self._reading: dict[Connection, None] = {}
        self.accepting = Accepting(
            log,
            self._poller,
            self.connections,
            share,
            accepted=self._accepted,
            make_place=self._make_place,
        )

    def defer(self, call: Callable[..., None], *args: object) -> None:
        """Have the thread that has the loop make the call soon; any thread may ask."""
        self._calls.defer(call, *args)

    def close_idle(self) -> None:
        """Close those that sent no request, but take one that has arrived already."""
        for connection in list(self._reading):
            self._received(connection)
            if connection.stage is Stage.READING:
                self.close(connection)

    def end(self) -> None:
        """Close all."""
        for connection in list(self.connections):
            self.close(connection)
        self._poller.close()
        self._calls.close()

    def turn(self, seconds: float) -> bool:
        """Wait for what happens next, at most so long, and act; whether something happened."""
        found = self._poller.select(self.accepting.before_turn(seconds))
        for key, events in found:
            act: Callable[..., None] = key.data
            if isinstance(key.fileobj, int):
                act(key.fileobj)
            else:
                act(events)
        return bool(found)

    def _accepted(
        self, sock: socket.socket, client: object, server: object, metrics_only: bool
    ) -> None:
        connection = Connection(
            sock, client, server, metrics_only=metrics_only, has_unsent=self._has_unsent
        )
        self.connections.add(connection)
        self.accepting.counted()
        self._read(connection)

    def _make_place(self) -> bool:
        """Close the connection that has been idle the longest, or else stalled."""
        while (found := next(iter(self._reading), None)) is not None:
            # Its request may have come and not been read yet.
            self._received(found)
            if found.stage is Stage.GONE:
                return True
            if found.stage is Stage.READING:
                break
        found = found or most_stalled(self.connections)
        if found is not None:
            self._counts.closed("place")
            self.close(found)
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
        elif connection.stage is Stage.ANSWERING and connection.events == EVENT_READ:
            # What it sends early, or its end, is read behind the answer.
            self._watch(connection, 0)
        elif connection.stage is not Stage.GONE:
            self._send(connection)

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
            data = connection.sock.recv(bounds.LONGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close(connection)
            return
        if connection.first_byte is None:
            connection.first_byte = monotonic()
        connection.received += data
        self._examine(connection)

    def _examine(self, connection: Connection) -> None:
        received = connection.received
        # Empty lines before a request are let pass (RFC 9112, section 2.2).
        blank = 0
        while received.startswith(b"\r\n", blank):
            blank += 2
        del received[:blank]
        if not received or received == b"\r":
            # Nothing of a request has come, so its time has not begun.
            connection.first_byte, connection.seen = None, 0
            self._watch(connection, EVENT_READ)
            return
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
        self._reading.pop(connection, None)
        # It stays watched: few send more before their answer is there, and most send again.
        connection.enter(Stage.ANSWERING)
        connection.sent_any = False
        self._on_head(connection, head)

    def _refuse(self, connection: Connection, status: int) -> None:
        self._counts.refused(status)
        request = method_and_path(connection.received, self._prefix)
        head = bytes(connection.received[: bounds.LONGEST_HEAD])
        self.answer_shortly(
            connection, self._short_answers.to(connection, status, request, head=head)
        )

    def answer_shortly(self, connection: Connection, answer: bytes) -> None:
        """Give a short answer and close the connection."""
        self._reading.pop(connection, None)
        connection.keep = False
        try:
            connection.sendall(answer)
        except OSError:
            self.close(connection)
            return
        self.answered(connection)

    def _has_unsent(self, connection: Connection) -> None:
        self._calls.defer(self._send, connection)

    def _send(self, connection: Connection) -> None:
        if connection.stage not in {Stage.ANSWERING, Stage.SENDING}:
            return
        try:
            connection.flush()
        except OSError:
            self.close(connection)
            return
        if connection.unsent():
            self._watch(connection, EVENT_WRITE)
        elif connection.stage is Stage.SENDING:
            self.answered(connection)
        else:
            self._watch(connection, 0)

    def answered(self, connection: Connection) -> None:
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
            self.close(connection)
            return
        connection.received = bytearray()
        self._watch(connection, EVENT_READ)

    def _discard(self, connection: Connection) -> None:
        try:
            if connection.sock.recv(bounds.LONGEST_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.close(connection)

    def close(self, connection: Connection, *, reset: bool = False) -> None:
        """Close it at once; with ``reset`` what it has not taken is thrown away."""
        self._reading.pop(connection, None)
        self.connections.discard(connection)
        self._watch(connection, 0)
        connection.close(reset=reset)
        self.accepting.counted()
        self.accepting.again()

    def sweep(self) -> None:
        """Close the connections whose time is up; to be called about once a second."""
        self.accepting.again()
        now = monotonic()
        for connection in list(self.connections):
            found = verdict(connection, now)
            if found is Verdict.CLOSE:
                self.close(connection)
            elif found is Verdict.TOO_LONG_A_HEAD:
                self._refuse(connection, 408)
            elif found is Verdict.TOO_SLOW:
                self._counts.closed("slow")
                self.close(connection, reset=True)
        dropped = too_much_memory(self.connections)
        for connection in dropped:
            self._counts.closed("memory")
            self.close(connection, reset=True)
        if dropped:
            self._log.warning(
                "%d slow clients were dropped: they held too much memory", len(dropped)
            )
