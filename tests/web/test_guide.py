"""The page of help: every example of the query language can be tried, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from index.bilingual import Text
from web.guide import EXAMPLES, _meaning


@pytest.mark.parametrize(("language", "title"), [("id", "Cara mencari"), ("en", "How to search")])
def test_every_example_is_a_link_to_its_results(
    client: FlaskClient, language: str, title: str
) -> None:
    page = client.get(f"/help?lang={language}").text
    assert f"<h1>{title}</h1>" in page
    tried = re.findall(r'<dt><a href="([^"]*)"><code>(.*?)</code>', page)
    assert [unescape(query) for _, query in tried] == [
        row.query for _, rows in EXAMPLES for row in rows
    ]
    for address, _ in tried:
        assert client.get(unescape(address)).status_code == 200, address


def test_sections_are_listed_above_them(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert re.findall(r'<li><a href="#(s\d+)"', page) == re.findall(r'<h2 id="(s\d+)"', page)


@pytest.mark.parametrize(
    ("language", "html"),
    [("id", "pakai <code>a &lt;b&gt;</code> &amp; c"), ("en", "use <code>a &lt;b&gt;</code>")],
)
def test_a_meaning_is_escaped_but_for_its_code(app: Flask, language: str, html: str) -> None:
    with app.test_request_context(f"/help?lang={language}"):
        assert _meaning(Text("use `a <b>`", "pakai `a <b>` & c")) == Markup(html)
