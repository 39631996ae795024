"""What rebuild and update print: an account of what was read, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from index.cli.options import Choices
from index.console import number, print_json
from index.target import MadeFrom, Published

if TYPE_CHECKING:
    from index.sources import ReadReport

_SHOWN = 10


def print_report(
    choices: Choices, report: ReadReport, published: Published | None, seconds: float
) -> None:
    """Tell what was read and, where something was, published."""
    if choices.as_json:
        print_json(_as_json(report, published, seconds))
        return
    if report.read:
        click.echo(
            f"dibaca / read {number(report.read)}"
            f" · diperbaiki / repaired {number(report.repaired)}"
            f" · dilewati / skipped {number(report.skipped)}"
        )
    for kind, count in report.kinds.most_common():
        click.echo(f"  {number(count)} × {kind.indonesian} / {kind.english}", err=True)
    for problem in report.examples[:_SHOWN]:
        click.echo(f"    {problem.indonesian}", err=True)
    if published is None:
        return
    if choices.words is not None:
        click.echo(
            f"kata pengguna / user's words: {number(len(choices.words.protected))} dilindungi / "
            f"protected · {number(len(choices.words.synonyms))} sinonim / synonyms"
        )
    click.echo(
        f"diindeks / indexed {number(published.added)}"
        f" · diganti / replaced {number(published.replaced)}"
        f" · id berulang / repeated ids {number(published.repeated)}"
    )
    click.echo(
        f"indeks berisi {number(published.articles)} artikel / articles in the index"
        f" · {number(seconds)} s · {published.generation}"
    )


def print_unchanged(made: MadeFrom, *, as_json: bool) -> None:
    """Say that there was nothing to do."""
    if as_json:
        print_json({"generation": made.generation, "articles": made.articles, "unchanged": True})
    else:
        click.echo("sumber tidak berubah; indeks dibiarkan / sources unchanged; index kept")


def _as_json(report: ReadReport, published: Published | None, seconds: float) -> dict[str, object]:
    facts: dict[str, object] = {
        "read": report.read,
        "repaired": report.repaired,
        "skipped": report.skipped,
        "problems": {kind.value: count for kind, count in report.kinds.items()},
        "examples": [
            {
                "kind": problem.kind.value,
                "file": problem.file,
                "line": problem.line,
                "detail": problem.detail,
            }
            for problem in report.examples[:_SHOWN]
        ],
        "seconds": round(seconds, 3),
    }
    if published is not None:
        facts |= {
            "indexed": published.added,
            "replaced": published.replaced,
            "repeated": published.repeated,
            "articles": published.articles,
            "generation": published.generation,
        }
    return facts
