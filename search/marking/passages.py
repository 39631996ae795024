"""Titles and passages of hits as HTML: compiled where the kernels are in use."""

from __future__ import annotations

from index.kernels import kernel
from search.limits import MARKED_CHARACTERS
from search.marking.compiled import finder_of
from search.marking.headlines import marked_title
from search.marking.marked_text import MarkedText
from search.marking.marks import mark
from search.marking.snippets import LONGEST_TITLE, WIDTH, snippet
from search.marking.sought import Sought
from search.marking.work import Work

SNIPPET_PLACES = 200
"""A snippet is chosen among so many marks of a body, from its beginning on."""

_passages = kernel("passages")


def title_and_passage(
    title: str, body: str, sought: Sought, work: Work, *, marked: bool = True
) -> tuple[str, str]:
    """A title, and the passage of a body with the best matches, as HTML with matches marked.

    Without ``marked`` the passage is the beginning, in which nothing is.
    """
    text = body[:MARKED_CHARACTERS]
    finder = finder_of(text, sought, work) if _passages else None
    if finder is None:
        html = marked_title(title, sought, work)
        found = mark(text, sought, work, SNIPPET_PLACES) if marked else MarkedText(text, [])
        return html, snippet(found)
    if sought.nothing:
        html = marked_title(title, sought, work)
        return html, _passages.snippet(finder, text, work, WIDTH, 0)
    every = sought.simple and len(title) <= LONGEST_TITLE
    html = _passages.title(finder, title[:MARKED_CHARACTERS], work, LONGEST_TITLE, every=every)
    return html, _passages.snippet(finder, text, work, WIDTH, SNIPPET_PLACES if marked else 0)
