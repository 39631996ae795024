"""``python -m tests.bench WHAT``: measure and print a table."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

import click

from search.local import LocalEngine
from search.local.preparing import HEADLINES
from tests.bench import (
    analysis,
    build,
    cluster,
    corpora,
    memory,
    opening,
    query,
    scale,
    serve,
    snippets,
    stages,
    stems,
    suggest,
    synthetic,
)
from tests.bench.job import (
    Commas,
    Job,
    clock_option,
    data_option,
    job_options,
    load,
    machine,
    question_options,
    rounds_option,
)
from tests.bench.peers import ours
from tests.bench.peers.registry import NATIVE, PEERS, asked
from tests.relevance import completing


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure Warta beside its peers."""


@main.command("analysis")
@data_option
@rounds_option(3)
def measure_analysis(data: Path, rounds: int) -> None:
    """Texts to arrays of term ids on one core, beside bare scans for words."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    click.echo(analysis.table(analysis.measure(analysis.bodies(data), rounds)))


@main.command("stems")
@data_option
def measure_stems(data: Path) -> None:
    """Stemmers against gold lemmas. The output is kept in tests/bench/stems.md."""
    click.echo(stems.table(stems.measure(stems.gold(data))))


@main.command("build")
@job_options([peer for peer in PEERS.values() if peer not in {ours.STRICT, ours.PLAIN}])
@click.option("--threads", type=Commas(click.IntRange(1)), default="1,2", show_default=True)
@rounds_option(1)
def measure_build(threads: list[int], rounds: int, **options: Any) -> None:
    """Articles to an index: the whole command, from its start to its end."""
    job = Job(**options)
    number = corpora.count(job.path)
    before = load()
    with job.folder() as folder:
        builds = [(peer, many) for peer in job.peers for many in threads]
        places = [folder / query.index_name(peer, job.path, many) for peer, many in builds]
        built = [
            [
                build.build(peer, job.path, number, place, many)
                for (peer, many), place in zip(builds, places, strict=True)
            ]
            for _ in range(rounds)
        ]
    click.echo(f"{number:,} articles, {rounds} rounds, {machine()}, load {before} to {load()}\n")
    click.echo(build.table(build.middle(built)))
    job.say_absent()


@main.command("query")
@job_options(list(PEERS.values()))
@question_options
@rounds_option(5)
@clock_option
@click.option("--every", is_flag=True, help="All words must match; else one suffices.")
@click.option(
    "--served",
    is_flag=True,
    help="Warta prepares as for `warta serve`; first ask all peers 20 headlines.",
)
def measure_query(
    *,
    limit: int | None,
    threads: int,
    rounds: int,
    every: bool,
    served: bool,
    clock: str,
    **options: Any,
) -> None:
    """The best ten with stored titles and the exact total, all peers in turns, cold and warm."""
    job = Job(**options)
    queries = corpora.queries(job.data, limit)
    first = corpora.headlines(job.path, HEADLINES) if served else []
    before = load()
    with job.indexes(threads) as indexes:
        queried = query.measure(
            asked(job.peers, every=every),
            indexes,
            queries,
            rounds,
            every=every,
            clock=clock,
            before=first,
            served=served,
        )
    words = "all words" if every else "one word"
    behind = ", prepared as for `warta serve`" if served else ""
    click.echo(
        f"{job.path.name}, {len(queries):,} questions{behind}, {words} must match, {machine()},"
    )
    click.echo(f"{rounds} rounds cold and warm, {clock} time, load {before} to {load()}\n")
    click.echo(query.table(queried))
    job.say_absent()


@main.command("stages")
@job_options([PEERS["warta"]])
@question_options
@rounds_option(5)
def measure_stages(limit: int | None, threads: int, rounds: int, **options: Any) -> None:
    """What the second stage of ranking adds to a question's time."""
    job = Job(**options)
    asked = {
        "as readers type them": corpora.queries(job.data, limit),
        "in whole sentences": corpora.questions(job.data, limit or 1000),
    }
    with job.indexes(threads) as indexes:
        (index,) = indexes.values()
        staged = {label: stages.measure(index, texts, rounds) for label, texts in asked.items()}
    click.echo(f"{job.path.name}, {machine()}\n")
    click.echo(stages.table(staged))


@main.command("snippets")
@job_options([peer for peer in PEERS.values() if peer.snippets])
@question_options
@rounds_option(5)
@clock_option
def measure_snippets(
    limit: int | None, threads: int, rounds: int, clock: str, **options: Any
) -> None:
    """Ten marked snippets of a page of results."""
    job = Job(**options)
    queries = corpora.queries(job.data, limit)
    before = load()
    with job.indexes(threads) as indexes:
        snipped = snippets.measure(job.peers, indexes, queries, rounds, clock)
    click.echo(f"{job.path.name}, {len(queries):,} questions, {machine()},")
    click.echo(f"{rounds} rounds, {clock} time, load {before} to {load()}\n")
    click.echo(snippets.table(snipped))


@main.command("suggest")
@job_options([PEERS["warta"], PEERS["tantivy"]])
@click.option("--queries", "number", type=click.IntRange(1), default=400, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def measure_suggest(number: int, threads: int, seed: int, **options: Any) -> None:
    """Suggestions for cut names and headlines, half of each, beside tantivy's prefix query."""
    job = Job(**options)
    archive = completing.archive(job.path)
    names = completing.names(archive, titles=False, fewest=10)
    cuts = [
        completing.cuts(names, number // 2, one)
        + completing.cuts(completing.headlines(archive), number - number // 2, one)
        for one in (seed + 1, seed)
    ]
    with job.indexes(threads) as indexes, closing(LocalEngine(indexes["warta"])) as engine:
        warming, typed = ([one.typed for one in some] for some in cuts)
        suggested = suggest.measure(engine, indexes["tantivy"], warming, typed)
    click.echo(f"{job.path.name}, {len(typed):,} beginnings, seed {seed}, {machine()}\n")
    click.echo(suggest.table(suggested))
    job.say_absent()


@main.command("open")
@job_options([peer for peer in PEERS.values() if peer.inside])
@question_options
@rounds_option(5)
def measure_open(limit: int | None, threads: int, rounds: int, **options: Any) -> None:
    """From a closed index to the first answer, and the memory of a second process."""
    job = Job(**options)
    queries = corpora.queries(job.data, limit)
    with job.indexes(threads) as indexes:
        opened = opening.measure(job.peers, indexes, queries, rounds)
    click.echo(f"{job.path.name}, {machine()}\n")
    click.echo(opening.table(opened, len(queries)))


@main.command("memory")
@job_options([peer for peer in PEERS.values() if peer.inside], f"warta,{NATIVE}")
@click.option("--queries", "number", type=click.IntRange(1), default=10_000, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def measure_memory(number: int, threads: int, seed: int, **options: Any) -> None:
    """What a process holds that has answered so many different questions."""
    job = Job(**options)
    wanted = memory.questions(corpora.queries(job.data), job.path, number, seed)
    with job.indexes(threads) as indexes:
        held = memory.measure(job.peers, indexes, wanted)
    click.echo(f"{job.path.name}, {len(wanted):,} different questions, seed {seed}, {machine()}\n")
    click.echo(memory.table(held))


@main.command("serve")
@job_options([PEERS["warta"]])
@question_options
@rounds_option(5)
@click.option("--seconds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--connections", type=click.IntRange(1), default=4, show_default=True)
def measure_serve(
    *,
    limit: int | None,
    threads: int,
    rounds: int,
    seconds: int,
    workers: int,
    connections: int,
    **options: Any,
) -> None:
    """Suggestions, JSON API and page by wrk, beside a bare Flask application in the same run."""
    if which("wrk") is None:
        raise click.ClickException("wrk is not installed (Debian: apt-get install wrk)")
    job = Job(**options)
    queries = corpora.queries(job.data, limit)
    before = load()
    with job.indexes(threads) as indexes, TemporaryDirectory(prefix="warta-bench-") as folder:
        found = serve.measure(
            indexes["warta"],
            queries,
            Path(folder),
            rounds=rounds,
            seconds=seconds,
            workers=workers,
            connections=connections,
        )
    click.echo(f"{job.path.name}, {len(queries):,} questions, {workers} workers,")
    click.echo(
        f"{connections} connections, {rounds} rounds of {seconds} s, {machine()},"
        f" load {before} to {load()}\n"
    )
    click.echo(serve.table(found))


@main.command("scale")
@job_options(list(PEERS.values()), "warta,strict,plain,tantivy")
@question_options
@rounds_option(5)
@click.option(
    "--sizes",
    type=Commas(click.IntRange(1)),
    default="100000,300000,1000000",
    show_default=True,
)
@click.option("--seed", type=int, default=1, show_default=True)
def measure_scale(
    limit: int | None, threads: int, rounds: int, sizes: list[int], seed: int, **options: Any
) -> None:
    """Synthetic archives made of the sentences of --articles, built, and queried in both ways."""
    job = Job(**options)
    queries = corpora.queries(job.data, limit)
    stock = synthetic.stock(job.path, seed)
    heaps = stock.heaps
    click.echo(
        f"synthetic articles of {job.path.name}, seed {seed}, vocabulary"
        f" {heaps.factor:.1f} n^{heaps.exponent:.3f}, {len(queries):,} questions, {rounds} rounds,"
        f" {machine()}, load {load()}\n"
    )
    click.echo(scale.head())
    scaled = []
    with job.folder() as folder:
        articles = ((many, synthetic.write(stock, many, folder, seed)) for many in sizes)
        for found in scale.run(
            job.peers, articles, queries, folder, threads=threads, rounds=rounds
        ):
            click.echo(scale.rows(found))
            scaled += found
    click.echo("\n" + scale.growth(scaled))
    job.say_absent()


@main.command("cluster")
@data_option
@click.option("--small", is_flag=True, help="1,000 real articles in place of 27,091.")
@click.option("--host", required=True, help="Host and port of a node (python -m tests.cluster).")
@click.option("--queries", "limit", type=click.IntRange(20), default=300, show_default=True)
@click.option("--threads", type=Commas(click.IntRange(1)), default="1,4", show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--shards", type=click.IntRange(1), default=2, show_default=True)
@click.option("--replicas", type=click.IntRange(0), default=0, show_default=True)
def measure_cluster(
    *,
    data: Path,
    small: bool,
    host: str,
    limit: int,
    threads: list[int],
    workers: int,
    shards: int,
    replicas: int,
) -> None:
    """The same archive in a directory and on a cluster: built, kept and asked."""
    articles = corpora.articles_path(data, small=small)
    number, queries = corpora.count(articles), corpora.queries(data, limit)
    node, alias = cluster.Node(host), f"bench-{os.getpid()}"
    options = ["--shards", str(shards), "--replicas", str(replicas)]
    click.echo(
        f"{articles.name}, {shards} shards, {replicas} replicas, {workers} workers, {machine()},"
        f" load {load()}\n"
    )
    with TemporaryDirectory(prefix="warta-bench-") as folder:
        here, there = str(Path(folder) / "index"), f"opensearch://{host}/{alias}"
        try:
            built = {
                "directory": cluster.built_here(articles, Path(here), workers),
                "cluster": cluster.built_there(articles, node, alias, workers, options),
            }
            click.echo(cluster.table_of_builds(built, number))
            found: dict[str, list[cluster.Asked]] = {"directory": [], "cluster": []}
            totals = []
            for many in threads:
                for name, url in (("directory", here), ("cluster", there)):
                    figures, counted = cluster.asked(url, queries, many, node.processor)
                    found[name].append(figures)
                    totals.append(counted)
            click.echo("\n" + cluster.table_of_questions(found))
            same = sum(len(set(each)) == 1 for each in zip(*totals, strict=True))
            click.echo(f"\n{same} of {len(queries)} questions have the same total on both")
        finally:
            for name in node.indexes(alias):
                node.ask(f"/{name}", "DELETE")


main()
