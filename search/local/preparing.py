"""What a server's worker does before its first reader comes, so that this one need not wait.

The first questions of a process take several times as long as later ones: kernels come into memory
page by page, near words are put in order, patterns are compiled. Headlines of the index's own ask
for all of that. And what is found out about a word when it is first asked for is found out of
the words that most titles have.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from search.request import SearchRequest
from search.response import SearchResponse

HEADLINES = 20
"""Of so many it is measured: the slow end of what is asked next takes 0.83 of the time, with 50
headlines no less."""

WORDS = 4
"""Of each headline; readers ask for one to four."""

BEGUN = "xqz"
"""No word of Indonesian begins so."""

LONGEST = 30
"""Letters of a word that is asked for."""

SECONDS = 0.25
"""No other headline is asked after so long; opening the index and a first page come before it."""

LEARNING_SECONDS = 0.15
"""Of the processor; no further word is learned after so long. Of a million articles it suffices for
some eighty words, as their postings are long."""


def ask_headlines(search: Callable[[SearchRequest], SearchResponse]) -> None:
    """Ask an engine for the newest headlines' first words; it keeps what it learns of them.

    Raises what ``search`` raises.
    """
    listed = search(SearchRequest(per_page=HEADLINES, facets=False, snippets=False))
    questions = [first_words(hit.title) for hit in listed.hits]
    # As the page asks, with snippets and facets.
    search(SearchRequest(questions[0] if questions else ""))
    until = monotonic() + SECONDS
    for question in questions:
        if monotonic() > until:
            return
        search(SearchRequest(question, facets=False, snippets=False))


def first_words(title: str) -> str:
    """The first words of a headline that are nothing but letters, as no operator is written."""
    words = [word for word in title.lower().split() if word.isalpha() and len(word) <= LONGEST]
    return " ".join(words[:WORDS])
