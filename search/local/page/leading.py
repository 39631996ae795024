"""Leaves out offers that lead nowhere: other spellings and days by which nothing would be found.

What is offered is told from words and from days among words, in articles that may be deleted or
that filters, fields and signs of the query leave out. So what is not certain to find something is
looked for first, with all that restricts the question.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search.budget import Budget
from search.limits import FINDING
from search.local.find import Found, find
from search.local.matching.searcher import Searcher
from search.local.opened import Opened
from search.local.scoring.ranking import Ranking
from search.query.lexemes import is_plain
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse

_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


def keep_what_leads(
    response: SearchResponse,
    request: SearchRequest,
    opened: Opened,
    ranking: Ranking,
    whole: Budget,
) -> None:
    """Take from an answer's offers those that would list no article, or of spellings no more.

    Raises ``FileDamaged``.

    ``whole``: what is left of the answer's time. Its work is not this one's.
    """
    text = response.suggestion
    if text is not None and not _is_certain(text, request, opened, ranking):
        found = _found(text, request, opened, ranking, whole)
        if not (found.total or found.listed > response.listed):
            response.suggestion = None
    if response.offers:
        response.offers = tuple(
            one
            for one in response.offers
            if _found(one.query, request, opened, ranking, whole).listed
        )


def _is_certain(text: str, request: SearchRequest, opened: Opened, ranking: Ranking) -> bool:
    """Whether it is plain words, of which articles have some: only such are offered."""
    if request.restricted or request.partial is Partial.OFF or not ranking.partial:
        return False
    if opened.snapshot.columns.live is not None or _WORDS.fullmatch(text) is None:
        return False
    return all(map(is_plain, text.split()))


def _found(
    text: str, request: SearchRequest, opened: Opened, ranking: Ranking, whole: Budget
) -> Found:
    """What a text in the place of the query finds."""
    asked = replace(
        request,
        query=text,
        page=1,
        per_page=1,
        cursor=None,
        sort=Sort.RELEVANCE,
        recency=None,
        collapse=False,
        facets=False,
        explain=False,
        notes=(),
    )
    budget = whole.part(FINDING.of(opened.snapshot.size))
    plan = opened.plans.plan(text, budget, correct=request.correct, today=request.today)
    searcher = Searcher(opened.snapshot, opened.rows, budget)
    return find(plan, searcher, asked, ranking)
