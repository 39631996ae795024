"""Titles and passages of hits as HTML: compiled where the kernels are in use."""

from __future__ import annotations

from collections.abc import Sequence

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
    title: str, body: str | bytes, sought: Sought, work: Work, *, marked: bool = True
) -> tuple[str, str]:
    """A title, and the passage of a body with the best matches, as HTML with matches marked.

    Without ``marked`` the passage is the beginning, in which nothing is. Raises UnicodeDecodeError
    for a body of bytes that are no UTF-8.
    """
    finder = finder_of(title, sought, work) if _passages else None
    # What so many bytes hold are no more characters.
    if isinstance(body, bytes) and (finder is None or len(body) > MARKED_CHARACTERS):
        body = body.decode("utf-8", "surrogatepass")
    text = body[:MARKED_CHARACTERS]
    if finder is None:
        assert isinstance(text, str)
        html = marked_title(title, sought, work)
        found = mark(text, sought, work, SNIPPET_PLACES) if marked else MarkedText(text, [])
        return html, snippet(found)
    if sought.nothing:
        html = marked_title(title, sought, work)
        return html, _passages.snippet(finder, text, work, WIDTH, 0)
    every = sought.simple and len(title) <= LONGEST_TITLE
    html = _passages.title(finder, title[:MARKED_CHARACTERS], work, LONGEST_TITLE, every=every)
    return html, _passages.snippet(finder, text, work, WIDTH, SNIPPET_PLACES if marked else 0)


def titles_and_passages(
    titles: list[str], bodies: Sequence[str | bytes], sought: Sought, work: Work
) -> list[tuple[str, str]]:
    """The same of each of some hits, marked one after the other."""
    finder = finder_of("", sought, work) if _passages else None
    longest = max(map(len, titles), default=0)
    if finder is None or sought.nothing or longest > MARKED_CHARACTERS:
        return [
            title_and_passage(title, body, sought, work)
            for title, body in zip(titles, bodies, strict=True)
        ]
    texts = [body if len(body) <= MARKED_CHARACTERS else _beginning(body) for body in bodies]
    found: list[tuple[str, str]] = _passages.several(
        finder, titles, texts, work, LONGEST_TITLE, WIDTH, SNIPPET_PLACES, simple=sought.simple
    )
    return found


def _beginning(body: str | bytes) -> str:
    text = body if isinstance(body, str) else body.decode("utf-8", "surrogatepass")
    return text[:MARKED_CHARACTERS]
