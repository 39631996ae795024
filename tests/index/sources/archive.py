"""How these tests write archives and read them."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson

from index.article import Article
from index.sources import ProblemKind, ReadReport, read_articles


def read(*sources: str | Path, **options: Any) -> tuple[list[Article], ReadReport]:
    """The articles of the sources and the account, of which the sums must be right."""
    report = ReadReport()
    articles = list(read_articles(sources, report, **options))
    assert report.read == report.accepted + report.skipped
    assert report.accepted == len(articles)
    assert report.repaired <= report.accepted
    assert report.skipped == sum(n for kind, n in report.kinds.items() if kind.skipped)
    return articles, report


def read_file(
    folder: Path, name: str, content: bytes, **options: Any
) -> tuple[list[Article], ReadReport]:
    """The same of one file with this name and content."""
    path = folder / name
    path.write_bytes(content)
    return read(path, **options)


def read_stdin(content: bytes, **options: Any) -> tuple[list[Article], ReadReport]:
    """The same of standard input."""
    return read("-", stdin=BytesIO(content), **options)


def json_lines(*records: object) -> bytes:
    """Records as JSON Lines."""
    return b"".join(orjson.dumps(record) + b"\n" for record in records)


def packed(content: bytes) -> bytes:
    """The content as gzip, the same bytes every time."""
    return gzip.compress(content, mtime=0)


def kinds(report: ReadReport) -> dict[ProblemKind, int]:
    """The problems by kind."""
    return dict(report.kinds)
