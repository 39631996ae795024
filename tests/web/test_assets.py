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


def test_no_file_names_another_host() -> None:
    for file in assets.FOLDER.iterdir():
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[\w-]+\.\w", text), file.name
