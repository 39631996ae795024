"""``python -m tests.relevance``: how well Warta ranks what is judged, beside a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from search.evaluation.measures import DEPTH, ask, evaluate
from search.evaluation.trec import Run, write_run
from search.local import LocalEngine
from tests.bench.peers import lucene
from tests.relevance import table
from tests.relevance.baseline import baseline
from tests.relevance.sets import DATA_OPTION, SETS, JudgedSet


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Make indexes and runs here, for warta evaluate; default: a folder that is removed.",
)
@click.option("--lucene", "with_lucene", is_flag=True, help="Ask Lucene, too.")
@click.option("--write", is_flag=True, help="Write the table that the tests keep.")
def main(data: Path, work: Path | None, with_lucene: bool, write: bool) -> None:
    """Index every judged set, ask its queries and print a table."""
    if with_lucene and (reason := lucene.absent()):
        raise click.UsageError(f"Lucene is absent: {reason}")
    with _folder(work) as folder:
        results = [_measured(one, data, folder, with_lucene) for one in SETS]
    click.echo(table.markdown(results))
    if write:
        table.write(results)


def _measured(judged: JudgedSet, data: Path, folder: Path, with_lucene: bool) -> table.Result:
    """The set's figures. The folder gets the index and the runs."""
    queries, judgements = judged.queries(data), judged.judgements(data)
    index = folder / judged.name
    judged.build(data, index)
    engine = LocalEngine(index)
    runs: dict[str, Run] = {"warta": ask(engine, queries, lambda done, total: None)}
    engine.close()
    runs["baseline"] = baseline(judged.articles(data), queries)
    if with_lucene:
        with TemporaryDirectory(prefix="lucene-", dir=folder) as place:
            runs["Lucene"] = lucene.rank(judged.articles(data), queries, Path(place), DEPTH)
    for name, run in runs.items():
        write_run(folder / f"{judged.name}-{name.lower()}.run", run)
    found = {name: evaluate(run, queries, judgements) for name, run in runs.items()}
    whole = found.pop("warta")
    sample = evaluate(runs["warta"], judged.sample(data), judgements)
    return table.Result(judged, whole, sample, found)


@contextmanager
def _folder(work: Path | None) -> Iterator[Path]:
    if work is None:
        with TemporaryDirectory(prefix="warta-relevance-") as folder:
            yield Path(folder)
    else:
        work.mkdir(parents=True, exist_ok=True)
        yield work


main()
