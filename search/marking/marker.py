"""Marks what a query matches in the texts of one answer, which share what that may cost."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.limits import MARKED_CHARACTERS
from search.marking.headlines import marked_title
from search.marking.marks import mark
from search.marking.snippets import snippet, to_html
from search.marking.sought import Sought
from search.marking.work import Work


@dataclass(frozen=True, slots=True)
class Marker:
    """What a query marks. One serves one answer: with each text less of its work is left."""

    sought: Sought
    work: Work = field(default_factory=Work)

    @property
    def partial(self) -> bool:
        """Whether some of what the query matches may be unmarked in the texts so far."""
        return self.work.partial

    def html(self, text: str) -> str:
        """The text as HTML, escaped and whole, with ``<mark>`` around what the query matches."""
        return to_html(mark(text, self.sought, self.work))

    def title(self, title: str) -> str:
        """The same of a title, cut where it is long."""
        return marked_title(title, self.sought, self.work)

    def snippet(self, body: str) -> str:
        """The passage of a text with the most matches, as HTML."""
        return snippet(mark(body[:MARKED_CHARACTERS], self.sought, self.work))
