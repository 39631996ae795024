"""The writer's lock of an alias: a document with a lease, which its holder renews.

The index ``<alias>-lock`` has one document at most. Who writes the alias has made it, and renews it
three times a lease; where nobody does, as after a power failure, the next writer takes it over.
Every change of it says which state it changes (``if_seq_no``, ``if_primary_term``), so that of two
writers one always fails. Moments in it, in seconds since 1970, are those of the cluster's clock,
which is read for each: those of writers may differ, and stand still while a machine is suspended.
Whatever program writes it, ``renewed`` and ``lease`` are numbers; where they are not, it has ended.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from getpass import getuser
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from index.bilingual import Text
from index.dates import WIB
from index.errors import IndexLocked, IndexUnavailable, LeaseLost
from index.location import LOCK_SUFFIX
from index.opensearch.connection import Connection
from index.opensearch.making import make
from index.opensearch.unexpected import unexpected_told
from index.printing import shown

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

SECONDS = 60.0
"""How long a lease is."""

_RENEWALS = 3
"""How often it is renewed in that time."""

_LOOKED_AGAIN = 1.0
"""Seconds after which one who waits looks again."""

_TO_ANSWER = 10.0
"""Seconds in which the cluster must answer: several tries have to fit into a lease."""

_TO_LOOK = 3.0
"""Seconds in which it must tell the time: without it, it is reckoned from the time before."""

_LONGEST = 100
"""Characters of what is told of a holder."""

_ID = "writer"


@contextmanager
def leased(connection: Connection, *, wait: bool, seconds: float = SECONDS) -> Iterator[Lease]:
    """Hold the lock of the connection's alias; it is released at the end.

    SIGTERM counts as Ctrl-C meanwhile, so that the lock is released then, too. Raises
    ``IndexLocked``, which says who holds it, where another has it and not ``wait``, and whatever
    ``Connection.asked`` does.
    """
    lease = Lease(connection, seconds)
    with _sigterm_as_interrupt():
        try:
            while True:
                try:
                    lease.take()
                    break
                except IndexLocked:
                    if not wait:
                        raise
                sleep(_LOOKED_AGAIN)
            yield lease
        finally:  # Also of one who was interrupted while it was taking it.
            lease.release()


class Lease:
    """A lock that is taken, renewed by a thread, and let go of. See ``leased``.

    ``token``: tells it from all others.
    """

    def __init__(self, connection: Connection, seconds: float) -> None:
        self._connection = connection
        self._index = connection.cluster.alias + LOCK_SUFFIX
        self._seconds = seconds
        self.token = secrets.token_hex(8)
        self._holder = {"token": self.token, **_holder()}
        self._state: dict[str, int | str] = {}
        self._may_be_own = False
        self._ahead = 0.0
        self._changing = threading.Lock()
        self._done = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="lease", daemon=True)

    def take(self) -> None:
        """Make the document, or take over one whose lease has ended. Raises ``IndexLocked``."""
        _make(self._connection, self._index)
        self._look(patience=None)
        self._holder["since"] = self._now()
        while True:
            found = self._found()
            if found is not None and not self._is_own(found):
                source = found["_source"]
                if self._now() <= _number(source, "renewed") + _number(source, "lease"):
                    raise IndexLocked(self._connection.cluster.url, _told(source))
            self._state = {"op_type": "create"} if found is None else _state(found)
            self._may_be_own = True
            if self._write():
                break
        self._thread.start()

    def require(self) -> None:
        """Renew the lease, before what only the holder may do. Raises ``LeaseLost``."""
        with self._changing:
            while not self._write():
                found = self._found()
                if found is None or not self._is_own(found):
                    raise LeaseLost(self._connection.cluster.url)
                # It is the answer to a change before that was lost.
                self._state = _state(found)

    def require_unlost(self) -> None:
        """Raise ``LeaseLost`` where the last renewal found that another has it; asks nothing."""
        if self._lost.is_set():
            raise LeaseLost(self._connection.cluster.url)

    def release(self) -> None:
        """End the lease now; one that has been lost is another's, and stays."""
        self._done.set()
        if not self._may_be_own:
            return
        # What cannot be released ends by itself.
        with suppress(IndexUnavailable), unexpected_told(self._connection.cluster):
            if self._thread.ident is not None:
                self._thread.join()
            else:  # It is not known whether the cluster has heard of it.
                found = self._found()
                if found is None or not self._is_own(found):
                    return
                self._state = _state(found)
            self._connection.asked(
                lambda client: client.delete(
                    index=self._index, id=_ID, params={**self._state, **_LIMITED}
                )
            )

    def _keep(self) -> None:
        while not self._done.wait(self._seconds / _RENEWALS):
            try:
                with unexpected_told(self._connection.cluster):
                    self.require()
            except LeaseLost:
                self._lost.set()
                return
            except IndexUnavailable:  # Also where the lock's index is closed for a while.
                continue

    def _look(self, patience: float | None = 0.0) -> None:
        """Read the cluster's clock. Raises as ``Connection.asked``."""
        self._ahead = self._connection.asked(_clock, patience=patience) - monotonic()

    def _now(self) -> float:
        """The cluster's clock, as it goes on since it was read."""
        return monotonic() + self._ahead

    def _write(self) -> bool:
        """Put the document in the place of the state that is known; False where it is another."""
        from opensearchpy.exceptions import ConflictError

        with suppress(IndexUnavailable):  # A lease can be renewed without a manager; not the clock.
            self._look()
        document = {**self._holder, "renewed": self._now(), "lease": self._seconds}
        try:
            done = self._connection.asked(
                lambda client: client.index(
                    index=self._index, id=_ID, body=document, params={**self._state, **_LIMITED}
                )
            )
        except ConflictError:
            return False
        self._state = _state(done)
        return True

    def _found(self) -> dict[str, Any] | None:
        from opensearchpy.exceptions import NotFoundError

        try:
            found: dict[str, Any] = self._connection.asked(
                lambda client: client.get(index=self._index, id=_ID, params=dict(_LIMITED))
            )
        except NotFoundError:
            return None
        return found

    def _is_own(self, found: dict[str, Any]) -> bool:
        return bool(found["_source"].get("token") == self._holder["token"])


_LIMITED = {"request_timeout": _TO_ANSWER}


def _state(answer: dict[str, Any]) -> dict[str, int | str]:
    """What a change has to say of the document as it was answered."""
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _make(connection: Connection, index: str) -> None:
    """Make the index that holds the document, if it is not there."""
    if connection.asked(lambda client: client.indices.exists(index=index)):
        return
    body = {
        "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
        "mappings": {"dynamic": False},
    }
    make(connection, index, body)


def _clock(client: OpenSearch) -> float:
    asked = {"format": "json", "h": "epoch", "request_timeout": _TO_LOOK}
    return float(client.cat.health(params=asked)[0]["epoch"])


def _holder() -> dict[str, Any]:
    """Who is writing: a user at a host, the process, and its command without what it is given."""
    try:
        user = getuser()
    except (KeyError, OSError):  # In a container, a number may be all that there is.
        user = str(os.getuid())
    words = [Path(sys.argv[0]).name, *sys.argv[1:2]]
    return {
        "holder": f"{user}@{socket.gethostname()}",
        "process": os.getpid(),
        "command": " ".join(words)[:_LONGEST],
    }


def _number(source: Mapping[str, Any], name: str) -> float:
    """A number of the document; 0 for what is none."""
    value = source.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _told(source: Mapping[str, Any]) -> Text:
    """Who holds the lock."""
    who, process, command = (
        shown(str(source.get(name, "?"))[:_LONGEST]) for name in ("holder", "process", "command")
    )
    seconds = _number(source, "lease")
    try:
        since = f"{datetime.fromtimestamp(_number(source, 'since'), WIB):%Y-%m-%d %H:%M:%S} WIB"
    except (OverflowError, OSError, ValueError):
        since = "?"
    return Text(
        f'{who}, "{command}", process {process}, since {since}; if it was '
        f"killed, its lock ends {seconds:g} seconds later",
        f'{who}, "{command}", proses {process}, sejak {since}; bila sudah '
        f"mati, kuncinya berakhir {seconds:g} detik kemudian",
    )


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """Let SIGTERM raise KeyboardInterrupt in the main thread, unless somebody handles it."""
    may = threading.current_thread() is threading.main_thread()
    if not may or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
