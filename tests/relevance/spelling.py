"""``python -m tests.relevance.spelling``: what is offered for misspellings, and what is replaced.

Two seeded lists are asked: misspellings made by rule from frequent words of the archive, of which
the share of right offers is printed (a correction or a suggestion that is what was meant), and
names and acronyms that the archive lacks, none of which may be replaced by another word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.local import LocalEngine
from search.local.reading.snapshot import Snapshot
from search.request import SearchRequest
from tests.relevance.misspelt import Misspelt, misspellings, names
from tests.relevance.sets import DATA_OPTION


@dataclass(slots=True)
class Offers:
    """What became of misspellings."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[Misspelt, str | None]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of right offers."""
        return self.right.total() / max(self.asked.total(), 1)


def offers(engine: LocalEngine, queries: Iterable[Misspelt]) -> Offers:
    """Ask misspellings: whether what was meant is searched for or suggested."""
    found = Offers()
    for one in queries:
        found.asked[one.rule] += 1
        searched, suggestion = answered(engine, one.query)
        if searched not in {one.query, one.meant}:
            found.replaced.append(f"{one.query}: {searched}")
        if one.meant in {searched, suggestion}:
            found.right[one.rule] += 1
        else:
            found.missed.append((one, suggestion))
    return found


def replaced(engine: LocalEngine, words: Sequence[str]) -> list[str]:
    """Which of the words are replaced: in three casings, alone and on either side of another."""
    forms = [form for word in words for form in (word.lower(), word.capitalize(), word.upper())]
    typed = [query for form in forms for query in (form, f"kasus {form}", f"{form} kasus")]
    pairs = [(form, answered(engine, form)[0]) for form in typed]
    return [f"{form}: {searched}" for form, searched in pairs if searched != form]


def answered(engine: LocalEngine, query: str) -> tuple[str, str | None]:
    """What is searched for, and what is suggested."""
    response = engine.search(SearchRequest(query, facets=False, snippets=False))
    return response.corrected or query, response.suggestion


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@DATA_OPTION
@click.option("--index", type=click.Path(path_type=Path), help="An index of them; else it is made.")
@click.option("--count", default=300, show_default=True, help="Of each list.")
@click.option("--seed", default=1, show_default=True)
@click.option("--verbose", is_flag=True, help="Print what was not right.")
def main(data: Path, index: Path | None, count: int, seed: int, verbose: bool) -> None:
    """Ask the lists and print the shares."""
    articles = data / "news" / "articles-27k.jsonl.gz"
    with TemporaryDirectory(prefix="warta-spelling-") as folder:
        if index is None:
            index = Path(folder)
            LocalTarget(index).rebuild(read_articles([articles], ReadReport()), BuildOptions())
        engine, snapshot = LocalEngine(index), Snapshot(index)
        bodies = [snapshot.article(number).body for number in range(0, snapshot.size, 10)]
        found = offers(engine, misspellings(snapshot, bodies, count, seed))
        lacked = names(snapshot, data / "relevance" / "tydi-passages.jsonl.gz", count, seed)
        false = [*found.replaced, *replaced(engine, lacked)]
    for rule, asked in found.asked.items():
        click.echo(f"{rule:<14} {found.right[rule]:>4} of {asked}")
    click.echo(f"right offers: {found.share:.3f} of {found.asked.total()} misspellings")
    click.echo(f"false replacements: {len(false)} ({len(lacked)} names in three casings)")
    if verbose:
        for one, suggestion in found.missed:
            click.echo(f"  {one.query} ({one.meant}): {suggestion}")
        for line in false:
            click.echo(f"  false: {line}")


if __name__ == "__main__":
    main()
