"""Dumps as people have them: every article of each, dated and clean, without ``--map``."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from index.article import Article
from index.dates import WIB
from index.sources import ProblemKind
from tests.index.sources.archive import read

FILES = (
    *("bare-quote.tsv", "date-line.txt", "feed.xml", "ids-a.jsonl", "ids-b.jsonl", "labelled.csv"),
    *("line-commas.jsonl", "line-end-hyphen.txt", "long-headers.csv", "markup.jsonl"),
    *("mojibake.jsonl", "news-please.json", "newsapi.json", "page.html", "printed-list.csv"),
    *("printed-list.json", "scrapy-paragraphs.json", "sep.csv", "token-lists.jsonl", "utf16.csv"),
    "wordpress.json",
)


@pytest.fixture(scope="module")
def wild(data: Path) -> Path:
    return data / "wild"


@pytest.fixture(scope="module")
def expected(wild: Path) -> dict[str, list[dict[str, Any]]]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for line in (wild / "expected.jsonl").read_bytes().splitlines():
        facts = orjson.loads(line)
        by_file.setdefault(facts.pop("file"), []).append(facts)
    return by_file


def test_every_file_with_an_expectation_is_tried(expected: dict[str, list[dict[str, Any]]]) -> None:
    assert sorted(expected) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_dump_gives_what_is_right(
    wild: Path, expected: dict[str, list[dict[str, Any]]], name: str
) -> None:
    articles, _ = read(wild / name)
    wanted = expected[name]
    assert len(articles) == len(wanted)
    for article, facts in zip(articles, wanted, strict=True):
        assert _differences(article, facts) == []


def _differences(article: Article, facts: dict[str, Any]) -> list[str]:
    """What of an article is not as the facts say, for people to read."""
    found = []
    for name, wanted in facts.items():
        if name == "body_has":
            found += [f"body lacks {part!r}" for part in wanted if part not in article.body]
        elif name == "body_lacks":
            found += [f"body has {part!r}" for part in wanted if part in article.body]
        else:
            given = getattr(article, name)
            right = datetime.fromisoformat(wanted) if name == "date" and wanted else wanted
            if given != right:
                found.append(f"{name}: {given!r}, not {right!r}")
    return found and [*found, repr(article.body[:200])]


def test_two_files_that_both_number_from_one_keep_all_articles(wild: Path) -> None:
    articles, report = read(wild / "ids-a.jsonl", wild / "ids-b.jsonl")
    assert [article.title for article in articles] == ["Pertama", "Kedua"]
    assert [article.id for article in articles] == ["1", "ids-b.jsonl:1"]
    assert report.kinds[ProblemKind.SAME_ID] == 1


def test_a_folder_of_all_of_them_loses_none(
    wild: Path, expected: dict[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(wild / name)
    articles, report = read(tmp_path)
    assert len(articles) == sum(map(len, expected.values()))
    once = {article.id for article in articles}
    assert len(once) + report.kinds[ProblemKind.REPEATED_ARTICLE] == len(articles)
    assert report.skipped == 0


@pytest.fixture(scope="module")
def scraped(wild: Path) -> tuple[list[dict[str, str]], Sequence[Article]]:
    """The rows of a real scraper's table as they stand there, and the articles made of them."""
    text = gzip.decompress((wild / "scraped.csv.gz").read_bytes()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    return rows, read(wild / "scraped.csv.gz")[0]


def test_every_row_of_a_real_scrape_is_an_article(
    scraped: tuple[list[dict[str, str]], Sequence[Article]],
) -> None:
    rows, articles = scraped
    assert [article.url for article in articles] == [row["url"] for row in rows]


def test_every_row_of_a_real_scrape_that_has_a_date_is_dated(
    scraped: tuple[list[dict[str, str]], Sequence[Article]],
) -> None:
    rows, articles = scraped
    undated = [
        row["tanggal_publikasi"]
        for row, article in zip(rows, articles, strict=True)
        if row["tanggal_publikasi"].strip() and article.date is None
    ]
    assert undated == []


def test_the_dates_of_a_real_scrape_are_those_that_are_written_there(
    scraped: tuple[list[dict[str, str]], Sequence[Article]],
) -> None:
    """The day and the minutes of each date stand in its label, in WIB."""
    for row, article in zip(*scraped, strict=True):
        label = row["tanggal_publikasi"]
        if article.date is None or "WITA" in label or "WIT " in label:
            continue
        local = article.date.astimezone(WIB)
        digits = "".join(c if c.isdigit() else " " for c in label).split()
        assert {f"{local.day}", f"{local.day:02}"} & set(digits), (label, local)
        assert local.hour == local.minute == 0 or f"{local.minute:02}" in digits, (label, local)
