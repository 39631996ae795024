"""The same articles in an index directory and on a cluster, both opened, to compare answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.opensearch.connection import Connection
from index.target import BuildOptions, IndexTarget, open_target
from search.local import LocalEngine
from search.local.opened import Current as LocalCurrent
from search.local.opened import Opened as LocalOpened
from search.local.scoring.ranking import Ranking
from search.opensearch.current import Current
from search.opensearch.opened import Opened
from tests.cluster.fixtures import connected, new_alias

ONE = BuildOptions(workers=1)


@dataclass(frozen=True)
class Twins:
    """A directory and an alias into which the same was written."""

    path: Path
    url: str

    @property
    def targets(self) -> tuple[IndexTarget, IndexTarget]:
        return open_target(self.path), open_target(self.url)

    @contextmanager
    def opened(self) -> Iterator[tuple[LocalOpened, Opened, Connection]]:
        """Both, and the connection to the cluster."""
        local, current = LocalCurrent(self.path, Ranking()), self.current()
        with local.reading() as one, current.reading() as other:
            yield one, other, current.connection

    def current(self) -> Current:
        return Current(connected(self.url).cluster, Ranking())

    def local(self) -> LocalEngine:
        return LocalEngine(self.path)


@contextmanager
def twins(path: Path, hosts: list[str], articles: Sequence[Article]) -> Iterator[Twins]:
    """Made of some articles; what is on the cluster is removed in the end."""
    with new_alias(hosts) as url:
        made = Twins(path, url)
        for target in made.targets:
            target.rebuild(articles, ONE)
        yield made
