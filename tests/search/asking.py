"""Short words for asking an engine, and for what is read off its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from search.engine import SearchEngine
from search.request import SearchRequest
from search.response import SearchResponse


def ask(engine: SearchEngine, query: str = "", **options: Any) -> SearchResponse:
    """The answer to a query; ``options`` are fields of the request. A page has 20 hits."""
    return engine.search(SearchRequest(**{"query": query, "per_page": 20, **options}))


def follow(engine: SearchEngine, request: SearchRequest) -> Iterator[SearchResponse]:
    """The answer to a request, and those to which its cursors lead."""
    while True:
        response = engine.search(request)
        yield response
        if response.next_cursor is None:
            return
        request = replace(request, cursor=response.next_cursor)


def ids(response: SearchResponse) -> list[str]:
    """The ids of the hits, in order."""
    return [hit.id for hit in response.hits]


def codes(response: SearchResponse) -> list[str]:
    """The codes of the notes, in order."""
    return [note.code for note in response.notes]
