"""An article as the fields of a Whoosh document, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index.analysis import fold
from index.article import Article
from index.schema import FACETS


def document(article: Article) -> dict[str, Any]:
    """The keyword arguments of Whoosh's ``add_document``."""
    title = "" if article.derived_title else article.title
    fields = {
        "id": article.id,
        "title": title,
        "_stored_title": article.title,
        "title_exact": title,
        "body": article.body,
        "body_exact": article.body,
        "date": _naive(article.date),
        "url": article.url,
        "derived_title": article.derived_title or None,
        "text_hash": text_hash(article.body),
    }
    for name in FACETS:
        fields[name] = getattr(article, name)
    return {name: value for name, value in fields.items() if value is not None}


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
    packed = "".join(fold(body).split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big")


def _naive(date: datetime | None) -> datetime | None:
    """Whoosh keeps dates without a zone; ours are all UTC."""
    return None if date is None else date.astimezone(UTC).replace(tzinfo=None)
