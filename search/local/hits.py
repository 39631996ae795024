"""Documents of a page as hits: their stored values, titles and snippets with matches marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from index.fields import Facet
from search.limits import MARKED_CHARACTERS
from search.local.matching.searcher import Searcher
from search.marking.headlines import marked_title
from search.marking.marks import mark
from search.marking.snippets import snippet
from search.query.syntax.node import Marked
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit


def hits_of(  # noqa: PLR0917 - what hits are made of
    request: SearchRequest,
    searcher: Searcher,
    marked: Marked,
    documents: Sequence[int],
    scores: Sequence[float],
    copies: Sequence[int],
    explanations: Sequence[Explanation | None],
) -> tuple[Hit, ...]:
    """The hits of k documents in their order, with what is known of each.

    Raises ``FileDamaged``.
    """
    snapshot = searcher.snapshot
    read = snapshot.stored if request.snippets else snapshot.hit
    by_score = request.sort is Sort.RELEVANCE
    hits = []
    for number, score, same, why in zip(documents, scores, copies, explanations, strict=True):
        stored = read(number)
        title: str = stored["title"]
        date: datetime | None = stored.get("date")
        title_html, shown = escape(title), ""
        if request.snippets:
            title_html = marked_title(title, marked, snapshot.analysis)
            shown = snippet(mark(stored["body"][:MARKED_CHARACTERS], marked, snapshot.analysis))
        hits.append(
            Hit(
                stored["id"],
                title,
                title_html,
                shown,
                stored.get("url"),
                None if date is None else date.replace(tzinfo=UTC),
                {facet: stored[facet] for facet in Facet if facet in stored},
                score if by_score else None,
                same,
                why,
            )
        )
    return tuple(hits)
