"""The judged sets of ``$WARTA_DATA``: articles, queries, judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from index.article import Article
from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.evaluation.trec import read_judgements, read_queries

DATA_OPTION = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="WARTA_DATA",
    default=Path(__file__).parents[3] / "shared" / "data",
    help="The folder with real articles and judged sets.",
)
"""Of every command that needs them."""


@dataclass(frozen=True)
class JudgedSet:
    """Queries with judged articles.

    ``main`` is the measure that counts most. Where ``titles`` is false, articles are found by their
    bodies alone. The tests ask every ``step``-th query, so that they take seconds. ``tolerance`` is
    by how much a mean may differ from the table's. ``part``: of the set, as its files name it.
    """

    name: str
    file: str
    main: str = "mrr_10"
    titles: bool = False
    step: int = 1
    tolerance: float = 0.002
    part: str = "-train"

    def articles(self, data: Path) -> Iterator[Article]:
        """The articles as an index is to hold them."""
        for article in read_articles([data / self.file], ReadReport()):
            yield article if self.titles else replace(article, title="")

    def queries(self, data: Path) -> dict[str, str]:
        """All queries by id."""
        return read_queries(data / f"relevance/{self.name}{self.part}-queries.tsv")

    def sample(self, data: Path) -> dict[str, str]:
        """The queries that the tests ask: every ``step``-th, from the first."""
        queries = self.queries(data)
        return {identity: queries[identity] for identity in list(queries)[:: self.step]}

    def judgements(self, data: Path) -> dict[str, dict[str, int]]:
        """Grades by query id and article id."""
        return read_judgements(data / f"relevance/{self.name}{self.part}-qrels.tsv")

    def build(self, data: Path, index: Path) -> None:
        """Publish an index of the articles. One process makes the same segments everywhere."""
        LocalTarget(index).rebuild(self.articles(data), BuildOptions())


SETS = (
    JudgedSet("tydi", "relevance/tydi-passages.jsonl.gz", step=6),
    JudgedSet("facqa", "relevance/facqa-passages.jsonl.gz", step=3),
    JudgedSet("headline", "news/articles-27k.jsonl.gz", step=10),
    JudgedSet("news", "news/articles-27k.jsonl.gz", main="ndcg_10", titles=True, tolerance=0.01),
    JudgedSet(
        "news2",
        "news/articles-27k.jsonl.gz",
        main="ndcg_10",
        titles=True,
        tolerance=0.005,
        part="",
    ),
)
