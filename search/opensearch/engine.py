"""The engine over a cluster: it finds there, and is planned, ranked and shown here."""

from __future__ import annotations

from time import perf_counter

from index.analysis import TokenAnalysis, analysis
from index.article import Article
from index.errors import IndexMissing, IndexOutdated, WordsInvalid
from index.location import ClusterAlias
from index.opensearch import generations
from index.opensearch.looked_up import articles_with
from search.budget import Budget
from search.cursor import continued, order_sum, seal
from search.local.page.leading import keep_what_leads
from search.local.scoring.ranking import Ranking
from search.marking import Marker
from search.opensearch.answering import Answering
from search.opensearch.copies import copies_of
from search.opensearch.current import Current
from search.opensearch.looking import Looking
from search.opensearch.opened import Opened
from search.opensearch.pinned import Pinned
from search.opensearch.similar import similar
from search.opensearch.statistics import statistics
from search.request import SearchRequest
from search.response import Copy, SearchResponse, Statistics, Suggestion
from search.standing import Refused


class OpenSearchEngine:
    """Searches an alias of a cluster; always the generation that it names.

    See ``search.engine.SearchEngine``. Opening is lazy, so that an engine may be made before a
    process forks: nothing is asked before the first question.
    """

    def __init__(
        self, cluster: ClusterAlias, ranking: Ranking | None = None, current: Current | None = None
    ) -> None:
        self._cluster = cluster
        self._ranking = ranking or Ranking()
        self._order = order_sum(self._ranking)
        self._current = current or Current(cluster, self._ranking)

    def prepare(self) -> None:
        """Ask the cluster for what it names; it has its own ways to be ready for questions."""
        self.search(SearchRequest(per_page=1))

    def close(self) -> None:
        """Let go of the open generation; the next question opens it again.

        What is pinned is not to be asked any more then.
        """
        self._current.close()

    def pinned(self) -> OpenSearchEngine:
        """An engine over the index that the alias names, as it is now, until it is closed.

        Where the cluster refuses to keep that (it keeps 300 of them a node, and each for some
        minutes after it was asked last), what an update changes is seen there, too.
        """
        pinned = Pinned(self._current, self._ranking)
        return OpenSearchEngine(self._cluster, self._ranking, pinned)

    def generation(self) -> str:
        """The name of what is served, as it was seen last; empty before anything was."""
        return self._current.name()

    def refused(self) -> Refused | None:
        """What the alias names, where it is not served, and why."""
        return self._current.refused()

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of hits, facets, the histogram and notes."""
        started = perf_counter()
        if request.cursor is not None:
            request = continued(request, self._order)
        with self._current.reading() as opened:
            connection = self._current.connection
            response = Answering(request, opened, connection, self._ranking, started).answered()
            if response.suggestion is not None or response.offers:
                self._keep_what_leads(response, request, opened)
                response.took_ms = (perf_counter() - started) * 1000
            if response.next_cursor is not None:
                response.next_cursor += seal(request, self._order)
            return response

    def _keep_what_leads(
        self, response: SearchResponse, request: SearchRequest, opened: Opened
    ) -> None:
        """Leave out offers that find nothing, within the budget of one question more.

        Where the cluster is too busy to tell, they stay.
        """
        connection = self._current.connection

        def answered(asked: SearchRequest, whole: Budget) -> SearchResponse:
            return Answering(
                asked, opened, connection, self._ranking, perf_counter(), whole=whole
            ).answered()

        looking = Looking(Budget(request.budget_ms / 1000), answered)
        # Words and days of articles that were deleted are known until a rebuild.
        keep_what_leads(response, request, looking, known=False, dated=False)

    def similar(
        self, article_id: str, limit: int, *, snippets: bool = True
    ) -> SearchResponse | None:
        """Articles that share the article's most telling words."""
        started = perf_counter()
        with self._current.reading() as opened:
            return similar(
                opened,
                self._current.connection,
                self._ranking,
                article_id,
                limit,
                started,
                snippets=snippets,
            )

    def copies(self, article_id: str, limit: int) -> list[Copy]:
        """Articles whose text is that of the article."""
        with self._current.reading() as opened:
            return copies_of(opened, self._current.connection, article_id, limit)

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        with self._current.reading() as opened:
            return articles_with(self._current.connection, opened.searched, [article_id])[0]

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions by what stands together in the archive."""
        with self._current.reading() as opened:
            return opened.completions.of(prefix, limit)

    def marker(self, query: str, *, correct: bool = True) -> Marker:
        """What the query marks in texts."""
        with self._current.reading() as opened:
            return opened.plans.marker(query, correct=correct)

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text; without one, how one without the user's words would.

        Raises ``IndexOutdated`` where another version wrote words that this one cannot read.
        """
        try:
            with self._current.reading() as opened:
                how = opened.companion.analysis
        except IndexMissing:
            how = analysis()
        except IndexOutdated as outdated:
            facts = generations.current(self._current.connection)
            try:
                how = analysis() if facts is None else analysis(facts.words)
            except WordsInvalid:  # to this version
                raise outdated from None
        return how.explain(text)

    def statistics(self) -> Statistics:
        """Counts of the current generation."""
        with self._current.reading() as opened:
            return statistics(opened, self._current.connection)
