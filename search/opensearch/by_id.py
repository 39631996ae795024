"""Stored articles of a cluster's index by their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.article import Article
from index.opensearch.connection import Connection
from index.opensearch.documents import document_id
from index.opensearch.layout import ARTICLE
from search.opensearch.moment import Searched
from search.opensearch.stored_article import read_article


def article_with(connection: Connection, searched: Searched, article_id: str) -> Article | None:
    """The article of an id, or None. Raises ``IndexUnavailable``, ``FileDamaged``.

    And ``NotFoundError`` where there is no such index.
    """
    if _has_surrogates(article_id):
        return None  # No article has such an id there, and none can be asked for.
    return articles_with(connection, searched, [article_id])[0]


def articles_with(
    connection: Connection, searched: Searched, ids: Sequence[str], *, bodies: bool = True
) -> list[Article | None]:
    """The articles of some ids, up to 10,000, in their order; without ``bodies`` these are empty.

    Raises as above.
    """
    if not ids:
        return []
    names = [document_id(one) for one in ids]
    left_out = () if bodies else (f"{ARTICLE}.body",)
    if searched.point is None:
        found = connection.asked(
            lambda client: _found(
                client.mget(
                    index=searched.index,
                    body={"ids": names},
                    params={"_source_excludes": ",".join(left_out)} if left_out else {},
                )
            )
        )
    else:
        found = _of_then(connection, searched, names, left_out)
    articles = [None if one is None else read_article(one, body=bodies) for one in found]
    return [
        # Ids that are too long for a cluster are told apart by a hash.
        one if one is not None and one.id == wanted else None
        for wanted, one in zip(ids, articles, strict=True)
    ]


def _of_then(
    connection: Connection, searched: Searched, names: Sequence[str], left_out: Sequence[str]
) -> list[dict[str, Any] | None]:
    """Documents at a point in time, which knows no ids but by searching."""
    answer = searched.answer(
        connection,
        {
            "query": {"ids": {"values": list(names)}},
            "size": len(names),
            "track_total_hits": False,
            "_source": {"excludes": list(left_out)},
        },
    )
    found = {one["_id"]: one for one in answer["hits"]["hits"]}
    return [found.get(one) for one in names]


def _has_surrogates(text: str) -> bool:
    """Whether a text is none that UTF-8, and so JSON, can have."""
    return any("\ud800" <= one <= "\udfff" for one in text)


def _found(answer: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """The documents in an answer. Raises ``TransportError`` where a shard did not answer."""
    from opensearchpy.exceptions import NotFoundError, TransportError

    for one in answer["docs"]:
        if "error" in one:
            kind = one["error"].get("type", "")
            if kind == "index_not_found_exception":
                raise NotFoundError(404, kind, one)
            raise TransportError(503, kind, one)
    return [one if one["found"] else None for one in answer["docs"]]
