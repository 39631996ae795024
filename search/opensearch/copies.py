"""The other articles with the text of one: the companion knows them, the cluster has them."""

from __future__ import annotations

from index.fields import Facet
from index.opensearch.connection import Connection
from index.opensearch.looked_up import articles_with
from search.local.copies import others_with_text
from search.opensearch.opened import Opened
from search.response import Copy


def copies_of(opened: Opened, connection: Connection, article_id: str, limit: int) -> list[Copy]:
    """Articles with the text of an article, newest first, without texts; none for an unknown id.

    Raises ``FileDamaged`` and ``IndexUnavailable``.
    """
    companion = opened.companion
    number = companion.number_of(article_id)
    if number is None:
        return []
    ids = [companion.hit(one)["id"] for one in others_with_text(companion, number)[:limit]]
    found = articles_with(connection, opened.searched, ids)
    return [
        Copy(
            one.id,
            one.title,
            one.date,
            {facet: value for facet in Facet if (value := getattr(one, facet.value)) is not None},
        )
        for one in found
        if one is not None
    ]
