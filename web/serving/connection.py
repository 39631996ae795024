"""One client's connection: what it sent and is not yet a request, what it has not yet taken.

The event loop reads; a thread writes an answer through ``sendall``, which gives the system what it
takes at once and leaves the rest to the loop. Only an answer with more bytes left than
``LARGEST_UNSENT`` makes its thread wait for the client.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from struct import pack
from threading import Condition
from time import monotonic
from typing import Any

from web.networks import client_of
from web.serving.bounds import LARGEST_UNSENT

_PIECE = 256 * 1024


class Stage(Enum):
    """What is awaited of a connection, or done for it."""

    READING = auto()
    ANSWERING = auto()
    SENDING = auto()
    CLOSING = auto()
    GONE = auto()


class Connection:
    """A client's socket with its buffers.

    All but ``sendall`` and ``send`` belongs to the event loop. ``has_unsent`` is called with the
    connection, in the thread that answers, when there are bytes that the loop has to send.
    ``client`` is its address, empty for one at a Unix socket: a name that it may have bound, whose
    bytes may be no text, tells nothing of who it is.
    """

    def __init__(
        self,
        sock: socket.socket,
        client: object,
        server: object,
        *,
        metrics_only: bool,
        has_unsent: Callable[[Connection], None],
    ) -> None:
        sock.setblocking(False)
        self.sock = sock
        self.client: Any = client if isinstance(client, tuple) else ""
        self.owner = client_of(str(self.client[0]) if self.client else None)
        self.server = server
        self.metrics_only = metrics_only
        self.stage = Stage.READING
        self.since = monotonic()
        self.keep = False
        self.events = 0
        self.received = bytearray()
        self.seen = 0
        self.first_byte: float | None = None
        self._has_unsent = has_unsent
        self._changed = Condition()
        self._unsent = bytearray()
        self._gone = False
        self._waiting_since: float | None = None
        self._waited = 0.0
        # Since when, without a break, bytes wait for the client, and how many it took of them.
        self.began_sending = 0.0
        self.taken = 0
        self.last_taken = 0.0
        self.sent_any = False

    def enter(self, stage: Stage) -> None:
        """Be in the stage from now on."""
        self.stage, self.since = stage, monotonic()

    def is_reset(self) -> bool:
        """Whether the client has gone; one that closed only its side may still read."""
        try:
            self.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return False

    def held(self) -> int:
        """Bytes of memory that its buffers take."""
        return len(self.received) + len(self._unsent)

    def unsent(self) -> bool:
        """Whether there are bytes that the client has not taken."""
        return bool(self._unsent)

    def waited(self) -> float:
        """Seconds that threads have waited for the client to take its answers."""
        since = self._waiting_since
        return self._waited + (0.0 if since is None else monotonic() - since)

    def sendall(self, data: bytes) -> None:
        """Send the data, or keep it to be sent. Raises ``BrokenPipeError`` for one that is gone."""
        with self._changed:
            if self._gone:
                raise BrokenPipeError
            self.sent_any = True
            if self._unsent:
                self._unsent += data
            else:
                rest = data[self._try(data) :]
                if not rest:
                    return
                self.began_sending = self.last_taken = monotonic()
                self.taken = 0
                self._unsent += rest
                self._has_unsent(self)
            if len(self._unsent) > LARGEST_UNSENT:
                self._wait_for_room()

    def send(self, data: bytes) -> int:
        """As ``sendall``; gunicorn calls it as a socket's."""
        self.sendall(data)
        return len(data)

    def flush(self) -> None:
        """Send what the client takes now. Raises ``OSError`` for one that is gone."""
        with self._changed:
            sent = self._try(self._unsent[:_PIECE])
            if sent:
                del self._unsent[:sent]
                self.taken += sent
                self.last_taken = monotonic()
            if len(self._unsent) <= LARGEST_UNSENT // 2:
                self._changed.notify_all()

    def abandon(self) -> bool:
        """Take no more of the answer; whether nothing of it has been sent yet."""
        with self._changed:
            self._gone = True
            self._changed.notify_all()
            return not self.sent_any

    def close(self, *, reset: bool = False) -> None:
        """Close the socket; a thread that still answers is told when it next sends.

        With ``reset`` the system throws away what it still holds for the client, some megabytes
        that it would otherwise keep offering.
        """
        self.stage = Stage.GONE
        with self._changed:
            self._gone = True
            self._unsent = bytearray()
            self.received = bytearray()
            self._changed.notify_all()
        if reset:
            with suppress(OSError):
                self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, pack("ii", 1, 0))
        self.sock.close()

    def _try(self, data: bytes | bytearray) -> int:
        try:
            return self.sock.send(data)
        except BlockingIOError:
            return 0
        except OSError as error:
            # Also a route that is no more, or a client that answers nothing: not our fault.
            raise BrokenPipeError(*error.args) from error

    def _wait_for_room(self) -> None:
        self._waiting_since = monotonic()
        try:
            self._changed.wait_for(lambda: self._gone or len(self._unsent) <= LARGEST_UNSENT // 2)
        finally:
            self._waited = self.waited()
            self._waiting_since = None
        if self._gone:
            raise BrokenPipeError
