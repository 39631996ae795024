"""An article as the stored values of a document, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.article import Article
from index.blake2b import blake2b
from index.clock import LATEST
from index.errors import FileDamaged
from index.fields import FACETS
from index.kernels import kernel
from index.segments.documents import BULKY
from index.segments.records import BULK, as_json

_TEXT: frozenset[type] = frozenset({str})
_TEXT_OR_NONE: frozenset[type] = frozenset({str, type(None)})
_KINDS: Mapping[str, frozenset[type]] = {
    "id": _TEXT,
    "title": _TEXT,
    "date": frozenset({datetime, type(None)}),
    "url": _TEXT_OR_NONE,
    "derived_title": frozenset({bool, type(None)}),
    **dict.fromkeys(FACETS, _TEXT_OR_NONE),
}
_KIND_OF = tuple(_KINDS.items())

_records = kernel("records")
_facets = attrgetter(*FACETS)
_WITHOUT_ZONE = -len("+00:00")

_LATEST = LATEST.replace(tzinfo=None)
_LOWER = bytes(range(256)).lower()
_WHITE_SPACE = bytes(code for code in range(128) if chr(code).isspace())
_APOSTROPHES = ("\u2018".encode(), "\u2019".encode(), "\u02bc".encode())


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


def stored_parts(articles: Sequence[Article]) -> list[tuple[bytes, bytes] | None]:
    """What ``stored_values`` of each are in a segment: the record, and its text, the bulky one.

    None where it is not told here: more than the body is bulky, or JSON cannot hold it.
    """
    if _records is None:
        return [plain_parts(one) for one in articles]
    parts = _records.parts
    found = [parts(one, FACETS, UTC, BULKY) for one in articles]
    return [
        plain_parts(article) if one is None else one
        for article, one in zip(articles, found, strict=True)
    ]


def plain_parts(article: Article) -> tuple[bytes, bytes] | None:
    """The same of one, without a kernel."""
    date, body = article.date, article.body
    if not body or (date is not None and date.tzinfo is not UTC):
        return None
    others: dict[str, Any] = {"id": article.id, "title": article.title}
    if article.url is not None:
        others["url"] = article.url
    if article.derived_title:
        others["derived_title"] = True
    facets = zip(FACETS, _facets(article), strict=True)
    others |= {name: value for name, value in facets if value is not None}
    text = body.encode("utf-8", "surrogatepass")
    others[BULK] = [("body", len(text))]
    record = as_json({} if date is None else {"date": date.isoformat()[:_WITHOUT_ZONE]}, others)
    return (record, text) if 0 < len(record) < BULKY else None


def checked(file: str, stored: dict[str, Any], *, body: bool) -> dict[str, Any]:
    """The stored values, if they are those of an article. Raises ``FileDamaged``.

    ``body``: whether its text is to be among them.
    """
    if body and type(stored.get("body")) is not str:
        raise FileDamaged(file, "it stores an article without a text")
    get = stored.get
    for name, kinds in _KIND_OF:
        if type(get(name)) not in kinds:
            raise FileDamaged(file, f"it stores an article whose {name} is none")
    date = stored.get("date")
    if date is not None and (date.tzinfo is not None or date > _LATEST):
        raise FileDamaged(file, "it stores an article whose date is none")
    return stored


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
    """64 bits of BLAKE2b over the text; equal for texts that differ in nothing that readers see.

    The text is taken as UTF-8 with ASCII letters lowered, typographic apostrophes made plain, and
    without ASCII white space.
    """
    return _hash_of_bytes(body.encode("utf-8", "surrogatepass"))


def hashes_of_bytes(texts: list[bytes]) -> NDArray[np.uint64]:
    """The same of many texts in UTF-8: (n,)."""
    if _compiled is not None and _compiled.HASHES:
        found: NDArray[np.uint64] = _compiled.hashes(texts)
        return found
    return np.fromiter(map(_hash_of_bytes, texts), np.uint64, len(texts))


def _hash_of_bytes(text: bytes) -> int:
    return int.from_bytes(blake2b(_squeezed(text), digest_size=8).digest(), "big")


def squeezed(text: bytes) -> bytes:
    """A text without what readers do not see, as ``text_hash`` takes it."""
    if not text.isascii():
        for apostrophe in _APOSTROPHES:
            text = text.replace(apostrophe, b"'")
    return text.translate(_LOWER, _WHITE_SPACE)


_compiled = kernel("squeezed")
_squeezed = squeezed if _compiled is None else _compiled.squeezed


def _naive(date: datetime | None) -> datetime | None:
    """Whoosh keeps dates without a zone; ours are all UTC, where no hour comes twice."""
    return None if date is None else date.astimezone(UTC).replace(tzinfo=None, fold=0)
