"""The engine over a cluster: it finds there, and is planned, ranked and shown here."""

from __future__ import annotations

from time import perf_counter

from index.analysis import TokenAnalysis, analysis
from index.article import Article
from index.location import ClusterAlias
from index.opensearch.documents import article_of, document_id
from search.cursor import continued
from search.local.scoring.ranking import Ranking
from search.opensearch.answering import Answering
from search.opensearch.opened import Current
from search.request import SearchRequest
from search.response import SearchResponse


class OpenSearchEngine:
    """Searches an alias of a cluster. See ``search.engine.SearchEngine``."""

    def __init__(self, cluster: ClusterAlias, ranking: Ranking | None = None) -> None:
        self._ranking = ranking or Ranking()
        self._current = Current(cluster, self._ranking)

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of hits, and what is known of all."""
        started = perf_counter()
        if request.cursor is not None:
            request = continued(request)
        with self._current.reading() as opened:
            connection = self._current.connection
            return Answering(request, opened, connection, self._ranking, started).answered()

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        from opensearchpy.exceptions import NotFoundError

        with self._current.reading() as opened:
            try:
                found = self._current.connection.asked(
                    lambda client: client.get(index=opened.index, id=document_id(article_id))
                )
            except NotFoundError:
                return None
            return article_of(found["_source"])

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text."""
        return analysis().explain(text)

    def generation(self) -> str:
        """The name that was seen last."""
        return self._current.name()

    def refused(self) -> None:
        """Nothing is refused yet."""
