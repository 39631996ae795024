"""Titles, snippets and whole texts as HTML with a query's matches marked, for every engine."""

from search.marking.marker import Marker

__all__ = ["Marker"]
