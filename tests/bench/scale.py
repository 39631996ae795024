"""How time, memory and bytes grow with the archive: synthetic articles, built and queried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.build import Built, build
from tests.bench.peers.peer import Peer
from tests.bench.peers.registry import asked
from tests.bench.query import Queried, beside_native, index_name, measure
from tests.bench.tables import milliseconds, row, size, table_head

_WAYS = {False: "one word", True: "all words"}


@dataclass(frozen=True, slots=True)
class Scaled:
    """One peer at one size, asked in one way; ``beside`` as ``beside_native`` says it."""

    built: Built
    queried: Queried
    every: bool
    beside: list[str]

    def amounts(self) -> list[float]:
        """What grows, in the order of the columns."""
        finished = self.built.finished
        sizes = (finished.together, self.built.bytes)
        return [finished.seconds, *map(float, sizes), *self.queried.amounts()]


def run(
    peers: Sequence[Peer],
    articles: Iterable[tuple[int, Path]],
    queries: Sequence[str],
    work: Path,
    *,
    threads: int,
    rounds: int,
) -> Iterator[list[Scaled]]:
    """All peers at each size, one size after the other, in both ways of asking."""
    for number, path in articles:
        built: dict[str, Built] = {}
        for peer in peers:
            if peer.index not in built:
                directory = work / index_name(peer, path, threads)
                built[peer.index] = build(peer, path, number, directory, threads)
        indexes = {name: work / index_name(one.peer, path, threads) for name, one in built.items()}
        found = []
        for every in (False, True):
            queried = measure(asked(peers, every=every), indexes, queries, rounds, every=every)
            found += [
                Scaled(built[one.peer.index], one, every, beside_native(queried, one))
                for one in queried
            ]
        yield found


def head() -> str:
    """The lines above the rows."""
    return "\n".join(
        table_head(
            "peer",
            *(
                "must match",
                "articles",
                "build s",
                "processor s",
                "articles/s",
                "all processes MiB",
            ),
            *("index MiB", "bytes/article", "p50 ms", "p95 ms", "cold p50", "cold p95"),
            *("tantivy = 1: p50", "p95", "cold p50", "cold p95"),
        )
    )


def rows(scaled: Iterable[Scaled]) -> str:
    """One row for each."""
    return "\n".join(
        row(
            one.queried.peer.name,
            _WAYS[one.every],
            f"{one.built.articles:,}",
            f"{one.built.finished.seconds:,.1f}",
            f"{one.built.finished.processor:,.1f}",
            f"{one.built.articles / one.built.finished.seconds:,.0f}",
            size(one.built.finished.together),
            size(one.built.bytes),
            f"{one.built.bytes / one.built.articles:,.0f}",
            *map(milliseconds, one.queried.amounts()),
            *one.beside,
        )
        for one in scaled
    )


def growth(scaled: Sequence[Scaled]) -> str:
    """How many times its amount at the peer's first size each is."""
    times_of = ("p50", "p95", "cold p50", "cold p95")
    lines = table_head("peer", "must match", "articles", "build time", "memory", "index", *times_of)
    firsts: dict[tuple[str, bool], Scaled] = {}
    for one in scaled:
        first = firsts.setdefault((one.queried.peer.key, one.every), one)
        times = [one.built.articles / first.built.articles]
        times += [now / then for now, then in zip(one.amounts(), first.amounts(), strict=True)]
        lines.append(
            row(one.queried.peer.name, _WAYS[one.every], *(f"{factor:.2f} ×" for factor in times))
        )
    return "\n".join(lines)
