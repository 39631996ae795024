"""Titles of hits as HTML with matches marked: short texts, of which every chunk is looked at.

The same as ``headline(mark(...))``, in a third of the time.
"""

from __future__ import annotations

from html import escape

from index.analysis.tokenizer import chunk_texts
from search.limits import MARKED_CHARACTERS
from search.marking.marks import mark
from search.marking.snippets import LONGEST_TITLE, headline
from search.marking.sought import Sought
from search.marking.work import Work


def marked_title(title: str, sought: Sought, work: Work) -> str:
    """A title as HTML, escaped, matches in ``<mark>`` elements, cut where it is long."""
    if len(title) > LONGEST_TITLE or not sought.simple:
        return headline(mark(title[:MARKED_CHARACTERS], sought, work, title=True))
    stems, look = sought.stems, sought.how.chunk
    plain = not ("&" in title or '"' in title or "'" in title or "<" in title or ">" in title)
    pieces = []
    shown = at = 0
    for text in chunk_texts(title):
        # No chunk begins between two chunks, so the text is found where it stands as a chunk.
        at = title.find(text, at)
        for start, end, _, stem in look(text) if work.looks_into(text) else ():
            if stem in stems:
                before, word = title[shown : at + start], title[at + start : at + end]
                shown = at + end
                if plain:
                    pieces += [before, "<mark>", word, "</mark>"]
                else:
                    pieces += [escape(before), "<mark>", escape(word), "</mark>"]
        at += len(text)
    pieces.append(title[shown:] if plain else escape(title[shown:]))
    return "".join(pieces)
