"""Answers whose body is whole: they are sent as they are, without copies of headers and body."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ADDRESSES = frozenset({"location", "content-location"})


class WholeAnswer(Response):
    """Flask's response; what Werkzeug would find nothing to change in is sent at once."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The body, and its end where something is to be done at it."""
        body = self.response
        if not (isinstance(body, list) and environ["REQUEST_METHOD"] == "GET" and self._is_ready()):
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return body

    def _is_ready(self) -> bool:
        """Whether neither headers nor body depend on the request, and nothing is to be closed."""
        if self.status_code != 200 or self._on_close or self.direct_passthrough:
            return False
        names = {name.lower() for name, _ in self.headers}
        return "content-length" in names and names.isdisjoint(_ADDRESSES)
