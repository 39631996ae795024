"""The embedded engine: Whoosh's query objects run as array operations on a published generation."""

from search.local.engine import LocalEngine

__all__ = ["LocalEngine"]
