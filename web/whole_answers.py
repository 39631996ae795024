"""Answers whose body is whole: they are sent as they are, without copies of headers and body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ADDRESSES = frozenset({"location", "content-location"})


class WholeAnswer(Response):
    """Flask's response; what Werkzeug would find nothing to change in is sent at once.

    As the class of an application's responses it takes the place of whatever class a view's
    response has: a subclass of Flask's with methods of its own would lose them.
    """

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The body, and its end where something is to be done at it."""
        body = self.response
        if (
            type(body) is list
            and len(body) == 1
            and type(body[0]) is bytes
            and environ["REQUEST_METHOD"] == "GET"
            and self._is_ready()
        ):
            start_response(self.status, self.headers.to_wsgi_list())
            return body
        return super().__call__(environ, start_response)

    def _is_ready(self) -> bool:
        """Whether neither headers nor body depend on the request, and nothing is to be closed."""
        if self.status_code != 200 or self._on_close:
            return False
        names = {name.lower() for name, _ in self.headers}
        return "content-length" in names and names.isdisjoint(_ADDRESSES)
