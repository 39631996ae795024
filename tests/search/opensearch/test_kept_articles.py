"""Articles of hits are kept; what is no article is told, with the document it stands in."""

from __future__ import annotations

from typing import Any

import pytest

from index.errors import FileDamaged
from index.opensearch.layout import ARTICLE
from index.opensearch.packing import packed
from search.opensearch.asking import named
from search.opensearch.kept_articles import kept_article
from search.request import Sort
from tests.conftest import ARCHIVE


def test_an_article_that_was_read_is_kept() -> None:
    found = [kept_article({"fields": {ARTICLE: [packed(ARCHIVE[0])]}}) for _ in range(2)]
    assert found[0] == ARCHIVE[0]
    assert found[0] is found[1]


@pytest.mark.parametrize("held", [{}, {"fields": {ARTICLE: ["AAAA"]}}])
@pytest.mark.parametrize(
    ("told", "name"),
    [({"_id": "a7"}, "a7"), ({"sort": [1.5, 0, 7]}, "number 7"), ({}, r"number \?")],
)
def test_a_document_without_an_article_is_named(
    held: dict[str, Any], told: dict[str, Any], name: str
) -> None:
    with pytest.raises(FileDamaged, match=rf"^{name}: it stores no article"):
        kept_article({**held, **told})


@pytest.mark.parametrize("number", [-1, 1 << 32, (1 << 63) - 1])
def test_a_number_that_no_article_has_is_damage(number: int) -> None:
    hit = {"sort": [0, number]}
    with pytest.raises(FileDamaged, match=rf"^number {number}: it stores no article"):
        named({"hits": {"hits": [hit]}}, Sort.NEWEST)
