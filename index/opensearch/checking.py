"""Whether generations on a cluster are as they were published, and can be used by this program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.analysis import analysis, use_words
from index.errors import CompanionDamaged, FileDamaged
from index.opensearch import companion, several
from index.opensearch.connection import Connection
from index.opensearch.documents import Documents, article_of
from index.opensearch.generations import NEEDED, UNFINISHED, Facts
from index.opensearch.layout import ARTICLE, LEAD, NUMBER, TEXT_FIELDS
from index.opensearch.moment import Searched
from index.target import Damage

META_FILE = "_meta"
"""What stands in the place of a file where an index says of itself what is not so."""

_OF_SHARDS = {"level": "indices", "timeout": "1s", "request_timeout": 30, "ignore": [408]}
"""Of an index that is gone, the cluster's health waits for it, and then has no time left (408)."""

_SAMPLE, _TOKENS = 20, 500
"""Articles of a generation that are analysed again, and tokens of each of their fields."""


def obstacle(connection: Connection, facts: Facts) -> Damage | None:
    """What keeps a generation from being used by this program, as far as counts tell."""
    if not facts.is_of_this_version:
        reason = f"it has version {facts.version}; this program needs {NEEDED}"
        return Damage(facts.name, META_FILE, reason)
    return next(_of_counts(connection, facts), None)


def damages(connection: Connection, facts: Facts) -> list[Damage]:
    """What of a generation is not as it was published.

    Its shards are there, it holds as many articles as it says, its companion's files fit their
    checksums, and the tokens of some articles are those that analysis gives. A generation of
    another version is looked at as far as its counts.
    """
    found = list(_of_counts(connection, facts))
    if found or not facts.is_of_this_version:
        return found
    return [*_of_companion(connection, facts), *_of_tokens(connection, facts)]


def _of_counts(connection: Connection, facts: Facts) -> Iterator[Damage]:
    health = connection.asked(
        lambda client: client.cluster.health(index=facts.index, params=dict(_OF_SHARDS))
    )
    own = health.get("indices", {}).get(facts.index)
    if own is None:
        yield Damage(facts.name, facts.index, "it is missing")
        return
    shards, there = int(own["number_of_shards"]), int(own["active_primary_shards"])
    if there < shards:
        reason = f"{shards - there} of its {shards} shards are missing"
        yield Damage(facts.name, facts.index, reason, unreadable=True)
        return
    held = _count(connection, facts.index)
    if held is None:
        yield Damage(facts.name, facts.index, "it is closed; open it again", unreadable=True)
        return
    if held != facts.articles:
        reason = f"it holds {held} documents instead of {facts.articles}"
        yield Damage(facts.name, facts.index, reason)
    if UNFINISHED in facts.meta:
        reason = "an update is under way, or was not finished; run it again"
        yield Damage(facts.name, META_FILE, reason)
    beside = companion.companion_of(facts.index)
    if not connection.asked(lambda client: client.indices.exists(index=beside)):
        yield Damage(facts.name, beside, "it is missing")


def _count(connection: Connection, index: str) -> int | None:
    """How many documents an index holds; None where it is closed."""
    from opensearchpy.exceptions import RequestError

    try:
        return int(connection.asked(lambda client: client.count(index=index))["count"])
    except RequestError as error:
        if error.error != "index_closed_exception":
            raise
        return None


def bytes_of(connection: Connection, facts: Facts) -> int | None:
    """What a generation takes on disks with its companion, its copies not counted.

    None where it cannot be told.
    """
    names = facts.index, companion.companion_of(facts.index)
    got = connection.asked(
        lambda client: client.indices.stats(
            index=",".join(names), metric="store", params={"ignore_unavailable": "true"}
        )
    )
    # Of an index of which no primary shard is there, nothing is told.
    stores = [got["indices"].get(name, {}).get("primaries", {}).get("store") for name in names]
    if None in stores:
        return None
    return sum(int(store["size_in_bytes"]) for store in stores)


def _of_companion(connection: Connection, facts: Facts) -> Iterator[Damage]:
    try:
        companion.check(connection, facts.index, facts.companion)
    except CompanionDamaged as error:
        yield Damage(facts.name, error.file, error.reason.english)


def _of_tokens(connection: Connection, facts: Facts) -> Iterator[Damage]:
    """Some articles whose tokens are not those of their texts."""
    use_words(facts.words)
    documents = Documents(analysis(facts.words))
    asked: list[tuple[str, str]] = []
    searches: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for hit in _sample(connection, facts.index):
        try:
            (number,) = hit["fields"][NUMBER]
            article = article_of(hit)
        except (FileDamaged, KeyError, TypeError, ValueError):
            yield Damage(facts.name, hit["_id"], "it stores no article")
            continue
        (made,) = documents.of([article], number)
        for field, has in _tokens(made.source):
            asked.append((hit["_id"], field))
            own = {"ids": {"values": [hit["_id"]]}}
            query = {"bool": {"filter": [own, *has]}}
            whole = {"allow_partial_search_results": False}
            searches.append((whole, {"size": 0, "query": query}))
    if not searches:
        return
    found = several.answers(connection, Searched(facts.index), searches)
    for (identity, field), one in zip(asked, found, strict=True):
        if not one["hits"]["total"]["value"]:
            reason = f"the tokens of {field} are not those of its article"
            yield Damage(facts.name, identity, reason)


def _sample(connection: Connection, index: str) -> list[dict[str, Any]]:
    # Others with every call, so that what is checked often is in the end checked whole.
    query: dict[str, Any] = {"function_score": {"query": {"match_all": {}}, "random_score": {}}}
    body = {"query": query, "size": _SAMPLE, "_source": False, "docvalue_fields": [ARTICLE, NUMBER]}
    whole = {"allow_partial_search_results": "false"}
    got = connection.asked(lambda client: client.search(index=index, body=body, params=dict(whole)))
    hits: list[dict[str, Any]] = got["hits"]["hits"]
    return hits


def _tokens(source: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Queries that a document matches where its fields have the tokens, in order in texts."""
    for field in TEXT_FIELDS:
        if tokens := source[field].split()[:_TOKENS]:
            yield field, [{"match_phrase": {field: " ".join(tokens)}}]
    if names := list(source[LEAD])[:_TOKENS]:
        one = {"saturation": {"pivot": 1}}
        yield LEAD, [{"rank_feature": {"field": f"{LEAD}.{name}", **one}} for name in names]
