"""Leaves out offers that lead nowhere: other spellings and days by which nothing would be found.

What is offered is told from words and from days among words, in articles that may be deleted or
that filters, fields and signs of the query leave out. So what is not certain to find something is
looked for first, with all that restricts the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from search.query.lexemes import is_plain
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse

_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


class Counts(Protocol):
    """How many articles a question has, as ``SearchResponse`` counts them."""

    @property
    def total(self) -> int: ...

    @property
    def listed(self) -> int: ...


Finding = Callable[[SearchRequest], Counts]
"""What a question finds, of which nothing is shown."""


def keep_what_leads(
    response: SearchResponse, request: SearchRequest, finding: Finding, *, known: bool
) -> None:
    """Take from an answer's offers those that would list no article, or of spellings no more.

    ``known``: whether words of which an index knows find articles: none is deleted, and some of a
    question's words suffice. Raises what ``finding`` does.
    """
    text = response.suggestion
    if text is not None and not (known and _is_of_words(text, request)):
        found = finding(_asked(text, request))
        if not (found.total or found.listed > response.listed):
            response.suggestion = None
    if response.offers:
        response.offers = tuple(
            one for one in response.offers if finding(_asked(one.query, request)).listed
        )


def _is_of_words(text: str, request: SearchRequest) -> bool:
    """Whether plain words are all that is asked for: what is offered in them is in articles."""
    if request.restricted or request.partial is Partial.OFF:
        return False
    return _WORDS.fullmatch(text) is not None and all(map(is_plain, text.split()))


def _asked(text: str, request: SearchRequest) -> SearchRequest:
    """The request for a text in the place of its query, as far as it says what is found."""
    return replace(
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
        snippets=False,
        bodies=False,
        notes=(),
    )
