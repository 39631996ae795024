"""Answers without a length have places; one more is an answer of its own, counted as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from web.serving.counts import Counts
from web.serving.environment import STREAMS
from web.serving.streams import Streams, bounded_streams
from web.work import Work, measured


class Exporting:
    """An application behind the bound, whose answers have no length."""

    def __init__(self) -> None:
        self.streams = Streams(1, Counts())
        self.done: list[Work] = []
        self.closed = 0
        self.app: Response | None = None
        self.client = Client(measured(bounded_streams(self._app), (), self.done.append))

    def _app(self, environ: Any, start_response: Any) -> Any:
        response = self.app or Response(iter([b"a", b"b"]))
        response.call_on_close(self._close)
        return response(environ, start_response)

    def _close(self) -> None:
        self.closed += 1

    def ask(self, path: str, method: str = "GET") -> Any:
        return self.client.open(
            path, method=method, environ_overrides={STREAMS: self.streams}, buffered=False
        )


@pytest.fixture
def exporting() -> Exporting:
    return Exporting()


def test_one_more_than_allowed_is_answered_and_counted_with_503(exporting: Exporting) -> None:
    first = exporting.ask("/api/v1/export")
    second = exporting.ask("/api/v1/export")
    assert (first.status_code, second.status_code) == (200, 503)
    assert second.mimetype == "application/problem+json"
    assert second.headers["Retry-After"]
    assert second.headers["X-Request-ID"]
    second.close()
    assert [work.status for work in exporting.done] == [503]
    assert exporting.closed == 1
    assert first.data == b"ab"
    first.close()
    assert [work.status for work in exporting.done] == [503, 200]
    assert exporting.closed >= 2


def test_a_place_is_given_back(exporting: Exporting) -> None:
    for _ in range(3):
        response = exporting.ask("/search.csv")
        assert response.data == b"ab"
        response.close()


def test_a_head_request_takes_no_place(exporting: Exporting) -> None:
    held = [exporting.ask("/search.csv", "HEAD") for _ in range(3)]
    assert {one.status_code for one in held} == {200}


def test_a_place_is_given_back_where_the_answer_breaks_off(exporting: Exporting) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        raise ValueError

    for _ in range(3):
        exporting.app = Response(pieces())
        response = exporting.ask("/search.csv")
        assert response.status_code == 200
        with pytest.raises(ValueError):
            _ = response.data
        response.close()
