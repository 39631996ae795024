"""Building: the whole command from its start to its end, per peer and number of threads."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers.peer import Peer
from tests.bench.peers.registry import BASE, NATIVE
from tests.bench.processes import Finished, run
from tests.bench.tables import part, ratio, row, size, table_head


@dataclass(frozen=True, slots=True)
class Built:
    """One build: its articles, its command and the bytes of its index."""

    peer: Peer
    threads: int
    articles: int
    finished: Finished
    bytes: int


def build(peer: Peer, articles: Path, number: int, directory: Path, threads: int) -> Built:
    """Make a peer's index of so many articles. An index that is there is made anew.

    The directory appears when the index is complete. Raises ``CommandFailed``.
    """
    making = directory.with_name(directory.name + ".part")
    shutil.rmtree(making, ignore_errors=True)
    finished = run(peer.build(articles, making, threads))
    shutil.rmtree(directory, ignore_errors=True)
    making.rename(directory)
    return Built(peer, threads, number, finished, bytes_of(directory))


def middle(rounds: Sequence[Sequence[Built]]) -> list[Built]:
    """Of each build, repeated in turns, the one with the median time."""
    return [
        sorted(same, key=lambda one: one.finished.seconds)[len(same) // 2]
        for same in zip(*rounds, strict=True)
    ]


def bytes_of(directory: Path) -> int:
    """Of all files of an index; a file with several names counts once."""
    stats = [path.stat() for path in directory.rglob("*") if path.is_file()]
    return sum({one.st_ino: one.st_size for one in stats}.values())


def table(built: Sequence[Built]) -> str:
    """The builds; beside stock Whoosh's on one process, and tantivy's on as many threads."""
    base = next(
        (one.finished.seconds for one in built if one.peer.key == BASE and one.threads == 1), None
    )
    native = {one.threads: one.finished for one in built if one.peer.key == NATIVE}
    rows = table_head(
        "peer",
        *("threads", "s", "processor s", "articles/s", "stock Whoosh = 1"),
        *("tantivy = 1: s", "processor s"),
        *("index MiB", "largest process MiB", "all processes MiB"),
    )
    rows += [
        row(
            one.peer.name,
            str(one.threads),
            f"{one.finished.seconds:.2f}",
            f"{one.finished.processor:.2f}",
            f"{one.articles / one.finished.seconds:,.0f}",
            ratio(base, one.finished.seconds),
            *_beside(native.get(one.threads), one.finished),
            size(one.bytes),
            size(one.finished.largest),
            size(one.finished.together),
        )
        for one in built
    ]
    return "\n".join(rows)


def _beside(native: Finished | None, finished: Finished) -> list[str]:
    """How many times the native peer's time and processor time a build took."""
    return [
        part(None if native is None else native.seconds, finished.seconds),
        part(None if native is None else native.processor, finished.processor),
    ]
