"""The engine over an OpenSearch cluster."""

from search.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
