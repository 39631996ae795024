"""What a question compiles to, as queries of a cluster."""

from search.opensearch.dsl.translating import Translated, Translation

__all__ = ["Translated", "Translation"]
