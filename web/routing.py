"""Which view answers a request: addresses without a variable part are looked up, others matched.

Werkzeug's matching tries the parts of an address in turn and leaves eight objects in a circle each
time, which only a garbage collection removes. Most requests are for a few fixed addresses, about
which it is asked once; about all else it is asked each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from flask import Flask, Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, Rule


class Routed(Flask):
    """A Flask application whose fixed addresses are known; it serves all hosts alike."""

    @cached_property
    def fixed(self) -> Mapping[tuple[str, str], Rule]:
        """The rules of fixed addresses by method and path, as Werkzeug finds them."""
        adapter = self.url_map.bind("localhost")
        found = {}
        for rule in self.url_map.iter_rules():
            for method in () if rule.arguments else rule.methods or ():
                try:
                    matched, values = adapter.match(rule.rule, method, return_rule=True)
                except HTTPException:
                    continue
                if not values:
                    found[method, rule.rule] = matched
        return found

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the rule of a request, and the addresses of others."""
        if request is None or self.config["TRUSTED_HOSTS"] is not None:
            return super().create_url_adapter(request)
        return cast("MapAdapter", _Adapter(self, request))


class _Adapter:
    """Werkzeug's, which is made where more is asked of it than a fixed address."""

    def __init__(self, app: Routed, request: Request) -> None:
        self._app = app
        self._request = request

    def match(self, *path: Any, **options: Any) -> Any:
        """As Werkzeug's; Flask asks for the request's own path and for a rule."""
        environ = self._request.environ
        rule = self._app.fixed.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
        if rule is None or path or options != _RULE or "HTTP_UPGRADE" in environ:
            return self._whole.match(*path, **options)
        return rule, {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    @cached_property
    def _whole(self) -> MapAdapter:
        found = Flask.create_url_adapter(self._app, self._request)
        assert found is not None
        return found


_RULE = {"return_rule": True}
