"""Whole answers are those that Werkzeug would send."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Response
from werkzeug.test import EnvironBuilder

from web.whole_answers import WholeAnswer

MADE: dict[str, Callable[[type[Response]], Response]] = {
    "text": lambda kind: kind("teks é", mimetype="text/html"),
    "bytes": lambda kind: kind(b"{}", mimetype="application/json", headers={"ETag": 'W/"a"'}),
    "empty": lambda kind: kind(""),
    "a length by hand": lambda kind: kind([b"ab"], headers={"Content-Length": "2"}),
    "no length": lambda kind: kind([b"ab"]),
    "nothing given": lambda kind: kind(),
    "pieces": lambda kind: kind([b"a", b"b"]),
    "pieces and length": lambda kind: kind([b"a", b"b"], headers={"Content-Length": "2"}),
    "texts": lambda kind: kind(["a", "é"]),
    "a text and its length": lambda kind: kind(["é"], headers={"Content-Length": "2"}),
    "generator": lambda kind: kind(iter([b"a", b"b"])),
    "passed through": lambda kind: kind(
        iter([b"ab"]), headers={"Content-Length": "2"}, direct_passthrough=True
    ),
    "bytes passed through": lambda kind: kind(b"ab", direct_passthrough=True),
    "part": lambda kind: kind(b"b", status=206, headers={"Content-Range": "bytes 1-1/2"}),
    "not found": lambda kind: kind("no", status=404),
    "not modified": lambda kind: kind("no", status=304),
    "nothing": lambda kind: kind("", status=204),
    "elsewhere": lambda kind: kind("", status=302, headers={"Location": "/ä b"}),
    "known elsewhere": lambda kind: kind("a", headers={"Content-Location": "/ä"}),
}
WHOLE = {"text", "bytes", "empty", "a length by hand", "bytes passed through"}


def _sent(response: Response, method: str) -> tuple[bool, list[object]]:
    """Whether the body itself is handed on, and what is sent."""
    told: list[object] = []
    environ = EnvironBuilder("/x?y=1", method=method).get_environ()
    pieces = response(environ, lambda *given: told.append(given))  # type: ignore[arg-type]
    return type(pieces) is list, [*told, b"".join(pieces)]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", MADE)
def test_they_are_sent_as_ever(name: str, method: str) -> None:
    made = MADE[name]
    at_once, sent = _sent(made(WholeAnswer), method)
    assert at_once == (name in WHOLE and method == "GET")
    assert sent == _sent(made(Response), method)[1]


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    ended: list[bool] = []
    response = WholeAnswer("text")
    response.call_on_close(lambda: ended.append(True))
    pieces = response(EnvironBuilder().get_environ(), lambda *_: None)  # type: ignore[arg-type]
    pieces.close()  # type: ignore[attr-defined]
    assert ended == [True]
