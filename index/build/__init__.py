"""The bulk builder: articles to segments, merged in tiers and published as a generation."""

from index.build.local import LocalTarget
from index.build.stored_articles import stored_articles

__all__ = ["LocalTarget", "stored_articles"]
