"""A facet is declared in full, or much else would lack it."""

from __future__ import annotations

import dataclasses

import pytest

from index.article import Article
from index.fields import BY_NAME, FACET_NAMES, Facet, Kind


@pytest.mark.parametrize("facet", Facet)
def test_a_facet_has_all_that_follows_from_its_declaration(facet: Facet) -> None:
    field = BY_NAME[facet]
    assert field.kind is Kind.FACET
    assert field.filters is not None
    assert [FACET_NAMES[name] for name in field.query_names] == [facet] * len(field.query_names)


def test_an_article_has_the_declared_fields_in_their_order() -> None:
    names = [field.name for field in dataclasses.fields(Article)]
    assert names == [*BY_NAME, "derived_title"]
