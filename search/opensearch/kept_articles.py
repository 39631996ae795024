"""Articles of hits, of which those read last are kept: the best of many questions are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.article import Article
from index.opensearch.documents import article_of
from index.opensearch.layout import ARTICLE
from search.local.plain.memo import Memo

_OF_AN_ARTICLE = 1000
"""Bytes of the objects of one that is kept, its texts apart."""

_kept: Memo[str, Article] = Memo(16 << 20)
"""The articles that were unpacked last, by what was unpacked: so none is ever out of date."""


def kept_article(hit: Mapping[str, Any]) -> Article:
    """What ``article_of`` gives of a hit with the column ``ARTICLE``. Raises ``FileDamaged``."""
    (text, *_) = hit.get("fields", {}).get(ARTICLE) or [""]
    found = _kept.get(text)
    if found is None:
        found = article_of(hit)
        _kept.put(text, found, 2 * len(text) + len(found.body) + _OF_AN_ARTICLE)
    return found
