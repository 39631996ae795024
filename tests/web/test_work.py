from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any
from wsgiref.util import FileWrapper

import pytest

from web.work import Work, current_work, forget, measured, work_of

PAUSE = 0.2


class Client:
    """Calls an app as a server does."""

    def __init__(self, app: Any, **environ: Any) -> None:
        self.done: list[Work] = []
        self.environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "192.0.2.1", **environ}
        self.headers: list[tuple[str, str]] = []
        self.pieces = measured(app, (), self.done.append)(self.environ, self._start)  # type: ignore[arg-type]

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        del status, exc_info
        self.headers = headers

    def close(self) -> None:
        self.pieces.close()  # type: ignore[attr-defined]


def streaming(_: Any, start: Any) -> Iterator[bytes]:
    start("200 OK", [])
    return iter([b"a", b"b"])


def test_a_slow_client_does_not_make_an_answer_slow() -> None:
    client = Client(streaming)
    for _ in client.pieces:
        time.sleep(PAUSE)
    client.close()
    (work,) = client.done
    assert work.seconds < PAUSE
    assert (work.status, work.broken) == (200, False)


def test_what_is_made_while_it_is_sent_counts() -> None:
    def slow(_: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        for _ in range(2):
            time.sleep(PAUSE)
            yield b"x"

    client = Client(slow)
    assert list(client.pieces) == [b"x", b"x"]
    client.close()
    (work,) = client.done
    assert work.seconds >= 2 * PAUSE
    # To sleep is no work.
    assert work.processor_seconds < 2 * PAUSE


def test_the_id_is_in_the_answer_and_known_meanwhile() -> None:
    seen: list[Work | None] = []

    def app(environ: Any, start: Any) -> list[bytes]:
        seen.extend((current_work(), work_of(environ)))
        start("404 NOT FOUND", [("X", "y")])
        return [b"x"]

    client = Client(app)
    (first, second) = seen
    assert first is second
    assert first is not None
    assert client.headers == [("X", "y"), ("X-Request-ID", first.request_id)]
    assert client.environ["REQUEST_METHOD"] == first.method
    forget()
    assert current_work() is None


def test_an_answer_that_breaks_off_is_counted_once_and_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaking(_: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        yield b"a"
        raise OSError("rahasia")

    client = Client(breaking)
    with pytest.raises(OSError, match="rahasia"):
        list(client.pieces)
    client.close()
    (work,) = client.done
    assert work.broken
    assert caplog.messages == ["the answer broke off: OSError"]


def test_a_client_that_leaves_is_counted() -> None:
    client = Client(streaming)
    next(iter(client.pieces))
    assert not client.done
    client.close()
    assert len(client.done) == 1


def test_a_file_is_counted_when_it_has_been_sent() -> None:
    def sending(_: Any, start: Any) -> FileWrapper:
        start("200 OK", [])
        return FileWrapper(io.BytesIO(b"isi"))

    client = Client(sending, **{"wsgi.file_wrapper": FileWrapper})
    assert b"".join(client.pieces) == b"isi"
    assert not client.done
    client.close()
    assert len(client.done) == 1
