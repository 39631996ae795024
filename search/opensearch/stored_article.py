"""The article in a document that a cluster answers with, whoever wrote it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.article import Article
from index.errors import FileDamaged
from index.fields import FACETS
from index.opensearch.documents import article_of
from index.opensearch.layout import ARTICLE
from index.segments.checking import MISREAD

_TEXTS = ("id", "title", "body")
_TEXTS_OR_NONE = ("url", *FACETS)


def read_article(hit: Mapping[str, Any], *, body: bool = True) -> Article:
    """The article of a hit, or of a document that was found by its id.

    Without ``body`` its text is empty. Raises ``FileDamaged``, which names the document, where
    that holds none.
    """
    try:
        source = hit["_source"]
        if not body:
            source = {ARTICLE: {"body": "", **source[ARTICLE]}}
        found = article_of(source)
    except MISREAD:
        raise _none_in(hit) from None
    if not _is_right(found):
        raise _none_in(hit)
    return found


def _is_right(found: Any) -> bool:
    """Whether the fields of an article are what they should be."""
    return (
        all(isinstance(getattr(found, name), str) for name in _TEXTS)
        and all(isinstance(getattr(found, name), str | None) for name in _TEXTS_OR_NONE)
        and isinstance(found.derived_title, bool)
        and (found.date is None or found.date.tzinfo is not None)
    )


def _none_in(hit: Mapping[str, Any]) -> FileDamaged:
    return FileDamaged(str(hit.get("_id", "?")), "it stores no article")
