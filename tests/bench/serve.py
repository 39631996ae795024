"""Serving: requests a second by wrk beside a bare Flask application, all in turns in one run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.bench.tables import part, row, table_head
from tests.soak.servers import hello, warta
from tests.soak.wrk import Load, Wrk

HELLO = "hello"


def measure(
    index: Path,
    queries: Sequence[str],
    folder: Path,
    *,
    rounds: int,
    seconds: int,
    workers: int,
    connections: int,
) -> dict[str, list[Load]]:
    """Each kind of address alone for so many seconds, one after the other, in each round.

    Before the first round each is asked for a second that does not count.
    """
    quoted = [quote(query[:200]) for query in queries]
    with ExitStack() as stack:
        bare = stack.enter_context(hello(folder, workers))
        server = stack.enter_context(warta(index, folder, workers))
        asked = {
            HELLO: (bare, ["/"]),
            "suggestions": (
                server,
                [f"/api/v1/suggest?q={quote(query[:6])}" for query in queries],
            ),
            "JSON API": (server, [f"/api/v1/search?q={query}" for query in quoted]),
            "page": (server, [f"/search?q={query}" for query in quoted]),
        }
        found: dict[str, list[Load]] = {name: [] for name in asked}
        for turn in range(rounds + 1):
            for name, (running, paths) in asked.items():
                load = Wrk(
                    name,
                    running.url,
                    paths,
                    seconds if turn else 1,
                    folder,
                    connections=connections,
                ).ended()
                if turn:
                    found[name].append(load)
    return found


def table(found: dict[str, list[Load]]) -> str:
    """Medians over rounds, how many times the bare application's rate, and the range of that."""
    columns = ("requests/s", "p50 ms", "p99 ms", "hello = 1", "from", "to", "refused or lost")
    rows = table_head("what", *columns)
    bare = [one.per_second for one in found[HELLO]]
    for name, loads in found.items():
        parts = [one.per_second / base for one, base in zip(loads, bare, strict=True)]
        rows.append(
            row(
                name,
                f"{median(one.per_second for one in loads):,.0f}",
                f"{median(one.median for one in loads):.1f}",
                f"{median(one.p99 for one in loads):.1f}",
                *(part(1.0, figure) for figure in (median(parts), min(parts), max(parts))),
                str(sum(one.refused + one.dropped for one in loads)),
            )
        )
    return "\n".join(rows)
