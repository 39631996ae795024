"""Asks a cluster several things at once, and tells what was not answered whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from index.article import Article
from index.blake2b import blake2b
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.layout import ARTICLE, Dsl
from index.opensearch.moment import Searched
from index.opensearch.several import is_whole
from search.budget import Budget
from search.opensearch.kept_articles import kept_article
from search.opensearch.order import Keys, behind, keys_of, sorting
from search.opensearch.waiting import answers
from search.request import Sort

BROUGHT: Dsl = {"_source": False, "stored_fields": "_none_", "docvalue_fields": [ARTICLE]}
"""What each hit brings beside what it was sorted by: its article, and not its id."""


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

        Raises ``FileDamaged``.
        """
        return kept_article(self.hit)


@dataclass(slots=True)
class Asking:
    """Searches of one index for one answer: of what is ``searched``.

    ``budget`` says how long it may wait. ``partial``: not all of its shards answered, or not in
    time.

    ``key``: of the question; what has the same asks the same copies of shards, whose scores may
    differ by articles that are deleted and not yet gone.
    """

    connection: Connection
    searched: Searched
    key: str
    budget: Budget
    partial: bool = field(default=False)

    def answers(self, searches: Sequence[Dsl]) -> list[Dsl]:
        """The answers to some searches, in their order, asked at once. Raises ``IndexUnavailable``.

        Those with scores see the counts of terms of all shards.
        """
        asked: list[tuple[Dsl, Dsl]] = []
        preference = blake2b(self.key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        for one in searches:
            header = {"search_type": "dfs_query_then_fetch"} if one["size"] else {}
            asked.append((header, one))
        found = answers(self.connection, self.searched, self.budget, asked, preference)
        self.partial |= not all(map(is_whole, found))
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
        **BROUGHT,
    }
    if after is not None:
        body["search_after"] = behind(sort, after)
    elif begin:
        body["from"] = begin
    if collapsed:
        body["collapse"] = {"field": collapsed}
    return body


def named(answer: Dsl, sort: Sort) -> list[Named]:
    """The hits of an answer to what is sorted by ``sorting``. Raises ``FileDamaged``."""
    return [Named(hit, keys_of(sort, hit["sort"])) for hit in answer["hits"]["hits"]]
