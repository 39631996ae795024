"""What an engine over a cluster has open: the companion of the generation in use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.bilingual import Text
from index.errors import IndexUnreachable
from index.light_dataclass import dataclass
from index.location import ClusterAlias
from index.opensearch import companion, generations
from index.opensearch.connection import Connection
from search.local.plan import Plans
from search.local.reading.rows import Rows
from search.local.scoring.ranking import Ranking
from search.opensearch.companion import Companion


@dataclass(frozen=True)
class Opened:
    """A generation: its index in the cluster, and its companion with what is planned over it."""

    name: str
    index: str
    companion: Companion
    rows: Rows
    plans: Plans


class Current:
    """The generation that the alias names. Shared by threads."""

    def __init__(self, cluster: ClusterAlias, ranking: Ranking) -> None:
        self.connection = Connection(cluster)
        self._ranking = ranking
        self._opened: Opened | None = None

    def name(self) -> str:
        """The name that was seen last, empty before any was."""
        return "" if self._opened is None else self._opened.name

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """What is in use."""
        facts = generations.current(self.connection)
        cluster = self.connection.cluster
        if facts is None:
            none = Text("there is no index of that name", "indeks itu tidak ada")
            raise IndexUnreachable(cluster.url, cluster.node, none)
        if self._opened is None or self._opened.name != facts.name:
            cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "warta"
            folder = companion.fetch(self.connection, facts.index, facts.meta["companion"], cache)
            light = Companion(folder, facts.name)
            rows = Rows(light, self._ranking.model)
            plans = Plans(rows, self._ranking)
            self._opened = Opened(facts.name, facts.index, light, rows, plans)
        yield self._opened
