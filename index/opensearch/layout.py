"""The settings and mappings of an index on a cluster: what of an article is searched, and how.

================ ===================================================================================
field            what
================ ===================================================================================
id               the article's id, whole
title, body      stems, one token a position, parted by blanks; ``title_exact`` and ``body_exact``
                 hold surface forms at the same positions; ``NO_WORDS`` in a text without words
lead             the body's distinct stems, each a feature by its first position (``leads``)
borders          which of the body's words begin and end sentences, at their positions (``borders``)
date             microseconds since 0001-01-01 UTC (``index.clock``); none without a date
day              the day in Asia/Jakarta, 0 for 0001-01-01
source, category the folded value, as filters compare it; so are ``place`` and ``author``
text_hash        ``index.stored_values.text_hash`` in sixteen digits: equal texts are folded by it
number           the number in the order of reading, unique: the last tie-break of every order
article          the article as it was given (``packing``); kept as a column, not searched
================ ===================================================================================

Tokens are made by ``index.analysis`` before they are sent, so that the cluster only parts them at
blanks: both engines match the same articles. Nothing is kept as source, as a node needs ten times
as long to give an article back from there as from a column.
"""

from __future__ import annotations

from typing import Any

from index.fields import EXACT, FACETS, TEXTS
from index.opensearch.borders import INSIDE

Dsl = dict[str, Any]
"""A query, or a search, as the cluster takes it in JSON; also what it answers."""

LAYOUT_VERSION = "3"
"""Changes whenever an index of the layout before cannot be searched."""

ID, LEAD, BORDERS, DATE, DAY, TEXT_HASH, NUMBER, ARTICLE = (
    *("id", "lead", "borders", "date", "day", "text_hash", "number", "article"),
)

TEXT_FIELDS = tuple(name + suffix for name in TEXTS for suffix in ("", EXACT))

NO_WORDS = "-"
"""Stands in a text that has no words, as Lucene counts among texts only those with any: how rare a
word is, and how long texts are in the mean, is told of all articles. No query asks for it."""

MOST_PARTS = 1024
"""A node takes queries of so many terms, unless it is set otherwise."""

_READY, _SPARSE = "ready", "sparse"


def settings(shards: int, replicas: int, k1: float, b: float) -> dict[str, Any]:
    """The settings of a new index that is ready to be searched."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            # Lucene's own similarity has no constant factor either.
            "similarity": {"default": {"type": "BM25", "k1": k1, "b": b}},
            "analysis": {
                "analyzer": {
                    _READY: {"type": "custom", "tokenizer": "whitespace"},
                    _SPARSE: {"type": "custom", "tokenizer": "whitespace", "filter": [_SPARSE]},
                },
                # What is left out keeps its position.
                "filter": {_SPARSE: {"type": "stop", "stopwords": [INSIDE]}},
            },
            "mapping": {"total_fields": {"limit": 64}},
        }
    }


def mappings() -> dict[str, Any]:
    """The mappings of a new index."""
    text = {"type": "text", "analyzer": _READY}
    kept = {"type": "keyword", "ignore_above": 32_766 // 4}
    properties: dict[str, Any] = {
        ID: {"type": "keyword"},
        **dict.fromkeys(TEXT_FIELDS, text),
        LEAD: {"type": "rank_features", "positive_score_impact": False},
        BORDERS: {"type": "text", "analyzer": _SPARSE, "norms": False},
        DATE: {"type": "long"},
        DAY: {"type": "integer"},
        **dict.fromkeys(FACETS, kept),
        TEXT_HASH: {"type": "keyword"},
        NUMBER: {"type": "long"},
        ARTICLE: {"type": "binary", "doc_values": True},
    }
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": properties,
    }
