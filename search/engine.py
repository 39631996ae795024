"""The boundary behind which engines are exchangeable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.analysis import TokenAnalysis
from index.article import Article
from search.marking import Marker
from search.request import SearchRequest
from search.response import SearchResponse, Statistics, Suggestion

if TYPE_CHECKING:
    from search.local.scoring.ranking import Ranking


class SearchEngine(Protocol):
    """What every engine answers. All methods are safe to call from several threads."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """The hits of one page. Raises ``RequestError`` and ``IndexDirectoryError``."""
        ...

    def article(self, article_id: str) -> Article | None:
        """The stored article, or None where there is none of that id."""
        ...

    def similar(self, article_id: str, limit: int) -> SearchResponse | None:
        """Articles about the same matter, without the article itself; None for an unknown id."""
        ...

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of the last word of what was typed, most frequent first."""
        ...

    def marker(self, query: str) -> Marker:
        """What marks the query's matches in texts, as many as there are, without the engine."""
        ...

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How each word of a text is tokenised and stemmed, with the index's own words.

        Without the user's words where the index is missing, damaged or outdated.
        """
        ...

    def statistics(self) -> Statistics:
        """What the index holds now."""
        ...

    def generation(self) -> str:
        """The name of what is searched now; another name means other answers are possible."""
        ...


def open_engine(url: str | Path, ranking: Ranking | None = None) -> SearchEngine:
    """The engine over an index directory, which ranks as it does by default or as ``ranking`` says.

    Opening is lazy: a missing or damaged index is reported by the first call, so that a server
    can start before its index exists. Raises ``IndexDirectoryError`` then.
    """
    from search.local import LocalEngine

    return LocalEngine(Path(url), ranking)
