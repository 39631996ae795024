"""The command that measures rankings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.console import (
    NamedPath,
    command,
    index_option,
    json_option,
    number,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from search.engine import SearchEngine
    from search.evaluation.measures import Difference, Evaluated
    from search.evaluation.trec import Run

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MEASURES = {
    "mrr_10": "MRR@10",
    "ndcg_10": "nDCG@10",
    "success_1": "success@1",
    "recall_100": "recall@100",
    "judged_10": "judged@10",
}


@command("evaluate")
@click.argument("queries", type=_FILE)
@click.argument("qrels", type=_FILE)
@index_option
@click.option(
    "--ranking",
    "ranking_path",
    type=_FILE,
    help="Peringkat (JSON) pengganti bawaan. / A ranking (JSON) in place of the default.",
)
@click.option(
    "--against",
    "against_path",
    type=click.Path(exists=True, path_type=Path),
    help="Pembanding: peringkat (JSON), run TREC, atau folder indeks lain. / What to compare with:"
    " a ranking (JSON), a TREC run, or the directory of another index.",
)
@click.option(
    "--run",
    "run_path",
    type=NamedPath(dir_okay=False, path_type=Path),
    help="Tulis 100 artikel pertama setiap kueri sebagai run TREC. / Write the first 100 articles"
    " of every query as a TREC run.",
)
@json_option
def evaluate(
    *,
    queries: Path,
    qrels: Path,
    index_url: str,
    ranking_path: Path | None,
    against_path: Path | None,
    run_path: Path | None,
    as_json: bool,
) -> None:
    """Ukur mutu urutan / Measure how well judged articles rank.

    QUERIES: id<TAB>teks. QRELS: empat kolom TREC. / QUERIES: id<TAB>text. QRELS: TREC's columns.

    Selisih terhadap --against disertai p uji pengacakan berpasangan: peluang selisih sebesar itu
    andai kedua urutan sama baiknya. Indeks lain ditanya dengan peringkat yang sama, misalnya
    indeks dengan stemmer Snowball.

    Differences to --against come with the p of a paired randomisation test: the chance of one as
    large if both rankings were equally good. Another index is asked with the same ranking, for
    example one with Snowball's stemmer.

    \b
    Contoh / Example:
      warta evaluate queries.tsv qrels.tsv --run lama.run
      warta evaluate queries.tsv qrels.tsv --ranking baru.json --against lama.run
      warta rebuild arsip/ --stemmer snowball --index snowball
      warta evaluate queries.tsv qrels.tsv --index indeks --against snowball
    """
    from index.errors import SourceError
    from search.engine import open_engine
    from search.evaluation import measures
    from search.evaluation.trec import read_judgements, read_queries, write_run

    texts = read_queries(queries)
    judgements = read_judgements(qrels)
    judged = measures.judged(texts, judgements)
    if not judged:
        raise SourceError(
            f"none of the queries in {queries} has judgements in {qrels}; are their ids the same?",
            f"tidak satu pun kueri di {queries} punya penilaian di {qrels}; samakah id-nya?",
        )
    engine = open_engine(index_url, ranking_path)
    ranked_otherwise = other = None
    if against_path is not None and against_path.is_dir():
        ranked_otherwise = open_engine(against_path, ranking_path)
    elif against_path is not None and _is_ranking(against_path):
        ranked_otherwise = open_engine(index_url, against_path)
    elif against_path is not None:
        other = _run_of(against_path, judged)
    with progress_bar("kueri") as step:

        def ask(engine: SearchEngine, asked: Mapping[str, str]) -> Run:
            return measures.ask(engine, asked, lambda done, total: step("evaluate", done, total))

        # A run file has every query; figures need only those with judgements.
        run = ask(engine, judged if run_path is None else texts)
        if ranked_otherwise is not None:
            other = ask(ranked_otherwise, judged)
    if run_path is not None:
        write_run(run_path, run)
    found = measures.evaluate(run, texts, judgements)
    against = None if other is None else measures.evaluate(other, texts, judgements)
    differences = {} if against is None else measures.compare(found, against)
    if as_json:
        print_json(_as_json(found, against, differences))
    else:
        _print(found, against, differences)


def _is_ranking(path: Path) -> bool:
    """Whether a file begins as an object of JSON does; else it is a run."""
    return path.read_bytes().lstrip().startswith(b"{")


def _run_of(path: Path, queries: Collection[str]) -> Run:
    """The run in a file. Raises ``SourceError`` also where it has none of the queries."""
    from index.errors import SourceError
    from search.evaluation.trec import read_run

    run = read_run(path)
    if queries and not any(query in run for query in queries):
        raise SourceError(
            f"{path} has none of the queries; was it made with other ones?",
            f"{path} tidak memuat satu pun kueri ini; apakah dibuat dengan kueri lain?",
        )
    return run


def _as_json(
    found: Evaluated, against: Evaluated | None, differences: Mapping[str, Difference]
) -> dict[str, object]:
    answer = {**_figures(found), "unjudged": list(found.unjudged)}
    if against is not None:
        answer["against"] = _figures(against)
        answer["comparison"] = {name: asdict(one) for name, one in differences.items()}
    return answer


def _figures(evaluated: Evaluated) -> dict[str, object]:
    return {
        "mean": asdict(evaluated.mean),
        "queries": {identity: asdict(one) for identity, one in evaluated.queries.items()},
    }


def _print(
    found: Evaluated, against: Evaluated | None, differences: Mapping[str, Difference]
) -> None:
    click.echo(f"{number(len(found.queries))} kueri / queries")
    if against is not None:
        click.echo(f"{'':<22}{'lawan / against':<19}{'selisih / difference':<24}p")
    for name, label in _MEASURES.items():
        cells = [f"{label:<12}{getattr(found.mean, name):.4f}"]
        if against is not None:
            cells.append(f"{getattr(against.mean, name):<15.4f}")
        if name in differences:
            one = differences[name]
            cells += [f"{one.difference:<+20.4f}", f"{one.p:.5f}"]
        click.echo("    ".join(cells).rstrip())
    if found.unjudged:
        click.echo(f"{number(len(found.unjudged))} tanpa penilaian / without judgements", err=True)
