"""What a question compiles to, as queries of a cluster."""

from search.opensearch.dsl.as_typed import typed_as
from search.opensearch.dsl.context import Translated
from search.opensearch.dsl.translating import Translation

__all__ = ["Translated", "Translation", "typed_as"]
