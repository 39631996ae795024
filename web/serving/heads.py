"""Finding where a request's head ends in the bytes that came so far, without waiting for more.

The head is the request line and the header fields (RFC 9112, section 2.1). What it says is read by
gunicorn's parser; here it is only found to be whole, or never to become a good one.
"""

from __future__ import annotations

import re

from index.light_dataclass import dataclass
from web.serving.bounds import LONGEST_HEAD, LONGEST_REQUEST_LINE

_END = b"\r\n\r\n"
_BARE_LINE_FEED = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class BadHead(Exception):
    """The bytes cannot become a head; ``status`` is that of the answer."""

    status: int


def end_of_head(received: bytearray, seen: int) -> int | None:
    """How long the head at the start is with its empty line; None while it is not whole.

    ``seen`` of the bytes were looked at before. Raises ``BadHead``: 400, 414 or 431.
    """
    if received and not 65 <= received[0] <= 90:
        # No method begins like this. It may be TLS, whose client would wait for an answer.
        raise BadHead(400)
    end = received.find(_END, max(seen - 3, 0))
    if end < 0 and _BARE_LINE_FEED.search(received, seen):
        # Lines end with CRLF, so this head would never end.
        raise BadHead(400)
    line = received.find(b"\r\n", 0, LONGEST_REQUEST_LINE + 2)
    if line < 0 and len(received) >= LONGEST_REQUEST_LINE + 2:
        raise BadHead(414)
    if max(end + len(_END), 0 if end >= 0 else len(received)) > LONGEST_HEAD:
        raise BadHead(431)
    return None if end < 0 else end + len(_END)


def method_and_path(head: bytes | bytearray, prefix: str = "") -> tuple[str, str]:
    """What the first line says, or empty strings; not decoded, without the query and ``prefix``."""
    words = bytes(head[: LONGEST_REQUEST_LINE + 2]).split(b"\r\n", 1)[0].split(b" ")
    if len(words) < 2:
        return "", ""
    path = words[1].partition(b"?")[0].decode("latin-1")
    if path.startswith(f"{prefix}/"):
        path = path.removeprefix(prefix)
    return words[0].decode("latin-1"), path
