"""At most half of a worker's threads send answers that are made while they are sent.

Such an answer, an export, is as long as its index and holds its thread for as long as its client
takes; without a bound a few slow readers of exports would hold all.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class TooManyStreams(Exception):
    """Half of the threads are in exports already."""


def bounded_streams(app: WSGIApplication, at_most: int) -> WSGIApplication:
    """The app, which raises ``TooManyStreams`` for one more answer without a length than allowed.

    It is raised before anything is sent, with the answer closed.
    """
    places = BoundedSemaphore(at_most)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        lengths: list[bool] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            streams = environ["REQUEST_METHOD"] != "HEAD" and status[:3] not in {"204", "304"}
            lengths.append(
                not streams or any(name.lower() == "content-length" for name, _ in headers)
            )
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        pieces = app(environ, start)  # type: ignore[arg-type]
        close = getattr(pieces, "close", None)
        if not lengths or lengths[-1]:
            return pieces
        if not places.acquire(blocking=False):
            if close is not None:
                close()
            raise TooManyStreams

        def closed() -> None:
            try:
                if close is not None:
                    close()
            finally:
                places.release()

        return ClosingIterator(pieces, closed)

    return answer
