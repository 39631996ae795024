"""Articles of a cluster's index by their ids, as searches see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from index.article import Article
from index.errors import IndexDamaged
from index.opensearch.connection import Connection
from index.opensearch.documents import article_of, document_id
from index.opensearch.layout import ARTICLE
from index.opensearch.moment import Searched

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_AT_ONCE = 200
"""Articles of one answer."""


def articles_with(
    connection: Connection, searched: Searched, ids: Sequence[str]
) -> list[Article | None]:
    """The articles of some ids, in their order; None for those that are not there.

    Only the shards that have them are asked, or all of a point in time. Raises
    ``IndexUnavailable``, ``IndexDamaged``, and ``NotFoundError`` where there is no such index.
    """
    found: dict[str, Article] = {}
    for start in range(0, len(ids), _AT_ONCE):
        named = [document_id(one) for one in ids[start : start + _AT_ONCE] if _is_known(one)]
        if named:
            lines = searched.line(_search(named), **_routing(searched, named))
            for hit in connection.asked(partial(_hits, lines=lines)):
                one = stored_article(connection, hit)
                found[one.id] = one
    return [found.get(one) for one in ids]


def stored_article(connection: Connection, hit: Mapping[str, Any]) -> Article:
    """The article of a hit that was asked for with its column. Raises ``IndexDamaged``."""
    try:
        return article_of(hit)
    except (KeyError, TypeError, ValueError):
        raise IndexDamaged(
            connection.cluster.url, f"{hit['_index']}/{hit['_id']}", "it stores no article"
        ) from None


def _is_known(article_id: str) -> bool:
    """Whether a text is such as UTF-8, and so JSON, can have: no other is an id on a cluster."""
    return not any("\ud800" <= one <= "\udfff" for one in article_id)


def _routing(searched: Searched, named: Sequence[str]) -> dict[str, Any]:
    """What makes a search ask only the shards that have some ids."""
    if searched.point is not None or any("," in one for one in named):  # it parts ids here
        return {}
    return {"routing": ",".join(named)}


def _search(named: Sequence[str]) -> dict[str, Any]:
    found = {"ids": {"values": list(named)}}
    return {
        "query": found,
        "size": len(named),
        "track_total_hits": False,
        "_source": False,
        "docvalue_fields": [ARTICLE],
    }


def _hits(client: OpenSearch, *, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The hits of one search. Raises ``TransportError`` where a shard did not answer."""
    from opensearchpy.exceptions import NotFoundError, TransportError

    (answer,) = client.msearch(body=lines)["responses"]
    if "error" in answer:
        kind = answer["error"].get("type", "")
        error = NotFoundError if kind == "index_not_found_exception" else TransportError
        raise error(answer["status"], kind, answer)
    shards = answer["_shards"]
    if answer["timed_out"] or shards["successful"] < shards["total"]:
        raise TransportError(503, "shards are missing", answer)
    hits: list[dict[str, Any]] = answer["hits"]["hits"]
    return hits
