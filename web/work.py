"""What is known of one request while it is answered: its id, its status and what it cost.

The outermost layer of the application. Time is that which is spent in our own code: a client that
takes its answer slowly does not make the answer slow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from werkzeug.wsgi import ClosingIterator

from index.light_dataclass import dataclass
from web.networks import Network
from web.request_id import HEADER, request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEY = "warta.work"
_CURRENT: ContextVar[Work | None] = ContextVar(_KEY, default=None)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Work:
    """One request, filled in while it is answered.

    ``seconds`` and ``processor_seconds`` were spent in our code so far, ``generation`` is of the
    index that answered, empty where none was asked, and ``broken`` says that the answer ended
    before its end.
    """

    request_id: str
    method: str
    endpoint: str = "none"
    generation: str = ""
    status: int = 0
    seconds: float = 0.0
    processor_seconds: float = 0.0
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Took:
    """What a question took, in seconds: as a clock tells it, and of the processor."""

    wall: float
    processor: float


def current_work() -> Work | None:
    """The request that this thread answers."""
    return _CURRENT.get()


def work_of(environ: WSGIEnvironment) -> Work | None:
    """The request that came with the environment, None for one that never reached us."""
    found = environ.get(_KEY)
    return found if isinstance(found, Work) else None


def environ_of(work: Work, path: str, peer: str) -> dict[str, object]:
    """What a log needs of a request that the server answered without the application.

    ``path`` is as it was sent, without the query.
    """
    return {
        _KEY: work,
        "REQUEST_METHOD": work.method,
        "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
        "REMOTE_ADDR": peer,
    }


def forget() -> None:
    """Say that the thread's request is over."""
    _CURRENT.set(None)


def measured(
    app: WSGIApplication, trusted: tuple[Network, ...], answered: Callable[[Work], None]
) -> WSGIApplication:
    """The app, whose every request is a ``Work``; ``answered`` is told of each when it is done."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        work = Work(request_id(environ, trusted), environ["REQUEST_METHOD"])
        environ[_KEY] = work
        _CURRENT.set(work)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            work.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, work.request_id)], exc_info)

        wall, processor = perf_counter(), thread_time()
        try:
            pieces = app(environ, start)
        finally:
            _spent(work, wall, processor)
        if type(pieces) is list:
            return _Whole(pieces, work, answered)
        closing = [getattr(pieces, "close", None), lambda: answered(work)]
        return ClosingIterator(_timed(pieces, work), [one for one in closing if one is not None])

    return answer


class _Whole:
    """An answer that took all its time before its first piece."""

    __slots__ = ("_answered", "_pieces", "_work")

    def __init__(self, pieces: list[bytes], work: Work, answered: Callable[[Work], None]) -> None:
        self._pieces = pieces
        self._work = work
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        self._answered(self._work)


def _timed(pieces: Iterable[bytes], work: Work) -> Iterator[bytes]:
    """The pieces; only the time to make each counts."""
    waiting = iter(pieces)
    while True:
        wall, processor = perf_counter(), thread_time()
        try:
            piece = next(waiting)
        except StopIteration:
            return
        except BaseException as error:
            work.broken = True
            _log.error("the answer broke off: %s", type(error).__name__)
            raise
        finally:
            _spent(work, wall, processor)
        yield piece


def _spent(work: Work, wall: float, processor: float) -> None:
    work.seconds += perf_counter() - wall
    work.processor_seconds += thread_time() - processor
