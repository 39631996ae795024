"""All hits of a request instead of one page, batch by batch, the same way over every engine.

The hits are those that facets and histogram are counted over: articles with all the words while
there are any, otherwise those with some, or both as the request's ``partial`` says. All batches
are of one generation. An export is whole, up to ``MAX_EXPORTED`` hits, or it is an error: what a
spent budget cut short is never passed off as all. The command line knows no ``MAX_EXPORTED``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

from index.light_dataclass import dataclass
from search.cursor import Cursor
from search.engine import SearchEngine
from search.errors import ExportUnfinished
from search.limits import MAX_EXPORTED, MAX_PER_PAGE
from search.request import Partial, SearchRequest
from search.response import SearchResponse


@dataclass(frozen=True, slots=True)
class Export:
    """The answer to a request with the first batch of hits, and the batches that follow.

    The ``next_cursor`` of a batch leads on from it. ``rest`` may be gone through once; searching
    goes on with each batch, and any raises ``ExportUnfinished`` or ``IndexUnavailable``.
    ``ends_early``: whether there are more hits than the batches have. ``pinned``: what they are
    asked of, which is closed with the last of them; whoever may stop before calls ``close``.
    """

    first: SearchResponse
    rest: Iterator[SearchResponse]
    ends_early: bool = False
    pinned: SearchEngine | None = None

    def close(self) -> None:
        """Let go of the generation; no batch may be asked for after it.

        May be called at any time, and again.
        """
        if self.pinned is not None:
            self.pinned.close()

    def batches(self) -> Iterator[SearchResponse]:
        """All batches in order; see ``rest``."""
        yield self.first
        yield from self.rest


def export(engine: SearchEngine, request: SearchRequest, most: int | None = MAX_EXPORTED) -> Export:
    """All hits of the request, or those after its cursor, of them at most ``most`` (None: all).

    Its page and size of page do not count.

    Raises ``RequestError``, ``ExportUnfinished`` and ``IndexUnavailable``.
    """
    pinned = engine.pinned()
    try:
        found = _begun(pinned, request, most)
    except BaseException:
        pinned.close()
        raise
    if found.first.next_cursor is None:
        pinned.close()
    return found


def _begun(engine: SearchEngine, request: SearchRequest, most: int | None) -> Export:
    request = replace(request, page=1, per_page=_size(most))
    counted = _complete(
        engine.search(replace(request, per_page=1, snippets=False, bodies=False, explain=False))
    )
    if request.partial is Partial.FOLLOW and counted.total and _among_complete(request):
        request = replace(request, partial=Partial.OFF)
    request = replace(request, facets=False, offers=False)
    begun = _complete(engine.search(request))
    first = replace(
        counted,
        page=begun.page,
        per_page=begun.per_page,
        listed=begun.listed,
        hits=begun.hits,
        next_cursor=begun.next_cursor,
        took_ms=counted.took_ms + begun.took_ms,
    )
    left = first.listed - _passed(request)
    ends_early = most is not None and left > most
    return Export(first, _following(engine, request, begun, most), ends_early, engine)


def _size(most: int | None) -> int:
    """How many hits the next batch has, where so many may be given."""
    return MAX_PER_PAGE if most is None else min(MAX_PER_PAGE, most)


def _passed(request: SearchRequest) -> int:
    """How many hits come before the export. Raises ``BadCursor``."""
    return 0 if request.cursor is None else Cursor.decode(request.cursor, request.sort).passed


def _among_complete(request: SearchRequest) -> bool:
    """Whether the export begins among the articles with all the words. Raises ``BadCursor``."""
    return request.cursor is None or Cursor.decode(request.cursor, request.sort).leading


def _following(
    engine: SearchEngine, request: SearchRequest, before: SearchResponse, most: int | None
) -> Iterator[SearchResponse]:
    with closing(engine):
        while before.next_cursor is not None:
            if most is not None:
                most -= len(before.hits)
            size = _size(most)
            if size <= 0:
                return
            request = replace(request, cursor=before.next_cursor, per_page=size)
            before = _complete(engine.search(request))
            yield before


def _complete(response: SearchResponse) -> SearchResponse:
    codes = {note.code for note in response.notes}
    # What is not marked is there nevertheless.
    if response.partial and ("partial" in codes or "unmarked" not in codes):
        raise ExportUnfinished
    return response
