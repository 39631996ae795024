"""Fixed addresses are answered as Werkzeug's own matching says, and so are all others."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from tests.web.conftest import Client
from web.app import create_app
from web.routing import Routed

IDS = {"article_id": "a1", "filename": "base.css"}
MATCHER = "werkzeug.routing.matcher"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "DELETE", "get", "BREW")
UPGRADES: tuple[dict[str, str], ...] = (
    {},
    {"Connection": "Upgrade", "Upgrade": "websocket"},
    {"Upgrade": "h2c"},
)


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app("nothing")


def addresses(app: Flask) -> Iterator[str]:
    """Those of all rules, and such as are nearly one."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        path = adapter.build(rule.endpoint, {name: IDS[name] for name in rule.arguments})
        yield from (path, f"{path}/", f"{path.rstrip('/')}", f"/{path}", path.upper(), f"{path}x")
        yield from (path.replace("/", "//"), path.replace("e", "%65"), f"{path}?q=a", f"{path}%00")
    yield from ("/", "", "/nowhere", "/%FF", "/static/")


def matched(app: Flask, environ: Any) -> Any:
    """What is found for the request: the rule and its values, or what is raised."""
    try:
        context = app.request_context(environ)
        assert context.url_adapter is not None
        return context.url_adapter.match(return_rule=True)
    except HTTPException as error:
        return error.code, error.get_headers(), sorted(getattr(error, "valid_methods", None) or ())


def test_each_address_has_the_rule_that_werkzeug_finds(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        EnvironBuilder(path, method=method, headers=Headers(headers)).get_environ()
        for path in addresses(app)
        for method in METHODS
        for headers in UPGRADES
    ]
    found = [matched(app, dict(environ)) for environ in asked]
    monkeypatch.setattr(Routed, "create_url_adapter", Flask.create_url_adapter)
    assert found == [matched(app, dict(environ)) for environ in asked]


def test_a_request_without_a_path_is_answered_as_werkzeug_says(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = EnvironBuilder("/").get_environ()
    del environ["PATH_INFO"]  # which may be absent where it is empty (PEP 3333)
    found = matched(app, dict(environ))
    monkeypatch.setattr(Routed, "create_url_adapter", Flask.create_url_adapter)
    assert found == matched(app, environ)


def test_all_addresses_without_a_variable_part_are_known(app: Flask) -> None:
    assert isinstance(app, Routed)
    fixed = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments}
    assert {path for _, path in app.fixed} == fixed
    assert {method for method, _ in app.fixed} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["/api/v1/search?q=banjir", "/search?q=banjir", "/healthz"])
def test_a_request_leaves_no_garbage(client: Client, path: str) -> None:
    client.get(path)
    gc.collect()
    before = gc.get_debug()
    gc.disable()
    try:
        client.get(path)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [one for one in gc.garbage if getattr(one, "__module__", "") == MATCHER]
    finally:
        gc.set_debug(before)
        gc.garbage.clear()
        gc.enable()
    assert not left
