"""``python -m tests.agreement``: compares what all answers to readers' queries say."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.local import LocalEngine
from search.query.specification import SECTIONS
from tests.agreement.agree import disagreements
from tests.relevance.sets import DATA_OPTION
from web.app import create_app


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
@click.option("--every", type=click.IntRange(1), default=1, help="Ask every n-th query.")
@click.option("--first", type=click.IntRange(0), default=0, help="Begin with this one.")
@click.option("--language", is_flag=True, help="Ask the queries of the specification instead.")
def main(data: Path, every: int, first: int, language: bool) -> None:
    """Ask readers' queries over the 27k archive; exit with 1 where numbers do not agree."""
    asked = json.loads((data / "news/user-queries.json").read_text())
    if language:
        asked = [row.query for section in SECTIONS for row in section.rows]
    queries = asked[first::every]
    wrong = 0
    with TemporaryDirectory(prefix="warta-agreement-") as folder:
        index = Path(folder) / "index"
        articles = read_articles([data / "news/articles-27k.jsonl.gz"], ReadReport())
        LocalTarget(index).rebuild(articles, BuildOptions())
        engine = LocalEngine(index)
        client = create_app(str(index)).test_client()
        for number, query in enumerate(queries, start=1):
            for said in disagreements(engine, client, index, query):
                wrong += 1
                click.echo(said)
            if number % 100 == 0:
                click.echo(f"{number} queries, {wrong} disagreements", err=True)
        engine.close()
    click.echo(f"{len(queries)} queries, {wrong} disagreements")
    raise SystemExit(bool(wrong))


main()
