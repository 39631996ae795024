"""Documents of a page as hits: their stored values, titles and snippets with matches marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search.budget import COMPARED, NODE, TERM
from search.local.find import Found
from search.local.matches import Documents, Mask, are_in, distinct
from search.local.matching.searcher import Searcher
from search.local.matching.term import row, terms_of
from search.local.page.marked import marked
from search.local.page.order import Page
from search.local.plan import Plan
from search.marking import Marker
from search.request import SearchRequest, Sort
from search.response import Explanation, Hit


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
    numbers, snapshot = page.documents, searcher.snapshot
    lacking = _missing(searcher, plan, found, page)
    copies = _copies(searcher, found, numbers)
    reasons = [None] * len(numbers) if explanations is None else explanations
    scores: Sequence[float | None] = page.scores
    if request.sort is not Sort.RELEVANCE:
        scores = [None] * len(numbers)
    every = snapshot.listed(numbers)
    if marker is None and not request.bodies:
        return tuple(
            [
                Hit(id_, title, title_html, "", url, date, facets, score, missing, same, why)
                for (
                    id_,
                    title,
                    title_html,
                    date,
                    url,
                    facets,
                    _,
                ), score, missing, same, why in zip(
                    every, scores, lacking, copies, reasons, strict=True
                )
            ]
        )
    bodies = snapshot.bodies_of(numbers, every)
    passages = [(title_html, "") for _, _, title_html, *_ in every]
    if marker is not None:
        try:
            passages = marked([title for _, title, *_ in every], bodies, marker, searcher.budget)
        except UnicodeDecodeError:
            for number, body in zip(numbers, bodies, strict=True):
                snapshot.text(number, body)
            raise
    whole = [""] * len(numbers)
    if request.bodies:
        whole = [snapshot.text(number, body) for number, body in zip(numbers, bodies, strict=True)]
    return tuple(
        [
            Hit(id_, title, html, snippet, url, date, facets, score, missing, same, why, text)
            for (
                (id_, title, _, date, url, facets, _),
                (html, snippet),
                score,
                missing,
                same,
                why,
                text,
            ) in zip(every, passages, scores, lacking, copies, reasons, whole, strict=True)
        ]
    )


def _missing(searcher: Searcher, plan: Plan, found: Found, page: Page) -> list[tuple[str, ...]]:
    """Which words of the query each of a page's hits lacks, as they were typed.

    Of words that are not looked at when the budget is spent it is not said.
    """
    documents, words = page.documents, found.words
    if page.complete is None or False not in page.complete:
        return [()] * len(documents)
    spared = plan.spared_texts
    if words is not None and plan.spares_words:
        budget = searcher.budget
        budget.work += (TERM + COMPARED * len(documents)) * len(spared)
        if budget.spent():
            return [()] * len(documents)
        if page.lacking is not None:
            return [plan.lacking(bits) for bits in page.lacking]
        return words.lacking(documents, spared, page.complete)
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


def _copies(searcher: Searcher, found: Found, numbers: list[int]) -> list[int]:
    """How many other listed articles have the text of each document.

    0 where the time was up.
    """
    same_text = searcher.snapshot.columns.same_text
    several, counts = same_text.several, [0] * len(numbers)
    if not any(map(several.__getitem__, numbers)):
        return counts
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
    if found.whole:
        return found.matches.at(documents)[0]
    live = searcher.snapshot.columns.live
    listed = np.ones(len(documents), np.bool_) if live is None else live[documents]
    words, flat = found.words, found.plan.flat
    if words is None or flat is None:
        query = found.query if found.relaxed is None else found.relaxed
        listed[listed] = searcher.probe(query, documents[listed])[0]
        return listed
    searcher.budget.work += (NODE + COMPARED * len(documents)) * len(flat.words + flat.loose)
    complete, some, _ = words.at(documents[listed])
    listed[listed] = some if found.with_some or not flat.words else complete
    return listed
