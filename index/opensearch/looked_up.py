"""Articles of a cluster's index by their ids, as searches see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from index.article import Article
from index.errors import FileDamaged, IndexDamaged
from index.opensearch.connection import Connection
from index.opensearch.documents import article_of, document_id
from index.opensearch.layout import ARTICLE
from index.opensearch.moment import Searched
from index.opensearch.several import answers
from index.surrogates import is_text

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
        named = [document_id(one) for one in ids[start : start + _AT_ONCE] if is_text(one)]
        if named:
            search = _routing(searched, named), _search(named)
            (answer,) = answers(connection, searched, [search], whole=True)
            with damage_in(connection, searched.index):
                articles = [article_of(hit) for hit in answer["hits"]["hits"]]
            found |= {one.id: one for one in articles}
    return [found.get(one) for one in ids]


@contextmanager
def damage_in(connection: Connection, index: str) -> Iterator[None]:
    """Tell of a document that is damaged of which index it is: raises ``IndexDamaged``."""
    try:
        yield
    except FileDamaged as error:
        url = connection.cluster.url
        raise IndexDamaged(url, f"{index}/{error.file}", error.told) from None


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
