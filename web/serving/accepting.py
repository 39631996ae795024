"""Taking new connections: how many at a time, when none can be, when others should take them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection, Iterable
from functools import partial
from selectors import EVENT_READ, BaseSelector
from time import monotonic
from typing import Any

from web.serving import bounds
from web.serving.open_files import connections_allowed
from web.serving.shares import MANY, Share

_COMPLAINTS = 10.0
"""In seconds: the log is told no more often that nothing can be accepted."""


class Accepting:
    """The listening sockets of a worker, watched by the loop's ``poller`` while it may accept.

    ``accepted`` is called with each new socket, its client, the server's name and port, and whether
    it is for metrics only; ``make_place`` closes one of the ``connections``, or says that it could
    not. All of it belongs to the loop.
    """

    def __init__(
        self,
        log: Any,
        poller: BaseSelector,
        connections: Collection[object],
        share: Share,
        *,
        accepted: Callable[[socket.socket, object, object, bool], None],
        make_place: Callable[[], bool],
    ) -> None:
        self._log = log
        self._poller = poller
        self._connections = connections
        self._share = share
        self._accepted = accepted
        self._make_place = make_place
        self._most = connections_allowed()
        self._listeners: tuple[Any, ...] = ()
        self._metrics_address: object = None
        self._accepting = False
        self._leaving = False
        # Until when new connections are left to other workers, None while they are not; and whether
        # they were, and are still there.
        self._left_until: float | None = None
        self._were_left = False
        self._complained = -_COMPLAINTS

    def begin(self, listeners: Iterable[Any], metrics_address: object) -> None:
        """Accept connections; those at ``metrics_address`` are for metrics only."""
        self._listeners, self._metrics_address = tuple(listeners), metrics_address
        for listener in self._listeners:
            listener.setblocking(False)
        self.counted()
        self.again()

    def end(self) -> None:
        """Accept no more; the sockets are closed, others may have them too."""
        self._pause()
        self._share.ends()
        for listener in self._listeners:
            listener.close()
        self._listeners = ()

    def leave(self) -> None:
        """Leave connections to any other worker from now on: this one is to be replaced."""
        self._leaving = True
        self.counted()

    def counted(self) -> None:
        """The connections are more or fewer than they were."""
        if self._listeners:
            self._share.is_of(MANY if self._leaving else len(self._connections))

    def again(self) -> None:
        """Accept where it was paused: there may be place now."""
        if not self._accepting and self._left_until is None:
            self._accepting = True
            for listener in self._listeners:
                metrics = listener.getsockname() == self._metrics_address
                act = partial(self._accept, listener, metrics)
                self._poller.register(listener.sock, EVENT_READ, act)

    def before_turn(self, seconds: float) -> float:
        """How long the loop may wait, at most so long, so that nothing is left to others longer."""
        self._were_left = False
        if self._left_until is None:
            return seconds
        left = self._left_until - monotonic()
        if left > 0:
            return min(seconds, left)
        self._left_until, self._were_left = None, True
        self.again()
        # Only what is there already was left.
        return 0.0

    def _pause(self) -> None:
        """Until a connection is closed or a second has passed; clients wait, others take them."""
        if self._accepting:
            self._accepting = False
            for listener in self._listeners:
                self._poller.unregister(listener.sock)

    def _accept(self, listener: Any, metrics_only: bool, _: int) -> None:
        if self._share.is_largest() and not self._were_left:
            self._left_until = monotonic() + bounds.LEAVE_SECONDS
            self._pause()
            return
        # One at a time shares the clients among the workers. Where there are many connections,
        # more are taken in a turn, so that a storm of them does not make others wait for theirs.
        for _turn in range(1 + len(self._connections) // 16):
            if not self._accepting:
                return
            if len(self._connections) >= self._most and not self._make_place():
                self._pause()
                return
            try:
                sock, client = listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:
                # No file descriptors or memory are left.
                if monotonic() - self._complained > _COMPLAINTS:
                    self._complained = monotonic()
                    self._log.warning("a connection cannot be accepted: %s", error.strerror)
                if not self._make_place():
                    self._pause()
                return
            server = listener.getsockname()
            if isinstance(server, tuple):
                # Head and body are sent apart; the second would wait for the client to confirm the
                # first, which it may put off for 40 ms (RFC 1122, 4.2.3.2 and 4.2.3.4). gunicorn
                # sets this where it listens, too late for those who came while the server started.
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            else:
                # At a Unix socket; links must not show its path.
                server = ("localhost", "80")
            self._accepted(sock, client, server, metrics_only)
