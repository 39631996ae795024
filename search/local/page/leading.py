"""Leaves out offers that lead nowhere: other spellings and days by which nothing would be found.

What is offered is told from words and from days among words, in articles that may be deleted or
that filters, fields and signs of the query leave out. So what is not certain to find something is
looked for first, with all that restricts the question. What cannot be told at that cost stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

from search.errors import RequestError
from search.limits import MAX_QUERY_CHARACTERS
from search.query.lexemes import is_plain
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse

_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_DAYS = re.compile(r"(?:tanggal|sejak|sampai):[^\s()]+")
"""A filter for days and nothing beside it, as offers are typed."""


class Counts(Protocol):
    """How many articles a question has, as ``SearchResponse`` counts them.

    ``partial``: there may be more.
    """

    @property
    def total(self) -> int: ...

    @property
    def listed(self) -> int: ...

    @property
    def partial(self) -> bool: ...


class Counted(NamedTuple):
    """The same, of what was only counted."""

    total: int
    listed: int
    partial: bool


UNKNOWN = Counted(0, 0, True)
"""Of what nobody looked for."""

Finding = Callable[[SearchRequest], Counts]
"""What a question finds, of which nothing is shown."""


def keep_what_leads(
    response: SearchResponse,
    request: SearchRequest,
    finding: Finding,
    *,
    known: bool,
    dated: bool,
) -> None:
    """Take from an answer's offers those that would list no article, or of spellings no more.

    Those, too, that are too long to be asked. ``known``: whether words of which an index knows find
    articles: none is deleted, and some of a question's words suffice. ``dated``: whether days of
    which it knows do. Raises what ``finding`` does, but for ``RequestError``.
    """
    text = response.suggestion
    if text is not None:
        certain = known and _is_of_words(text, request)
        if not _leads(text, request, finding, response.listed, certain=certain):
            response.suggestion = None
    kept = []
    for one in response.offers:
        certain = dated and not request.restricted and _DAYS.fullmatch(one.query) is not None
        if _leads(one.query, request, finding, 0, certain=certain):
            kept.append(one)
    response.offers = tuple(kept)


def _leads(
    text: str, request: SearchRequest, finding: Finding, listed: int, *, certain: bool
) -> bool:
    """Whether a text may be asked, and may find any article or list more than so many."""
    if certain:
        return len(text) <= MAX_QUERY_CHARACTERS
    try:
        found = finding(_asked(text, request))
    except RequestError:
        return False
    return bool(found.partial or found.total or found.listed > listed)


def _is_of_words(text: str, request: SearchRequest) -> bool:
    """Whether plain words are all that is asked for: what is offered in them is in articles."""
    if request.restricted or request.partial is Partial.OFF:
        return False
    return _WORDS.fullmatch(text) is not None and all(map(is_plain, text.split()))


def _asked(text: str, request: SearchRequest) -> SearchRequest:
    """The request for a text in the place of its query, as far as it says what is found.

    Raises ``QueryTooLong``.
    """
    return replace(
        request,
        query=text,
        page=1,
        per_page=1,
        cursor=None,
        sort=Sort.RELEVANCE,
        recency=None,
        collapse=False,
        offers=False,
        facets=False,
        explain=False,
        snippets=False,
        bodies=False,
        notes=(),
    )
