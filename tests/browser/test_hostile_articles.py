"""Articles that attack their reader are shown as the text that they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver

from index.article import Article
from index.build import LocalTarget
from index.target import BuildOptions
from tests.browser.conftest import reading, served
from tests.browser.reader import Reader

SCRIPT = "<script>window.hacked = 1; alert(1)</script>"
BREAKOUT = "\"'></title></textarea></script><img src=x onerror='window.hacked = 1; alert(1)'>"
ENTITIES = "&lt;script&gt;window.hacked=1&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;"
TEMPLATE = "{{7*7}} {% raw %} ${7*7} #{7*7} %(count)s <%= 7*7 %>"
OVERRIDE = "\u202e\u2067racun\u202d"
CONTROLS = "racun\x00\x01\x08\x0b\x1b[31m\x7f\x85\u2028\u200b\ufeff"
LONG = "racun" + "a" * 1_000_000

DAY = datetime(2023, 5, 31, 17, tzinfo=UTC)


def everywhere(text: str, number: int, url: str | None = None) -> Article:
    """An article with the text in every field that may hold it."""
    said = f"racun {text}"
    return Article(f"n{number}/{text}"[:200], said, said, DAY, url or text, text, text, text, text)


HOSTILE = [
    everywhere(text, number)
    for number, text in enumerate((SCRIPT, BREAKOUT, ENTITIES, TEMPLATE, OVERRIDE, CONTROLS, LONG))
]

URLS = (
    "javascript:window.hacked=1",
    "JaVaScRiPt:alert(1)//http://example.com",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//example.com/without-a-scheme",
    "https://",
    "https://example.com\u202e/moc.elpmaxe",
    "http://[half",
    "https://evil.example\\@good.example/x",
)

IDS = (
    "../../etc/passwd",
    "a/../b",
    "..",
    ".",
    "/begins/with/a/slash",
    "//example.com/x",
    "https://example.com/a//b?c=d&e=f#g",
    "with space and 100% and %2e%2e/ and +",
    "ketupat-ñandú-ひ-\u202e",
    "back\\slash",
    "line\nbreak",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "'\"><img src=x onerror=alert(1)>",
)

HOSTILE += [Article(f"url{n}", "racun url", "racun", DAY, url) for n, url in enumerate(URLS)]
HOSTILE += [Article(id_, "racun id", f"racun {n}", DAY) for n, id_ in enumerate(IDS)]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index: Path = tmp_path_factory.mktemp("hostile") / "index"
    LocalTarget(index).rebuild(HOSTILE, BuildOptions())
    with served(index) as site:
        yield site


@pytest.fixture
def reader(chromium: WebDriver, hostile_site: str) -> Iterator[Reader]:
    with reading(chromium, hostile_site) as found:
        found.has(width=360)
        yield found


def assert_inert(reader: Reader) -> None:
    assert not reader.sees_dialog()
    assert reader.computes("return window.hacked") is None
    schemes = """return [...document.querySelectorAll("[href], [src], [action], [formaction]")]
        .map(e => new URL(e.getAttribute("href") ?? e.getAttribute("src")
            ?? e.getAttribute("action") ?? e.getAttribute("formaction"), document.baseURI).protocol)
        .filter(scheme => scheme !== "http:" && scheme !== "https:")"""
    assert reader.computes(schemes) == []
    own = "return document.querySelectorAll('body script, img, iframe, object, embed').length"
    assert reader.computes(own) == 0
    handlers = """return [...document.querySelectorAll("*")].flatMap(e => [...e.attributes])
        .filter(a => a.name.startsWith("on") || a.name === "style").length"""
    assert reader.computes(handlers) == 0
    assert not reader.scrolls_sideways()


def links_to_articles(reader: Reader) -> list[str]:
    """Where the hits on all pages of the results lead, as the browser resolves it."""
    reader.open("/search?q=racun&per_page=100")
    return [link.get_attribute("href") or "" for link in reader.all(".hit h2 a")]


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=racun&per_page=100"])
def test_lists_are_inert(reader: Reader, path: str) -> None:
    reader.open(path)
    assert_inert(reader)


def test_every_hostile_article_is_found_and_inert(reader: Reader) -> None:
    links = links_to_articles(reader)
    assert len(links) == len(HOSTILE)
    for link in links:
        reader.driver.get(link)
        assert reader.all(".story"), link
        assert "racun" in reader.one(".body").text
        assert not reader.all("a.original"), "no url of these is one of the web"
        assert_inert(reader)


def test_text_is_shown_as_it_is(reader: Reader) -> None:
    links = links_to_articles(reader)
    for number, text in enumerate((SCRIPT, BREAKOUT, ENTITIES, TEMPLATE)):
        reader.driver.get(next(link for link in links if f"/article/n{number}/" in link))
        assert reader.one("h1").text == f"racun {text}"
        assert reader.one(".body p").text == f"racun {text}"


def test_an_override_ends_with_the_text_it_stands_in(reader: Reader) -> None:
    reader.open("/search?q=racun&per_page=100")
    overridden = reader.computes(
        """return [...document.querySelectorAll("bdi, [dir]")]
            .filter(e => /[\\u202a-\\u202e\\u2066-\\u2069]/.test(e.textContent))
            .map(e => getComputedStyle(e).unicodeBidi)"""
    )
    assert overridden
    assert set(overridden) <= {"isolate", "plaintext"}
    naked = """const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walk.nextNode())
            if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(walk.currentNode.data)
                && !walk.currentNode.parentElement.closest("bdi, [dir=auto]"))
                found.push(walk.currentNode.parentElement.outerHTML);
        return found"""
    assert reader.computes(naked) == []


@pytest.mark.parametrize("text", [SCRIPT, BREAKOUT, ENTITIES, TEMPLATE, OVERRIDE])
def test_a_hostile_query_is_inert_and_comes_back_as_typed(reader: Reader, text: str) -> None:
    reader.open("/")
    field = reader.one("#q")
    reader.computes("arguments[0].value = arguments[1]", field, text)
    field.submit()
    reader.waits_for_address("/search?")
    assert_inert(reader)
    assert reader.one("#q").get_attribute("value") == text


def test_a_hostile_completion_is_text(reader: Reader) -> None:
    reader.open("/")
    reader.waits_for("[role=combobox]")
    reader.one("#q").send_keys("racu")
    reader.waits_for("#suggestions [role=option]")
    assert_inert(reader)


def test_every_field_was_attacked() -> None:
    attacked = {
        name.name
        for article in HOSTILE
        for name in fields(Article)
        if SCRIPT in str(getattr(article, name.name))
    }
    assert attacked == {field.name for field in fields(Article)} - {"date", "derived_title"}
