"""The articles and the questions that the tables are about."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson

from search.local.preparing import first_words


@dataclass(frozen=True, slots=True)
class Text:
    """What all peers index (title and body) and store."""

    title: str
    body: str
    url: str


def articles_path(data: Path, *, small: bool = False) -> Path:
    """The 27,091 articles, or 1,000 of them."""
    return data / ("news/articles-1k.jsonl" if small else "news/articles-27k.jsonl.gz")


def queries(data: Path, limit: int | None = None) -> list[str]:
    """What people typed, in the order of the file; the first ``limit`` of them."""
    found: list[str] = orjson.loads((data / "news/user-queries.json").read_bytes())
    return found[:limit]


def headlines(articles: Path, limit: int) -> list[str]:
    """What ``warta serve`` asks of headlines, those of the first articles in a file."""
    return [first_words(text.title) for text in islice(texts(articles), limit)]


def questions(data: Path, limit: int | None = None) -> list[str]:
    """What people asked in whole sentences, TyDi's, in the order of the file."""
    lines = (data / "relevance/tydi-train-queries.tsv").read_text("utf-8").splitlines()
    return [line.partition("\t")[2] for line in lines[:limit]]


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, compressed or not."""
    with _opened(path) as lines:
        yield from map(orjson.loads, lines)


def texts(path: Path) -> Iterator[Text]:
    """What the peers are given of each article."""
    for record in records(path):
        yield Text(record.get("title") or "", record.get("body") or "", record.get("url") or "")


def count(path: Path) -> int:
    """How many articles a file has."""
    with _opened(path) as lines:
        return sum(1 for _ in lines)


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value] # GzipFile reads like any other
    return path.open("rb")
