"""The ``SearchEngine`` protocol, which every engine keeps, and ``open_engine(url)``."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from index.analysis import TokenAnalysis
from index.article import Article
from index.location import Directory, locate
from search.marking import Marker
from search.request import SearchRequest
from search.response import Copy, SearchResponse, Statistics, Suggestion
from search.standing import Refused


class SearchEngine(Protocol):
    """What every engine answers. All methods are safe to call from several threads.

    Everything raises ``IndexUnavailable`` where the index cannot be read.
    """

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits of one page. Raises ``RequestError``."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The stored article, or None where there is none of that id."""
        ...

    def similar(
        self, article_id: str, limit: int, *, snippets: bool = True
    ) -> SearchResponse | None:
        """Articles about the same matter, without the article itself; None for an unknown id."""
        ...

    def copies(self, article_id: str, limit: int) -> list[Copy]:
        """The other articles with the article's text, newest first; none for an unknown id."""
        ...

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of the whole of what was typed, the likeliest first, then headlines."""
        ...

    def marker(self, query: str, *, correct: bool = True) -> Marker:
        """What marks the query's matches in the texts of one answer, without the engine.

        Without ``correct`` as where no word of it is replaced.
        """
        ...

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How each word of a text is tokenised and stemmed, with the user's words of the index.

        Without any where there is no index. An index of another version still has its words.
        """
        ...

    def statistics(self) -> Statistics:
        """What the index holds now."""
        ...

    def pinned(self) -> SearchEngine:
        """An engine over the generation in use now, which stays there whatever is published.

        It holds that generation until it is closed, as whoever pins it has to, or let go of;
        nothing may be asked of it after that. It may be closed again. Where that generation is lost
        all the same, as with a node of a cluster, what it is asked raises ``IndexUnavailable``.
        """
        ...

    def prepare(self) -> None:
        """Open the index, and do once what the first questions of a process would otherwise do.

        A server's worker calls it before its first reader comes.
        """
        ...

    def close(self) -> None:
        """Let go of what is held. Any but a pinned engine opens it again for the next question."""
        ...

    def generation(self) -> str:
        """The name of what is searched now; another name means other answers are possible.

        Called for every request, so it never waits for a network: an engine over a cluster gives
        the name that it saw last, empty before it saw any.
        """
        ...

    def refused(self) -> Refused | None:
        """What is published and not served, and why: the generation before it is, if any is open.

        None where the published one is served.
        """
        ...


def open_engine(url: str | Path, ranking: Path | None = None) -> SearchEngine:
    """The engine over the index at a directory or URL (see ``index.location``).

    It ranks as it does by default, or as the file ``ranking`` says, whose content is the engine's
    own matter. Opening is lazy: an index that cannot be read is reported by the first call, so that
    a server can start before its index exists. Raises ``IndexUrlInvalid``,
    ``ClientMissing`` and, of the file, ``SourceError`` and ``RankingInvalid``.
    """
    match locate(url):
        case Directory(path):
            from search.local import LocalEngine
            from search.local.scoring.ranking_file import read_ranking

            return LocalEngine(path, None if ranking is None else read_ranking(ranking))
        case cluster:
            from search.opensearch import OpenSearchEngine

            return OpenSearchEngine(cluster)
