"""Titles and passages of hits as HTML: compiled where the kernels are in use."""

from __future__ import annotations

from index.kernels import kernel
from search.limits import MARKED_CHARACTERS
from search.marking import headlines
from search.marking.compiled import finder_of
from search.marking.marked_text import MarkedText
from search.marking.marks import mark
from search.marking.snippets import LONGEST_TITLE, WIDTH, snippet
from search.marking.sought import Sought
from search.marking.work import Work

SNIPPET_PLACES = 200
"""A snippet is chosen among so many marks of a body, from its beginning on."""

_passages = kernel("passages")


def marked_title(title: str, sought: Sought, work: Work) -> str:
    """A title as HTML, escaped, matches in ``<mark>`` elements, cut where it is long."""
    short = len(title) <= LONGEST_TITLE
    finder = finder_of(title, sought, work) if _passages and not sought.nothing else None
    if finder is None:
        return headlines.marked_title(title, sought, work)
    every = short and sought.simple
    html: str = _passages.title(finder, title[:MARKED_CHARACTERS], work, LONGEST_TITLE, every=every)
    return html


def passage(body: str, sought: Sought, work: Work, *, marked: bool = True) -> str:
    """The passage of a body with the best matches, as HTML; without ``marked`` its beginning."""
    text = body[:MARKED_CHARACTERS]
    finder = finder_of(text, sought, work) if _passages else None
    if finder is None:
        return snippet(mark(text, sought, work, SNIPPET_PLACES) if marked else MarkedText(text, []))
    most = SNIPPET_PLACES if marked and not sought.nothing else 0
    html: str = _passages.snippet(finder, text, work, WIDTH, most)
    return html
