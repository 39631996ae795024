"""Titles, snippets and whole texts as HTML with a query's matches marked, for every engine."""

from search.marking.marker import Marker
from search.marking.sought import sought
from search.marking.work import Work

__all__ = ["Marker", "Work", "sought"]
