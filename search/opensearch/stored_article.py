"""The article in a hit of a cluster, whoever wrote it there; those read last are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.article import Article
from index.errors import FileDamaged
from index.opensearch.documents import article_of
from index.opensearch.layout import ARTICLE
from search.local.plain.memo import Memo

_OF_AN_ARTICLE = 1000
"""Bytes of the objects of one that is kept, its texts apart."""

_kept: Memo[str, Article] = Memo(16 << 20)
"""The articles that were unpacked last, by what was unpacked: so none is ever out of date."""


def read_article(hit: Mapping[str, Any]) -> Article:
    """The article of a hit, of which the column ``ARTICLE`` was asked for.

    Raises ``FileDamaged``, which names the document, where that holds none.
    """
    try:
        (text,) = hit["fields"][ARTICLE]
        found = _kept.get(text)
        if found is None:
            found = article_of(hit)
            _kept.put(text, found, 2 * len(text) + len(found.body) + _OF_AN_ARTICLE)
    except (KeyError, TypeError, ValueError):
        raise FileDamaged(str(hit.get("_id", "?")), "it stores no article") from None
    return found
