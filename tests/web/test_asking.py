from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.fields import Facet
from search.budget import Budget
from search.local import LocalEngine
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from tests.web.conftest import Client
from web.app import create_app
from web.asking import is_new
from web.query_counts import days_in, file_of, read_counts, together
from web.settings import ServerSettings
from web.state import EXTENSION


@pytest.mark.parametrize(
    ("question", "new"),
    [
        (SearchRequest("beras"), True),
        (SearchRequest("beras", per_page=50), True),
        (SearchRequest("beras", facets=False, explain=True, collapse=True, recency=30), True),
        (SearchRequest(""), False),
        (SearchRequest(" \n"), False),
        (SearchRequest("beras", page=2), False),
        (SearchRequest("beras", cursor="x"), False),
        (SearchRequest("beras", filters={Facet.SOURCE: ("Kabar Nusa",)}), False),
        (SearchRequest("beras", date_from=date(2023, 1, 1)), False),
        (SearchRequest("beras", date_to=date(2023, 1, 1)), False),
        (SearchRequest("beras", sort=Sort.NEWEST), False),
        (SearchRequest("beras", partial=Partial.OFF), False),
        (SearchRequest("beras", correct=False), False),
    ],
)
def test_a_question_is_new_as_somebody_typed_it(question: SearchRequest, new: bool) -> None:
    assert is_new(question) == new


def test_only_searches_that_somebody_typed_are_counted(sample_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kueri"
    app = create_app(sample_index, ServerSettings(query_log=folder))
    client = Client(app, app.response_class)
    for address in ("/search?q=Beras", "/search.json?q=beras", "/api/v1/search?q=%20beras"):
        found = client.get(address)
        # Who has the answer already has not found out anything new.
        client.get(address, headers={"If-None-Match": found.headers.get("ETag", "x")})
        client.head(address)
    for address in (
        "/search.rss?q=beras",
        "/search.atom?q=beras",
        "/search.csv?q=beras",
        "/search.json?q=beras&all=1",
        "/search?q=beras&page=0",
        "/readyz",
        "/api",
        "/article/a2?q=beras",
        "/api/v1/suggest?q=beras",
        "/api/v1/analyze?text=beras",
    ):
        client.get(address)
    client.get("/search?q=beras&sort=newest")
    app.extensions[EXTENSION].query_log.flush()
    counts = together(read_counts(file_of(folder, day)) for day in days_in(folder))
    # The page of results has no ETag: asked again, it is a question again.
    assert counts.queries["beras"].asked == 4
    assert counts.refined == 1


class Noting(LocalEngine):
    """An engine that notes whether its answers may offer anything."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.offering: set[bool] = set()

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchResponse:
        self.offering.add(request.offering)
        return super().search(request, budget)


@pytest.mark.parametrize(
    ("address", "offering"),
    [
        ("/search", True),
        ("/api/v1/search", True),
        ("/search.rss", False),
        ("/search.atom", False),
        ("/search.csv?page=1", False),
        ("/search/values?facet=source", False),
    ],
)
def test_offers_are_looked_for_only_where_they_are_shown(
    sample_index: Path, address: str, offering: bool
) -> None:
    app = create_app(sample_index)
    state = app.extensions[EXTENSION]
    engine = Noting(sample_index)
    app.extensions[EXTENSION] = replace(state, engine=engine)
    Client(app, app.response_class).get(address)
    assert engine.offering == {offering}
    engine.close()
