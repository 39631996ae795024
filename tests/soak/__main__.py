"""``python -m tests.soak``: a server under load, beside idle clients, updates and a reload.

Prints requests a second and latencies of the page, the JSON API and suggestions beside those of a
bare Flask application in the same run, and ends with status 1 where anything was refused or
dropped, a publishing failed, or memory grew.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import click

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from tests.bench import corpora
from tests.bench.tables import row, table_head
from tests.soak.company import Company, idle, updates, watched
from tests.soak.servers import hello, warta
from tests.soak.wrk import Load, Wrk

DATA = Path(__file__).parents[3] / "shared" / "data"
GROWTH = 1.15
"""How many times the memory of the first half, after a warm-up, the last quarter may take."""


@click.command()
@click.option("--seconds", type=click.IntRange(5), default=60, show_default=True)
@click.option("--idle", "silent", type=click.IntRange(0), default=1_000, show_default=True)
@click.option("--connections", type=click.IntRange(1), default=4, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--small", is_flag=True, help="1,000 articles in place of 27,091.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="WARTA_DATA",
    default=DATA,
    help="The folder with real articles.",
)
def main(
    *, seconds: int, silent: int, connections: int, workers: int, small: bool, data: Path
) -> None:
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is not installed (Debian: apt-get install wrk)")
    queries = [quote(query[:200]) for query in corpora.queries(data, 1_000)]
    articles = corpora.articles_path(data, small=small)
    with TemporaryDirectory(prefix="warta-soak-") as name:
        folder = Path(name)
        index = folder / "index"
        LocalTarget(index).rebuild(
            read_articles([str(articles)], ReadReport()),
            BuildOptions(workers=len(os.sched_getaffinity(0))),
        )
        bare = _bare(folder, seconds=min(seconds, 10), connections=connections, workers=workers)
        company = Company()
        loads = _loaded(
            index,
            folder,
            queries,
            company,
            [one for _, one in zip(range(200), corpora.records(articles), strict=False)],
            seconds=seconds,
            silent=silent,
            connections=connections,
            workers=workers,
        )
    _print([bare, *loads])
    problems = list(_problems(loads, company))
    click.echo(
        f"\n{silent} idle connections ({company.reopened} closed by the server and opened anew), "
        f"{company.published} publications, one SIGHUP; memory "
        f"{min(company.memory) >> 20} to {max(company.memory) >> 20} MiB"
    )
    for problem in problems:
        click.echo(f"FAILED: {problem}")
    raise SystemExit(1 if problems else 0)


def _bare(folder: Path, *, seconds: int, connections: int, workers: int) -> Load:
    with hello(folder, workers) as server:
        return Wrk("hello", server.url, ["/"], seconds, folder, connections=connections).ended()


def _loaded(
    index: Path,
    folder: Path,
    queries: Sequence[str],
    company: Company,
    news: Sequence[dict[str, object]],
    *,
    seconds: int,
    silent: int,
    connections: int,
    workers: int,
) -> list[Load]:
    """The three kinds of addresses, each asked alone for a third of the time, then all at once."""
    kinds = {
        "suggest": [f"/api/v1/suggest?q={query[:6].rstrip('%')}" for query in queries],
        "API": [f"/api/v1/search?q={query}" for query in queries],
        "page": [f"/search?q={query}" for query in queries],
    }
    loads = []
    with ExitStack() as stack:
        server = stack.enter_context(warta(index, folder, workers))
        for name, paths in kinds.items():
            loads.append(
                Wrk(
                    f"{name} alone",
                    server.url,
                    paths,
                    min(seconds, 10),
                    folder,
                    connections=connections,
                ).ended()
            )
        stack.enter_context(idle(server, silent, company))
        stack.enter_context(updates(index, folder, news, company))
        stack.enter_context(watched(server, company, seconds / 2))
        running = [
            Wrk(f"{name} beside all", server.url, paths, seconds, folder, connections=connections)
            for name, paths in kinds.items()
        ]
        try:
            loads += [one.ended() for one in running]
        finally:
            for one in running:
                one.stop()
    return loads


def _problems(loads: Sequence[Load], company: Company) -> list[str]:
    found = [
        f"{load.name}: {load.refused} refused, {load.dropped} dropped"
        for load in loads
        if load.refused or load.dropped
    ]
    found += [f"publishing: {error}" for error in company.failed[:3]]
    if not company.published:
        found.append("nothing was published meanwhile")
    memory = company.memory[len(company.memory) // 8 :]
    half, quarter = memory[: len(memory) // 2], memory[-len(memory) // 4 :]
    if half and statistics.median(quarter) > GROWTH * max(half):
        found.append(f"memory grew: {[one >> 20 for one in memory[:: max(1, len(memory) // 12)]]}")
    return found


def _print(loads: Sequence[Load]) -> None:
    columns = ("what", "requests/s", "p50 ms", "p99 ms", "requests", "not 2xx", "lost")
    click.echo("\n".join(table_head(*columns)))
    for load in loads:
        click.echo(
            row(
                load.name,
                f"{load.per_second:,.0f}",
                f"{load.median:.1f}",
                f"{load.p99:.1f}",
                f"{load.requests:,}",
                str(load.refused),
                str(load.dropped),
            )
        )


if __name__ == "__main__":
    main()
