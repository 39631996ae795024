"""Stored articles of a cluster's index by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.article import Article
from index.opensearch.connection import Connection
from index.opensearch.documents import article_of, document_id
from index.opensearch.layout import ARTICLE, ID


def article_with(connection: Connection, index: str, article_id: str) -> Article | None:
    """The article of an id, or None. Raises ``IndexUnavailable``, and ``NotFoundError``.

    The latter where there is no such index.
    """
    if _has_surrogates(article_id):
        return None  # No article has such an id there, and none can be asked for.
    return articles_with(connection, index, [article_id])[0]


def articles_with(
    connection: Connection, index: str, ids: Sequence[str], *, bodies: bool = True
) -> list[Article | None]:
    """The articles of some ids, in their order; without ``bodies`` these are empty.

    Raises as above.
    """
    if not ids:
        return []
    asked = {"ids": [document_id(one) for one in ids]}
    left_out = {} if bodies else {"_source_excludes": f"{ARTICLE}.body"}
    found = connection.asked(
        lambda client: _found(client.mget(index=index, body=asked, params=dict(left_out)))
    )
    return [
        # Ids that are too long for a cluster are told apart by a hash.
        article_of({ARTICLE: {"body": "", **one[ARTICLE]}}) if one and one[ID] == wanted else None
        for wanted, one in zip(ids, found, strict=True)
    ]


def _has_surrogates(text: str) -> bool:
    """Whether a text is none that UTF-8, and so JSON, can have."""
    return any("\ud800" <= one <= "\udfff" for one in text)


def _found(answer: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """The sources in an answer. Raises ``TransportError`` where a shard did not answer."""
    from opensearchpy.exceptions import NotFoundError, TransportError

    for one in answer["docs"]:
        if "error" in one:
            kind = one["error"].get("type", "")
            if kind == "index_not_found_exception":
                raise NotFoundError(404, kind, one)
            raise TransportError(503, kind, one)
    return [one["_source"] if one["found"] else None for one in answer["docs"]]
