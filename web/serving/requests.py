"""What a request says, as gunicorn reads it; header fields that are known are read once.

Clients send the same header fields with each of their requests, and most clients of one program the
same as others. So of an ordinary head the fields are looked up as they were sent, and only its line
is read anew, and fields that tell of one client or one request: these are taken out before. So no
key or cookie is kept. Whatever has another line, long fields, or a body goes to gunicorn's parser
as a whole, as do fields that it refuses: it says why. An address in UTF-8, as curl sends what it is
given, is percent-encoded first, as browsers do it; gunicorn would refuse it (RFC 9112, 3.2).
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from gunicorn.http import wsgi
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.parser import RequestParser

from index.light_dataclass import dataclass
from web.serving.connection import Connection
from web.serving.response import Response

_ORDINARY = re.compile(
    rb"(GET|HEAD) ((/(?!/)[!\"$->@-~]*)(?:\?([!\"$-~]*))?) HTTP/1\.1\r\n", re.ASCII
)
"""Visible ASCII characters, in the path no question mark, and nowhere a number sign."""

_OTHER_LETTERS = re.compile(rb"[\x80-\xff]+")
_LONGEST_LINE = 4096
_LONGEST_FIELDS = 2048
"""In bytes; cookies of other programs at the same host may make more of them."""

_MOST_KNOWN = 64

_OF_A_REQUEST = {
    name.lower().encode(): "HTTP_" + name.upper().replace("-", "_")
    for name in (
        "Authorization",
        "Cookie",
        "Forwarded",
        "If-Modified-Since",
        "If-None-Match",
        "Proxy-Authorization",
        "Referer",
        "Traceparent",
        "Tracestate",
        "X-API-Key",
        "X-Forwarded-For",
        "X-Request-ID",
    )
}
"""Fields that are other ones with the next client or request, and what they are in the environment.
None of them says anything of how the rest is to be read."""

_TAKEN_OUT = re.compile(rb"(?i)\r\n(" + rb"|".join(_OF_A_REQUEST) + rb"):([\t -~]*)(?=\r\n[^ \t])")
"""Each with its line, where that is of plain characters and not continued in the next."""

_SECRET = re.compile(rb"(?i)\n(?:(?:proxy-)?authorization|cookie|x-api-key)[ \t]*:")
"""Still there where it was not plain."""

_OF_ONE = (
    "wsgi.early_hints",
    "wsgi.input",
    "gunicorn.socket",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "SERVER_NAME",
    "SERVER_PORT",
)
"""What is not told by the fields; the line is told anew, too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the answer to be filled in, WSGI's environment, whether a body follows."""

    response: Response
    environ: dict[str, Any]
    has_body: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """As much of a request as ``Response`` asks for."""

    method: str
    closes: bool
    version: tuple[int, int] = (1, 1)

    def should_close(self) -> bool:
        """Whether the client wants the connection to be closed."""
        return self.closes


class Requests:
    """Reads heads by gunicorn's settings; any thread may."""

    def __init__(self, cfg: Any) -> None:
        self._cfg = cfg
        self._fields = lru_cache(_MOST_KNOWN)(self._read_fields)

    def read(self, head: bytes, connection: Connection) -> Asked:
        """What the head asks. Raises ``ParseException`` and ``NoMoreData``, as gunicorn's parser.

        Nothing waits for a body: to whom it is read, it has ended.
        """
        line = _ORDINARY.match(head)
        if line is None and not head.isascii():
            head = with_plain_address(head)
            line = _ORDINARY.match(head)
        if line is None or line.end() > _LONGEST_LINE or len(head) - line.end() > _LONGEST_FIELDS:
            return self.read_whole(head, connection)
        # From the end of the line on, so that each field begins behind the end of a line.
        fields, *taken = _TAKEN_OUT.split(head[line.end() - 2 :])
        if taken:
            fields += b"".join(taken[2::3])
        known = None if _SECRET.search(fields) else self._fields(fields)
        if known is None:
            return self.read_whole(head, connection)
        closes, common = known
        method, target, path, query = line.groups()
        environ = common.copy()
        for name, value in zip(taken[::3], taken[1::3], strict=True):
            key = _OF_A_REQUEST[name.lower()]
            if key in environ:  # twice, which gunicorn joins
                return self.read_whole(head, connection)
            environ[key] = value.decode("ascii").strip(" \t")
        asked = _Line(method.decode(), closes)
        environ["wsgi.input"] = BytesIO()
        environ["gunicorn.socket"] = connection
        environ["REQUEST_METHOD"] = asked.method
        environ["RAW_URI"] = target.decode()
        environ["QUERY_STRING"] = query.decode() if query else ""
        plain = unquote_to_bytes(path) if b"%" in path else path
        environ["PATH_INFO"] = plain.decode("latin-1")
        client: Any = connection.client
        server: Any = connection.server
        if client:
            environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = client[0], str(client[1])
        else:
            environ["REMOTE_ADDR"] = ""
        environ["SERVER_NAME"], environ["SERVER_PORT"] = server[0], str(server[1])
        return Asked(Response(asked, connection, self._cfg), environ, has_body=False)

    def read_whole(self, head: bytes, connection: Connection) -> Asked:
        """As ``read``, all of it by gunicorn."""
        # The parser gets the head and then an end, so nothing ever waits for a body.
        request = next(RequestParser(self._cfg, iter([head]), connection.client))
        # A later minor version is answered in the highest that is spoken (RFC 9110, section 2.5).
        request.version = min(request.version, (1, 1))
        request._expected_100_continue = False  # noqa: SLF001 - gunicorn asks by it for the body
        response, environ = wsgi.create(
            request, connection, connection.client, connection.server, self._cfg, Response
        )
        environ["wsgi.multithread"] = True
        # Nothing here gives any, and they would hold the answer.
        del environ["wsgi.early_hints"]
        return Asked(response, environ, _announces_a_body(request))

    def _read_fields(self, fields: bytes) -> tuple[bool, dict[str, Any]] | None:
        """Whether the connection is to be closed, and the environment but for the line's.

        ``fields`` begin with the end of a line. None for what has to be read as a whole.
        """
        # Also so many that with what was taken out they may be more than are allowed.
        if fields.count(b"\r\n") + len(_OF_A_REQUEST) > self._cfg.limit_request_fields:
            return None
        try:
            request = next(RequestParser(self._cfg, iter([b"GET / HTTP/1.1" + fields]), _NOWHERE))
            request._expected_100_continue = False  # noqa: SLF001 - as above
            _, environ = wsgi.create(request, None, _NOWHERE, _NOWHERE, self._cfg, Response)
        except (ParseException, NoMoreData):
            return None
        if any(name in {"CONTENT-LENGTH", "TRANSFER-ENCODING"} for name, _ in request.headers):
            return None
        environ["wsgi.multithread"] = True
        for name in _OF_ONE:
            del environ[name]
        return request.should_close(), environ


def with_plain_address(head: bytes) -> bytes:
    """The head whose address has other letters than ASCII's percent-encoded, if it is UTF-8."""
    line, end, fields = head.partition(b"\r\n")
    method, blank, rest = line.partition(b" ")
    address, _, _ = rest.partition(b" ")
    try:
        address.decode("utf-8")
    except UnicodeDecodeError:
        return head
    plain = _OTHER_LETTERS.sub(lambda found: quote_from_bytes(found[0]).encode(), address)
    return method + blank + plain + rest[len(address) :] + end + fields


_NOWHERE = ("", 0)


def _announces_a_body(request: Any) -> bool:
    return any(
        name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and value.strip() != "0")
        for name, value in request.headers
    )
