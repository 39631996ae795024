"""How time, memory and bytes grow with the archive: synthetic articles, built and queried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.build import Built, build
from tests.bench.peers.peer import Peer
from tests.bench.query import Queried, index_name, measure
from tests.bench.tables import milliseconds, row, size, table_head


@dataclass(frozen=True, slots=True)
class Scaled:
    """One peer at one size."""

    built: Built
    queried: Queried

    def amounts(self) -> list[float]:
        """What grows, in the order of the columns."""
        finished, warm = self.built.finished, self.queried.run.warm
        return [
            finished.seconds,
            float(finished.together),
            float(self.built.bytes),
            warm.median,
            warm.p95,
        ]


def run(
    peers: Sequence[Peer],
    articles: Iterable[tuple[int, Path]],
    queries: Sequence[str],
    work: Path,
    *,
    threads: int,
    rounds: int,
) -> Iterator[list[Scaled]]:
    """All peers at each size, one size after the other."""
    for number, path in articles:
        built: dict[str, Built] = {}
        for peer in peers:
            if peer.index not in built:
                directory = work / index_name(peer, path, threads)
                built[peer.index] = build(peer, path, number, directory, threads)
        indexes = {name: work / index_name(one.peer, path, threads) for name, one in built.items()}
        queried = measure(peers, indexes, queries, rounds, every=False)
        yield [Scaled(built[one.peer.index], one) for one in queried]


def head() -> str:
    """The lines above the rows."""
    return "\n".join(
        table_head(
            "peer",
            *("articles", "build s", "processor s", "articles/s", "all processes MiB"),
            *("index MiB", "bytes/article", "p50 ms", "p95 ms"),
        )
    )


def rows(scaled: Iterable[Scaled]) -> str:
    """One row for each."""
    return "\n".join(
        row(
            one.queried.peer.name,
            f"{one.built.articles:,}",
            f"{one.built.finished.seconds:,.1f}",
            f"{one.built.finished.processor:,.1f}",
            f"{one.built.articles / one.built.finished.seconds:,.0f}",
            size(one.built.finished.together),
            size(one.built.bytes),
            f"{one.built.bytes / one.built.articles:,.0f}",
            milliseconds(one.queried.run.warm.median),
            milliseconds(one.queried.run.warm.p95),
        )
        for one in scaled
    )


def growth(scaled: Sequence[Scaled]) -> str:
    """How many times its amount at the peer's first size each is."""
    lines = table_head("peer", "articles", "build time", "memory", "index", "p50", "p95")
    firsts: dict[str, Scaled] = {}
    for one in scaled:
        first = firsts.setdefault(one.queried.peer.key, one)
        times = [one.built.articles / first.built.articles]
        times += [now / then for now, then in zip(one.amounts(), first.amounts(), strict=True)]
        lines.append(row(one.queried.peer.name, *(f"{factor:.2f} ×" for factor in times)))
    return "\n".join(lines)
