"""Static files are kept by browsers for as long as they are the same."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from web import assets


def test_what_a_page_names_is_kept_for_good(client: FlaskClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert len(named) >= 4
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == 365 * 24 * 60 * 60
        assert answer.cache_control.no_cache is None


@pytest.mark.parametrize("query", ["", "?v=", "?v=0000"])
def test_an_address_without_the_right_version_is_not(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/static/base.css{query}")
    assert answer.status_code == 200
    assert not answer.cache_control.immutable
    assert not answer.cache_control.max_age


@pytest.mark.parametrize("query", ["", "?v=0000"])
def test_an_address_with_dots_is_no_error_and_not_kept(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/static/nope/../base.css{query}")
    assert answer.status_code in {200, 404}
    assert not answer.cache_control.immutable


def test_a_file_that_is_not_there_has_no_version(client: FlaskClient) -> None:
    assert set(assets.versions()) == {file.name for file in assets.FOLDER.iterdir()}
    assert client.get("/static/tidak-ada.css?v=").status_code == 404


def test_no_file_names_another_host() -> None:
    for file in assets.FOLDER.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[\w-]+\.\w", text), file.name
