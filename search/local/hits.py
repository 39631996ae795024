"""Documents of a page as hits: their stored values, titles and snippets with matches marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

import numpy as np
from numpy.typing import NDArray

from index.fields import Facet
from search.limits import MARKED_CHARACTERS
from search.local.find import Found
from search.local.matches import Documents, Matches
from search.local.matching.searcher import Searcher
from search.local.order import Page
from search.marking.headlines import marked_title
from search.marking.marks import mark
from search.marking.snippets import snippet
from search.query.syntax.node import Marked
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit

_FACETS = tuple((facet, facet.value) for facet in Facet)
"""Going over the members of an enumeration takes longer than all else that is done with them."""


def hits_of(  # noqa: PLR0917 - what hits are made of
    request: SearchRequest,
    searcher: Searcher,
    marked: Marked,
    found: Found,
    documents: Documents,
    page: Page,
    explanations: Sequence[Explanation | None],
) -> tuple[Hit, ...]:
    """The hits of a page, in its order; ``documents`` are all that match, on any page.

    Raises ``FileDamaged``.
    """
    copies = _copies(searcher, found, documents, page.documents)
    snapshot = searcher.snapshot
    read = snapshot.stored if request.snippets else snapshot.hit
    by_score = request.sort is Sort.RELEVANCE
    hits = []
    for number, score, same, why in zip(
        page.documents.tolist(), page.scores.tolist(), copies, explanations, strict=True
    ):
        stored = read(number)
        title: str = stored["title"]
        date: datetime | None = stored.get("date")
        title_html, passage = escape(title), ""
        if request.snippets:
            title_html = marked_title(title, marked, snapshot.analysis)
            passage = snippet(mark(stored["body"][:MARKED_CHARACTERS], marked, snapshot.analysis))
        hits.append(
            Hit(
                stored["id"],
                title,
                title_html,
                passage,
                stored.get("url"),
                None if date is None else date.replace(tzinfo=UTC),
                {facet: stored[name] for facet, name in _FACETS if name in stored},
                score if by_score else None,
                (),
                same,
                why,
            )
        )
    return tuple(hits)


def _copies(searcher: Searcher, found: Found, documents: Documents, shown: Documents) -> list[int]:
    """How many other matches (``documents``, or all where these are some) have each one's text.

    ``shown``: (k,) documents, of which each gets a number. 0 where the time was up.
    """
    same_text = searcher.snapshot.columns.same_text
    counts = [0] * len(shown)
    for place in same_text.with_others(shown).nonzero()[0].tolist():
        group = same_text.group(int(shown[place]))
        counts[place] = max(_matching(searcher, found, documents, group) - 1, 0)
    return counts


def _matching(
    searcher: Searcher, found: Found, documents: Documents, group: NDArray[np.int32]
) -> int:
    """How many documents of a group match."""
    if found.total is None:
        matching, _ = Matches(documents, documents).at(group)
    else:
        live = searcher.snapshot.columns.live
        matching, _ = searcher.probe(found.query, group if live is None else group[live[group]])
    return int(np.count_nonzero(matching))
