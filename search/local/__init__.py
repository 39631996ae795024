"""The embedded engine: query objects evaluated as arrays over a published generation."""

from search.local.engine import LocalEngine

__all__ = ["LocalEngine"]
