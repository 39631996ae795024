"""Warta as people use it, and a plain Warta that does no more than the peers do."""

from __future__ import annotations

import sys
from pathlib import Path

from search.local.engine import LocalEngine
from search.local.scoring.ranking import Features, Ranking
from search.local.weighting import BM25, Lead
from search.query.weights import Weights
from search.request import SearchRequest
from tests.bench.peers.peer import PAGE, Answer, Peer


def plain() -> Ranking:
    """Stems of title and body only, and no second look for what has some of the words."""
    return Ranking(
        model=BM25(lead=Lead(near=0.0, far=0.0)),
        weights=Weights(title_exact=0.0, body_exact=0.0),
        features=Features(pairs=0.0, answers=0.0, alike=0.0, headline=0.0, verbatim=0.0),
        partial=False,
    )


class Default:
    """The engine as ``warta serve`` runs it: it decides itself how many words must match."""

    def __init__(self, directory: Path, ranking: Ranking | None = None) -> None:
        self._engine = LocalEngine(directory, ranking)

    def prepare(self) -> None:
        """As a worker of ``warta serve`` does."""
        self._engine.prepare()

    def search(self, query: str, *, every: bool = False) -> Answer:
        del every
        return _answer(self._engine, query)

    def page(self, query: str) -> list[str]:
        return _snippets(self._engine, query)

    def close(self) -> None:
        self._engine.close()


def strict(directory: Path) -> Default:
    """The engine as it runs, but that all words must match."""
    return Default(directory, Ranking(partial=False))


class Plain:
    """One word suffices, or all must match: what is asked, nothing else."""

    def __init__(self, directory: Path) -> None:
        self._engine = LocalEngine(directory, plain())

    def prepare(self) -> None:
        """As a worker of ``warta serve`` does."""
        self._engine.prepare()

    def search(self, query: str, *, every: bool = False) -> Answer:
        return _answer(self._engine, query if every else _either(query))

    def page(self, query: str) -> list[str]:
        return _snippets(self._engine, _either(query))

    def close(self) -> None:
        self._engine.close()


def _either(query: str) -> str:
    return " OR ".join(query.split())


def _answer(engine: LocalEngine, query: str) -> Answer:
    request = SearchRequest(query, per_page=PAGE, facets=False, snippets=False)
    response = engine.search(request)
    return Answer(response.total, [hit.title for hit in response.hits])


def _snippets(engine: LocalEngine, query: str) -> list[str]:
    response = engine.search(SearchRequest(query, per_page=PAGE, facets=False))
    return [hit.snippet_html for hit in response.hits]


def _build(articles: Path, directory: Path, threads: int) -> list[str]:
    command = [sys.executable, "-m", "web.cli", "rebuild", str(articles)]
    return [*command, "--index", str(directory), "--workers", str(threads)]


DEFAULT = Peer("warta", "Warta", "warta", _build, Default, every=False)
STRICT = Peer("strict", "Warta, all words", "warta", _build, strict, every=True, snippets=False)
PLAIN = Peer("plain", "Warta, plain", "warta", _build, Plain)
