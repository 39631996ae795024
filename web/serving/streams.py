"""At most half of a worker's threads send answers that are made while they are sent.

Such an answer, an export, is as long as its index and holds its thread for as long as its client
takes; without a bound a few slow readers of exports would hold all.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

from web.serving.counts import Counts
from web.serving.environment import STREAMS
from web.serving.short_answers import short_response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Streams:
    """The places of a worker for such answers."""

    def __init__(self, at_most: int, counts: Counts) -> None:
        self._places = BoundedSemaphore(at_most)
        self._counts = counts

    def begin(self) -> bool:
        """Whether there was a place, which is taken now; one that is sent away is counted."""
        found = self._places.acquire(blocking=False)
        if not found:
            self._counts.shed("exports")
        return found

    def end(self) -> None:
        """Give the place back."""
        self._places.release()


def bounded_streams(app: WSGIApplication) -> WSGIApplication:
    """The app, whose answers without a length are as many as the server has places for.

    One more is answered with 503, with the app's own answer closed. To be put inside of what
    counts answers. A server without places, such as a test's client, sets no bound.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        streams = environ.get(STREAMS)
        if not isinstance(streams, Streams) or environ["REQUEST_METHOD"] == "HEAD":
            return app(environ, start_response)
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            if status[:3] in {"204", "304"} or any(
                name.lower() == "content-length" for name, _ in headers
            ):
                return start_response(status, headers, *rest)  # type: ignore[arg-type]
            # Not yet told: it may have to be another answer.
            started.append((status, headers))
            return None

        pieces = app(environ, start)  # type: ignore[arg-type]
        if not started:
            return pieces
        close = getattr(pieces, "close", None)
        if not streams.begin():
            if close is not None:
                close()
            short = short_response(503, environ.get("PATH_INFO", ""))
            start_response(short.status, list(short.headers))
            return [short.body]

        def closed() -> None:
            try:
                if close is not None:
                    close()
            finally:
                streams.end()

        start_response(*started[-1])
        return ClosingIterator(pieces, closed)

    return answer
