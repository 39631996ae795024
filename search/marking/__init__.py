"""Titles, snippets and whole texts as HTML with a query's matches marked, for every engine."""

from search.marking.marker import Marker
from search.marking.marks import Work
from search.marking.sought import sought

__all__ = ["Marker", "Work", "sought"]
