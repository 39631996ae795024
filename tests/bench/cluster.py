"""One archive in a directory and on a cluster: what it costs to build, to keep and to ask.

On a cluster of this machine (``python -m tests.cluster``) its nodes take the same cores as what
asks them; so what each side computed is told beside what a clock says.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from urllib.request import Request, urlopen

import numpy as np

from search.engine import SearchEngine, open_engine
from search.request import SearchRequest
from tests.bench.build import bytes_of
from tests.bench.processes import Finished, run
from tests.bench.tables import row, table_head
from tests.bench.timing import Spread, spread

COMPANION = "-companion"


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the cluster, asked without the client whose use is measured."""

    host: str

    def ask(self, path: str, method: str = "GET") -> Any:
        """What it answers as JSON. Raises OSError."""
        with urlopen(Request(f"http://{self.host}{path}", method=method), timeout=60) as answer:
            return json.load(answer)

    def processor(self) -> float:
        """Seconds that all nodes together have computed since they were started."""
        nodes = self.ask("/_nodes/stats/process")["nodes"].values()
        return float(sum(one["process"]["cpu"]["total_in_millis"] for one in nodes)) / 1000

    def indexes(self, alias: str) -> list[str]:
        """The indexes of an alias that a measure has made, also those beside what is searched."""
        return sorted(one["index"] for one in self.ask(f"/_cat/indices/{alias}-*?format=json"))

    def bytes(self, names: Sequence[str]) -> int:
        """Of the primary shards."""
        if not names:
            return 0
        stats = self.ask(f"/{','.join(names)}/_stats/store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


@dataclass(frozen=True, slots=True)
class Built:
    """A rebuild: the whole command, and what the nodes computed meanwhile, in seconds.

    ``bytes``: of the index; ``beside``: of the companion.
    """

    finished: Finished
    nodes: float
    bytes: int
    beside: int


@dataclass(frozen=True, slots=True)
class Asked:
    """So many questions of a page with snippets and counts, asked by several threads.

    ``each`` are the times of one question on a clock; ``here`` and ``nodes`` the seconds that this
    process and the nodes computed for one.
    """

    threads: int
    per_second: float
    each: Spread
    here: float
    nodes: float


def built_here(articles: Path, directory: Path, workers: int) -> Built:
    """Rebuild into a directory. Raises ``CommandFailed``."""
    finished = run(_command(articles, str(directory), workers))
    return Built(finished, 0.0, bytes_of(directory), 0)


def built_there(
    articles: Path, node: Node, alias: str, workers: int, options: Sequence[str]
) -> Built:
    """Rebuild into a cluster that has no index of the alias. Raises ``CommandFailed``, OSError."""
    before = node.processor()
    finished = run([*_command(articles, f"opensearch://{node.host}/{alias}", workers), *options])
    computed = node.processor() - before
    names = node.indexes(alias)
    node.ask(f"/{','.join(names)}/_flush", "POST")
    beside = [one for one in names if one.endswith(COMPANION)]
    own = [one for one in names if one not in beside]
    return Built(finished, computed, node.bytes(own), node.bytes(beside))


def _command(articles: Path, index: str, workers: int) -> list[str]:
    command = [sys.executable, "-m", "web.cli", "rebuild", str(articles), "--index", index]
    return [*command, "--workers", str(workers)]


def asked(
    index: str, queries: Sequence[str], threads: int, nodes: Callable[[], float]
) -> tuple[Asked, list[int]]:
    """Each question once, after some of them were asked to begin with; and the totals."""
    engine = open_engine(index)
    for query in queries[:20]:
        _page(engine, query)
    before, here, started = nodes(), process_time(), perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(lambda query: _page(engine, query), queries))
    took, here, computed = perf_counter() - started, process_time() - here, nodes() - before
    number = len(queries)
    seconds = np.array([one for one, _ in found])
    figures = Asked(threads, number / took, spread(seconds), here / number, computed / number)
    return figures, [total for _, total in found]


def _page(engine: SearchEngine, query: str) -> tuple[float, int]:
    started = perf_counter()
    total = engine.search(SearchRequest(query)).total
    return perf_counter() - started, total


def table_of_builds(built: Mapping[str, Built], articles: int) -> str:
    """A row for each index."""
    rows = table_head(
        "index",
        "articles/s",
        "articles/s a core, here",
        "nodes' share of processor time",
        "MiB, largest process",
        "bytes/article",
        "companion, bytes/article",
    )
    for name, one in built.items():
        together = one.finished.processor + one.nodes
        rows.append(
            row(
                name,
                f"{articles / one.finished.seconds:,.0f}",
                f"{articles / one.finished.processor:,.0f}",
                f"{one.nodes / together:.0%}",
                f"{one.finished.largest / (1 << 20):,.0f}",
                f"{one.bytes / articles:,.0f}",
                f"{one.beside / articles:,.0f}" if one.beside else "–",
            )
        )
    return "\n".join(rows)


def table_of_questions(found: Mapping[str, Sequence[Asked]]) -> str:
    """A row for each index and number of threads."""
    rows = table_head(
        "index",
        "threads",
        "questions/s",
        "p50 ms",
        "p95 ms",
        "computed here, ms",
        "by the nodes, ms",
    )
    for name, several in found.items():
        rows += [
            row(
                name,
                str(one.threads),
                f"{one.per_second:,.1f}",
                f"{one.each.median:.1f}",
                f"{one.each.p95:.1f}",
                f"{one.here * 1000:.1f}",
                f"{one.nodes * 1000:.1f}",
            )
            for one in several
        ]
    return "\n".join(rows)
