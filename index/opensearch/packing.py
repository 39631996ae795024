"""An article as one value of a document: JSON, compressed by Zstandard, in Base64, and back.

Kept as a value of a column: a node hands out those of a page's articles in a tenth of the time that
it takes to find and unpack as many stored sources, and they take less of its disk.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import orjson

from index import frames
from index.article import Article
from index.bilingual import Text
from index.clock import LATEST
from index.errors import ArticleUnfit
from index.surrogates import is_text

_NO_TEXT = Text(
    "has half of a surrogate pair, which is no character",
    "memuat separuh pasangan surrogate, yang bukan karakter",
)
_TOO_LONG = Text("is longer than 128 MiB as JSON", "lebih panjang daripada 128 MiB sebagai JSON")

_LEVEL = 3
MOST_BYTES = 1 << 27
"""Of an article as JSON: sources give no article of more than 16 MiB, of which each byte may take
six. More is neither packed nor unpacked."""
_MOST_OF_A_CHARACTER = 6
"""Bytes of JSON."""
_PADDED = 4
"""Characters of which Base64 has multiples; a cluster gives it back without what fills the last."""

_FIRST = datetime.min.replace(tzinfo=UTC)
_NAMES = tuple(one.name for one in fields(Article))


def packed(article: Article) -> str:
    """The article as text that ``unpacked`` reads.

    Raises ``ArticleUnfit`` where something of it is no text, or it is longer than ``MOST_BYTES``.
    """
    given: dict[str, Any] = {name: getattr(article, name) for name in _NAMES}
    date = article.date
    given["date"] = None if date is None else date.isoformat()
    given["derived_title"] = article.derived_title or None
    told = {name: value for name, value in given.items() if value is not None}
    try:
        whole = orjson.dumps(told)
    except orjson.JSONEncodeError:
        raise ArticleUnfit(_shown(article), _NO_TEXT) from None
    if len(whole) > MOST_BYTES:
        raise ArticleUnfit(_shown(article), _TOO_LONG)
    return b64encode(frames.packed(whole, _LEVEL)).decode()


def fit(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, each of which ``packed`` takes. Raises ``ArticleUnfit``."""
    for one in articles:
        values = [value for name in _NAMES if isinstance(value := getattr(one, name), str)]
        if not all(map(is_text, values)):
            raise ArticleUnfit(_shown(one), _NO_TEXT)
        if sum(map(len, values)) > MOST_BYTES // _MOST_OF_A_CHARACTER:
            packed(one)
        yield one


def unpacked(text: str) -> Article:
    """The article in what ``packed`` gave.

    Raises ValueError or TypeError for what no version of Warta has written.
    """
    frame = b64decode(text + "=" * (-len(text) % _PADDED), validate=True)
    size = frames.told_bytes(frame)
    if size is None or size > MOST_BYTES:
        raise ValueError(size)
    given = orjson.loads(frames.unpacked(frame, size))
    if not isinstance(given, dict):
        raise TypeError(type(given))
    return article_in(given)


def article_in(told: Mapping[str, Any]) -> Article:
    """The article in an object of JSON, as layouts before stored it. Raises as ``unpacked``."""
    given = dict(told)
    date, derived = given.pop("date", None), given.pop("derived_title", False)
    if not all(isinstance(one, str) for one in given.values()) or not isinstance(derived, bool):
        raise TypeError("its fields are no texts")
    moment = None if date is None else datetime.fromisoformat(date)
    if moment is not None and (moment.tzinfo is None or not _FIRST <= moment <= LATEST):
        raise ValueError(date)
    return Article(**given, date=moment, derived_title=derived)


def _shown(article: Article) -> str:
    return article.id.encode("ascii", "backslashreplace").decode()
