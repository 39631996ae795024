"""How much of a request's headers is read, so that none costs more than a page; ``Vary``.

A server that repeats a header gets it joined: sixty-four of 8 kB are one of half a megabyte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response
from werkzeug.exceptions import RequestHeaderFieldsTooLarge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LONGEST_HEADER = 8_190
"""Characters of a header, all its repetitions together; a longer one is refused with 431."""

MOST_CHOICES = 20
"""So many entries of a list of what a client accepts are read, from its beginning."""

_CHOICES = ("HTTP_ACCEPT", "HTTP_ACCEPT_CHARSET", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE")


def header(response: Response, name: str) -> str:
    """The value of a header, empty where it has none.

    As ``response.headers.get`` would, which makes an exception of one that is not there.
    """
    lowered = name.lower()
    for one, value in response.headers:
        if one.lower() == lowered:
            return value
    return ""


def vary(response: Response, *names: str) -> None:
    """Say that the answer depends on these headers of the request, too.

    As ``response.vary`` would, which takes the header apart and puts it together at every change.
    """
    said = header(response, "Vary")
    missing = [name for name in names if name not in said]
    if missing:
        response.headers["Vary"] = ", ".join([said, *missing] if said else missing)


def bound(environ: WSGIEnvironment) -> None:
    """Bound the headers before anything reads them. Raises ``RequestHeaderFieldsTooLarge``."""
    long = [
        name
        for name, value in environ.items()
        if type(value) is str and len(value) > LONGEST_HEADER and name.startswith("HTTP_")
    ]
    if long:
        # The answer that tells of it must not read them either.
        environ.update(dict.fromkeys(long, ""))
        raise RequestHeaderFieldsTooLarge
    for name in _CHOICES:
        if value := environ.get(name):
            environ[name] = ",".join(value.split(",", MOST_CHOICES)[:MOST_CHOICES])
