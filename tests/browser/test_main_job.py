"""The road once, on real articles: command line, then gunicorn, then API and browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from selenium.webdriver.chrome.webdriver import WebDriver

from tests.browser.conftest import reading

WARTA = (sys.executable, "-m", "web.cli")
QUERY = "hubungan Rusia Kamboja"


def test_the_seed_article_comes_first_everywhere(
    tmp_path: Path, data: Path, chromium: WebDriver
) -> None:
    index = ("--index", str(tmp_path / "index"))
    sources = (str(data / "seed"), str(data / "news/articles-1k.jsonl"))
    subprocess.run([*WARTA, "rebuild", *sources, *index], check=True, capture_output=True)
    printed = subprocess.run(
        [*WARTA, "search", QUERY, *index, "--json"], check=True, capture_output=True
    ).stdout
    _is_the_seed(json.loads(printed))

    with subprocess.Popen(
        [*WARTA, "serve", *index, "--port", "0", "--workers", "1"],
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            address = server.stderr.readline().removeprefix("Warta: ").strip()
            words = QUERY.replace(" ", "+")
            with urlopen(f"{address}api/v1/search?q={words}", timeout=120) as answer:
                _is_the_seed(json.load(answer))
            with reading(chromium, address.rstrip("/")) as reader:
                reader.open(f"/search?q={words}")
                first = reader.one(".hit")
                assert "1 Juni 2023" in first.text
                assert "Phnom Penh" in first.text
                marked = {mark.text.lower() for mark in reader.all(".hit mark")}
                assert {"hubungan", "rusia", "kamboja"} <= marked
        finally:
            server.terminate()


def _is_the_seed(answer: dict[str, object]) -> None:
    hits = answer["hits"]
    assert isinstance(hits, list)
    assert (hits[0]["date"], hits[0]["place"]) == ("2023-06-01", "Phnom Penh")
    for word in ("Rusia", "Kamboja", "hubungan"):
        assert f"<mark>{word}</mark>" in hits[0]["title_html"] + hits[0]["snippet_html"]
