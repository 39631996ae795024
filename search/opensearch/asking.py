"""Asks a cluster several things at once, and tells what was not answered whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from hashlib import blake2b
from typing import Any

from index.article import Article
from index.errors import FileDamaged
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.layout import ARTICLE
from index.opensearch.packing import unpacked
from search.local.plain.memo import Memo
from search.opensearch.order import Keys, behind, keys_of, sorting
from search.request import Sort

Dsl = dict[str, Any]

_OF_AN_ARTICLE = 1000
"""Bytes of the objects of one that is kept, its texts apart."""

_articles: Memo[str, Article] = Memo(16 << 20)
"""The articles that were unpacked last, by what was unpacked: so none is ever out of date."""


@dataclass(frozen=True, slots=True)
class Named:
    """A hit that a cluster named, and the keys that it was sorted by."""

    hit: Dsl
    keys: Keys

    @property
    def number(self) -> int:
        """Of the article."""
        return self.keys[-1]

    @property
    def article(self) -> Article:
        """The article, unpacked when it is asked for: half of a list may not be needed.

        Raises ``FileDamaged`` where none is stored.
        """
        try:
            (text,) = self.hit["fields"][ARTICLE]
            known = _articles.get(text)
            found = unpacked(text) if known is None else known
        except (KeyError, TypeError, ValueError):
            raise FileDamaged(self.hit["_index"], f"{self.number}: it stores no article") from None
        if known is None:
            _articles.put(text, found, 2 * len(text) + len(found.body) + _OF_AN_ARTICLE)
        return found


@dataclass(slots=True)
class Asking:
    """Searches of one index for one answer.

    ``partial``: not all of its shards answered, or not in time.

    ``key``: of the question; what has the same asks the same copies of shards, whose scores may
    differ by articles that are deleted and not yet gone.
    """

    connection: Connection
    index: str
    key: str
    partial: bool = field(default=False)

    def answers(self, searches: Sequence[Dsl]) -> list[Dsl]:
        """The answers to some searches, in their order, asked at once. Raises ``IndexUnavailable``.

        Those with scores see the counts of terms of all shards.
        """
        lines: list[Dsl] = []
        preference = blake2b(self.key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for one in searches:
            header = {"index": self.index, "preference": preference}
            if one["size"]:
                header["search_type"] = "dfs_query_then_fetch"
            lines += [header, one]
        found = self.connection.asked(lambda client: _whole(client.msearch(body=lines)))
        for one in found:
            shards = one["_shards"]
            self.partial |= bool(one["timed_out"] or shards["successful"] < shards["total"])
        return found


def counting(query: Dsl, filters: Sequence[Dsl], aggregations: Dsl) -> Dsl:
    """A search that counts what a query finds. No scores: a node keeps such answers."""
    return {
        "query": {"bool": {"filter": [query, *filters]}},
        "size": 0,
        "track_total_hits": False,
        "aggs": aggregations,
    }


def ranking(  # noqa: PLR0917 - what a list of hits is made of
    query: Dsl,
    filters: Sequence[Dsl],
    sort: Sort,
    size: int,
    begin: int,
    after: Keys | None,
    *,
    ageing: Dsl | None = None,
    collapsed: str = "",
) -> Dsl:
    """A search for ``size`` hits in order: those from rank ``begin`` on, or those after some keys.

    ``ageing``: how age changes scores, as ``function_score`` takes it. ``collapsed``: the field of
    which each value is to come once.
    """
    if ageing is not None:
        query = {"function_score": {"query": query, **ageing}}
    matching: Dsl = {"must": [query]} if sort is Sort.RELEVANCE else {"filter": [query]}
    if filters:
        matching.setdefault("filter", []).extend(filters)
    body: Dsl = {
        "query": {"bool": matching},
        "size": size,
        "sort": sorting(sort),
        "track_total_hits": False,
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [ARTICLE],
    }
    if after is not None:
        body["search_after"] = behind(sort, after)
    elif begin:
        body["from"] = begin
    if collapsed:
        body["collapse"] = {"field": collapsed}
    return body


def named(answer: Dsl, sort: Sort) -> list[Named]:
    """The hits of an answer to ``ranking``."""
    return [Named(hit, keys_of(sort, hit["sort"])) for hit in answer["hits"]["hits"]]


def _whole(answer: Dsl) -> list[Dsl]:
    """The answers in that to several searches. Raises ``TransportError`` for one that failed."""
    from opensearchpy.exceptions import HTTP_EXCEPTIONS, TransportError

    found: list[Dsl] = answer["responses"]
    for one in found:
        if "error" in one:
            kind = HTTP_EXCEPTIONS.get(one["status"], TransportError)
            raise kind(one["status"], one["error"].get("type", ""), one)
    return found
