"""An article as the stored values of a document, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.analysis import fold
from index.article import Article
from index.schema import FACETS

_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_ASCII_SPACE = bytes(code for code in range(128) if chr(code).isspace())


def stored_values(article: Article) -> dict[str, Any]:
    """What the index keeps of an article to give back."""
    values = {
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": _naive(article.date),
        "url": article.url,
        "derived_title": article.derived_title or None,
    }
    for name in FACETS:
        values[name] = getattr(article, name)
    return {name: value for name, value in values.items() if value is not None}


def article(stored: Mapping[str, Any]) -> Article:
    """The article in the stored fields of a document."""
    date: datetime | None = stored.get("date")
    return Article(
        id=stored["id"],
        title=stored["title"],
        body=stored["body"],
        date=None if date is None else date.replace(tzinfo=UTC),
        url=stored.get("url"),
        derived_title=stored.get("derived_title", False),
        **{name: stored.get(name) for name in FACETS},
    )


def text_hash(body: str) -> int:
    """64 bits of BLAKE2b over the folded text without white space; equal for equal texts."""
    if body.isascii():
        packed = body.encode("ascii").translate(_LOWER, _ASCII_SPACE)
    else:
        packed = "".join(fold(body).split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big")


def _naive(date: datetime | None) -> datetime | None:
    """Whoosh keeps dates without a zone; ours are all UTC."""
    return None if date is None else date.astimezone(UTC).replace(tzinfo=None)
