"""Marks what a query matches in the texts of one answer, which share what that may cost."""

from __future__ import annotations

from dataclasses import field

from index.light_dataclass import dataclass
from search.marking.marks import mark
from search.marking.snippets import to_html
from search.marking.sought import Sought
from search.marking.work import Work


@dataclass(frozen=True, slots=True)
class Marker:
    """What a query marks. One serves one answer: with each text less of its work is left."""

    sought: Sought
    work: Work = field(default_factory=Work)

    def html(self, text: str, *, title: bool = False) -> str:
        """The text as HTML, escaped and whole, with ``<mark>`` around what the query matches.

        ``title``: the text is one, and no body. ``work.partial`` says whether matches in the texts
        so far may be unmarked.
        """
        return to_html(mark(text, self.sought, self.work, title=title))
