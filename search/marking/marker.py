"""Marks what a query matches in any text, for a page that shows several."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis import TextAnalysis
from search.marking.marks import mark
from search.marking.snippets import to_html
from search.query.syntax.node import Marked


@dataclass(frozen=True, slots=True)
class Marker:
    """What a query marks, in an index whose texts are analysed in this way."""

    marked: Marked
    how: TextAnalysis

    def html(self, text: str) -> str:
        """The text as HTML, escaped, with ``<mark>`` around what the query matches."""
        return to_html(mark(text, self.marked, self.how))
