"""Articles of any length are shown whole, at a cost that is bounded by counted calls."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import article
from tests.web.conftest import Client
from tests.web.test_headers import calls
from web.app import create_app

BODIES = {
    "lines": "Harga beras naik di pasar kota itu.\n" * 20_000,
    "words": "beras\n" * 60_000,
    "line": "beras " * 60_000,
    "unicode": "“bérås” ñandú\n" * 20_000,
    "different": "\n".join(f"ééé{number}-{number}" for number in range(20_000)),
    "chunk": "a-b." * 40_000,
    "short": "Harga beras naik.",
}
MISSPELT = " ".join(f"{word}{letter}" for letter in "bcdfghjklm" for word in ("berax", "pasra"))
QUERIES = {
    "none": "",
    "words": "harga beras bérås",
    "misspelt": MISSPELT,
    "prefixes": " ".join(f"{one}{two}*" for one in "bcdhknp" for two in "aeiou"),
    "phrases": '"beras naik" "harga beras" "beras beras beras" "di pasar"',
    "glued": "hargaberas pasarkota",
}
MOST_CALLS = 2_000_000
"""An article that is marked line by line takes ten times as many, and more with each line."""

CUT = "Not all the words you searched for are marked"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    path: Path = tmp_path_factory.mktemp("long") / "index"
    articles = [
        article(number, f"Beras {name}", body, "2023-01-01")
        for number, (name, body) in enumerate(BODIES.items())
    ]
    LocalTarget(path).rebuild(articles, BuildOptions())
    return create_app(path)


@pytest.fixture
def reader(long: Flask) -> Client:
    return Client(long, long.response_class)


def paragraphs(page: str) -> list[str]:
    body = page.partition('<div class="body" lang="id">')[2].partition("</article>")[0]
    return [
        unescape(re.sub("</?mark>", "", text))
        for text in re.findall('<p dir="auto">(.*?)</p>', body, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param(
            name,
            query,
            id=f"{name}-{kind}",
            # A third of all pairs, with each body and each query, without WARTA_LONG.
            marks=[pytest.mark.long] if (one + other) % 3 else [],
        )
        for one, name in enumerate(BODIES)
        for other, (kind, query) in enumerate(QUERIES.items())
    ],
)
def test_a_page_has_the_whole_article(reader: Client, name: str, query: str) -> None:
    address = f"/article/a{[*BODIES].index(name)}?lang=en&q={quote(query)}"
    page = reader.get(address).text
    assert paragraphs(page) == [text for line in BODIES[name].split("\n") if (text := line.strip())]


@pytest.mark.parametrize(
    ("name", "query"),
    [("lines", "misspelt"), ("words", "words"), ("unicode", "prefixes"), ("chunk", "phrases")],
)
def test_a_page_costs_no_more_for_a_longer_article(reader: Client, name: str, query: str) -> None:
    address = f"/article/a{[*BODIES].index(name)}?lang=en&q={quote(QUERIES[query])}"
    assert calls(lambda: reader.get(address)) < MOST_CALLS


def test_what_is_not_marked_is_told(reader: Client) -> None:
    short = reader.get("/article/a6?lang=en&q=beras").text
    assert CUT not in short
    assert short.count("<mark>") == 2
    words = reader.get("/article/a1?lang=en&q=beras").text
    assert CUT in words
    assert 1_000 < words.count("<mark>") < 60_000
    assert CUT not in reader.get("/article/a1?lang=en").text
    assert CUT not in reader.get("/article/a1?lang=en&q=gempa").text


def test_the_hits_of_an_answer_share_what_marking_may_cost(reader: Client) -> None:
    answer: Any = reader.get("/api/v1/search?lang=en&q=beras").json
    assert answer["partial"] == any(note["code"] == "unmarked" for note in answer["notes"])
    assert answer["partial"]
    assert len(answer["hits"]) == len(BODIES)
    page = reader.get("/search?lang=en&q=beras")
    assert "Not all matches are marked" in page.text
    # The hits are all there, and so is a file of them.
    assert reader.get("/search.csv?q=beras").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/search?q={}",
            "/api/v1/search?q={}&explain=true",
            "/search.rss?q={}",
            "/search.csv?q={}",
        ),
        *("/api/v1/suggest?q={}", "/api/v1/analyze?text={}", "/api/v1/articles/a0"),
        *("/api/v1/articles/a4/similar", "/api/v1/articles/a5/similar", "/"),
    ],
)
def test_no_address_costs_more_where_articles_are_long(reader: Client, address: str) -> None:
    target = address.format(quote(QUERIES["prefixes"]))
    assert calls(lambda: reader.get(target)) < MOST_CALLS
