"""Documents of a page as hits: their stored values, titles and snippets with matches marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.budget import COMPARED, NODE, TERM, Budget
from search.local.find import Found
from search.local.matches import Documents, Mask, are_in, distinct
from search.local.matching.searcher import Searcher
from search.local.matching.term import row, terms_of
from search.local.page.marked import marked
from search.local.page.order import Page
from search.local.plan import Plan
from search.local.reading.snapshot import Snapshot
from search.making import maker_of
from search.marking import Marker, sought
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit

_ROWS = ("id", "title", "title_html", "date", "url", "facets")
"""What ``Snapshot.listed`` tells of each."""

hit_maker = maker_of(Hit, {name: place for place, name in enumerate(_ROWS)})
"""Makes hits in which nothing is marked."""
_marked_maker = maker_of(Hit, {n: at for at, n in enumerate(_ROWS) if n != "title_html"})

_Column = list[Any] | Any
"""Of each hit one, or one of all."""


def marker_of(request: SearchRequest, plan: Plan, snapshot: Snapshot) -> Marker | None:
    """What marks the hits; None where nothing is marked."""
    if not request.snippets:
        return None
    return Marker(sought(plan.question.marked, snapshot.analysis))


def hits_of(  # noqa: PLR0917 - what hits are made of
    request: SearchRequest,
    searcher: Searcher,
    plan: Plan,
    found: Found,
    page: Page,
    explanations: Sequence[Explanation | None] | None,
    marker: Marker | None,
) -> tuple[Hit, ...]:
    """The hits of a page, in its order; with a ``marker`` titles are marked, and passages given.

    Raises ``FileDamaged``.
    """
    numbers = page.documents
    return hits_with(
        request,
        searcher.snapshot,
        searcher.budget,
        numbers,
        page.scores if request.sort is Sort.RELEVANCE else None,
        as_typed(plan, missing(searcher, plan, found, numbers, page.complete)),
        copies(searcher, found, numbers),
        None if explanations is None else [*explanations],
        marker,
    )


def hits_with(  # noqa: PLR0917 - what hits are made of
    request: SearchRequest,
    snapshot: Snapshot,
    budget: Budget,
    numbers: list[int],
    scores: list[float] | None,
    lacking: list[tuple[str, ...]] | tuple[()],
    same: list[int] | int,
    reasons: list[Explanation | None] | None,
    marker: Marker | None,
) -> tuple[Hit, ...]:
    """The same with what is told of each, or of all."""
    every = snapshot.listed(numbers)
    if marker is None and not request.bodies:
        return hit_maker.of_rows(every, ("", scores, lacking, same, reasons, ""))
    bodies = snapshot.bodies_of(numbers, every)
    html = [shown[2] for shown in every]
    snippets: _Column = ""
    if marker is not None:
        try:
            passages = marked([shown[1] for shown in every], bodies, marker, budget)
        except UnicodeDecodeError:
            for number, body in zip(numbers, bodies, strict=True):
                snapshot.text(number, body)
            raise
        html, snippets = [title for title, _ in passages], [snippet for _, snippet in passages]
    whole: _Column = ""
    if request.bodies:
        whole = [snapshot.text(number, body) for number, body in zip(numbers, bodies, strict=True)]
    columns = html, snippets, scores, lacking, same, reasons, whole
    return _marked_maker.of_rows(every, columns)


def missing(
    searcher: Searcher,
    plan: Plan,
    found: Found,
    documents: list[int],
    complete: list[bool] | None,
) -> list[tuple[str, ...]] | tuple[()]:
    """Which words of the query each of some hits lacks, as they were typed; () of all: none.

    ``complete``: which of them have all words; None: all. Of words that are not looked at when the
    budget is spent it is not said.
    """
    if complete is None or False not in complete:
        return ()
    spared, words = plan.spared_texts, found.words
    if words is not None and plan.spares_words:
        if not pays_for_missing(searcher.budget, len(spared), documents):
            return ()
        return words.lacking(documents, spared, complete)
    texts: list[tuple[str, ...]] = [()] * len(documents)
    shown = np.array(documents, np.int32)
    order = shown.argsort()
    having = _probed(searcher, plan, shown[order])
    places = order.tolist()
    # Of words that were not looked at, for want of budget, nothing is said.
    for text, matching in zip(spared, having, strict=False):
        for place, has in zip(places, matching.tolist(), strict=True):
            if not has:
                texts[place] += (text,)
    return texts


def as_typed(
    plan: Plan, lacking: list[tuple[str, ...]] | tuple[()]
) -> list[tuple[str, ...]] | tuple[()]:
    """What hits lack, with a time for either of its words, where the query says it back so."""
    times = plan.question.times if lacking else None
    if not times:
        return lacking
    return [tuple(dict.fromkeys(times.get(word, word) for word in words)) for words in lacking]


def pays_for_missing(budget: Budget, words: int, documents: list[int]) -> bool:
    """Count that so many words, which may lack, are looked for in documents; whether it lasts."""
    budget.work += (TERM + COMPARED * len(documents)) * words
    return not budget.spent()


def _probed(searcher: Searcher, plan: Plan, documents: Documents) -> Iterator[Mask]:
    """Which of the documents, (k,) ascending, have each word that may be lacking: (k,).

    Those that are looked at before the budget is spent.
    """
    searcher.budget.work += TERM * len(plan.spared)
    for _, query in plan.spared:
        if searcher.budget.spent():
            return
        terms = terms_of(query)
        if terms is not None:
            yield are_in(documents, row(searcher, terms).documents)
            continue
        matching, _ = searcher.probe(query, documents)
        if searcher.budget.spent():
            return
        yield matching


def copies(searcher: Searcher, found: Found, numbers: list[int]) -> list[int] | int:
    """How many other listed articles have the text of each document; 0 of all: none has.

    0 where the time was up.
    """
    same_text = searcher.snapshot.columns.same_text
    several, counts = same_text.several, [0] * len(numbers)
    if not any(map(several.__getitem__, numbers)):
        return 0
    places = [place for place, number in enumerate(numbers) if several[number]]
    groups = [same_text.group(numbers[place]) for place in places]
    # All groups are asked about at once: a query costs more than the documents.
    documents = distinct(np.concatenate(groups))
    listed = documents[_listed(searcher, found, documents)]
    for place, group in zip(places, groups, strict=True):
        counts[place] = max(int(np.count_nonzero(are_in(group, listed))) - 1, 0)
    return counts


def _listed(searcher: Searcher, found: Found, documents: NDArray[np.int32]) -> Mask:
    """Which of the documents, (k,) ascending, are listed: (k,)."""
    words, flat = found.words, found.plan.flat
    if words is not None and flat is not None:
        # Also where it is known, as it is of more questions without kernels.
        searcher.budget.work += (NODE + COMPARED * len(documents)) * len(flat.words + flat.loose)
    if found.whole:
        return found.matches.at(documents)[0]
    live = searcher.snapshot.columns.live
    listed = np.ones(len(documents), np.bool_) if live is None else live[documents]
    if words is None or flat is None:
        query = found.query if found.relaxed is None else found.relaxed
        listed[listed] = searcher.probe(query, documents[listed])[0]
        return listed
    complete, some, _ = words.at(documents[listed])
    listed[listed] = some if found.with_some or not flat.words else complete
    return listed
