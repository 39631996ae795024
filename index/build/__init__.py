"""Articles in, a published generation out."""

from index.build.local import LocalTarget
from index.build.stored_articles import stored_articles

__all__ = ["LocalTarget", "stored_articles"]
