"""The engine over an OpenSearch cluster: so far it says why nothing can be asked of it."""

from __future__ import annotations

from typing import NoReturn

from index.location import ClusterAlias
from index.opensearch import why_unavailable


class OpenSearchEngine:
    """Tries the cluster's node at every question. See ``search.engine.SearchEngine``."""

    def __init__(self, cluster: ClusterAlias) -> None:
        self._cluster = cluster

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        """Raise ``IndexUnavailable``."""
        raise why_unavailable(self._cluster)

    search = article = similar = suggest = marker = analyze = statistics = _refuse

    def generation(self) -> str:
        """Empty: none was seen."""
        return ""
