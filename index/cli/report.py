"""What rebuild and update print: an account of what was read, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from index.cli.columns import MOST_SHAPES, column_lines, columns_as_json, never_met_lines
from index.cli.lines import SCREEN, joined
from index.cli.options import Choices
from index.cli.preview import SAMPLES, Preview, preview_as_json, sample_lines, summary_lines
from index.cli.problems import problem_lines, problem_lines_in_brief
from index.console import number, print_json
from index.target import MadeFrom, Published

if TYPE_CHECKING:
    from index.cli.need import Need
    from index.sources import ReadReport

_SHOWN = 10
_MOST_IN_FULL = 4  # problems that a dry run tells in full


def print_preview(choices: Choices, report: ReadReport, preview: Preview, seconds: float) -> None:
    """Tell in a screenful what would be indexed, from which columns, and what would not and why."""
    if choices.as_json:
        print_json(_as_json(report, None, seconds) | preview_as_json(preview))
        return
    head = [*joined("uji coba / dry run · ", _counts(report), "  ")]
    head += summary_lines(preview, report.files)
    if not report.files and not report.kinds:
        head.append("  tidak ada berkas di sana / there is no file there")
    foot = [*never_met_lines(report.columns)]
    for line in (*head, *_fitting(report, preview, SCREEN - len(head) - len(foot)), *foot):
        click.echo(line)


def _fitting(report: ReadReport, preview: Preview, room: int) -> list[str]:
    """The lines on columns, examples and problems, as much of them as ``room`` lines hold.

    First what is to be done about problems goes, of all but the two worst; then examples; then what
    does not fit one line of a set of columns; then sets of columns and the lesser problems.
    """
    kinds = len(report.kinds)
    worst = min(max(sum(kind.skipped for kind in report.kinds), 1), 2)
    levels = [(SAMPLES, MOST_SHAPES, full, kinds) for full in range(_MOST_IN_FULL, worst - 1, -1)]
    levels += [(samples, MOST_SHAPES, full, kinds) for full in (worst, 1) for samples in (2, 1)]
    levels += [(1, shapes, full, kinds) for full in (worst, 1) for shapes in (5, 4, 3)]
    levels += [(1, 4, 1, most) for most in range(kinds - 1, 3, -1)]
    levels += [(1, shapes, 0, 4) for shapes in (3, 2, 1)]
    lines: list[str] = []
    for samples, shapes, in_full, most in levels:
        in_one_line = shapes < MOST_SHAPES
        lines = [
            *column_lines(report.columns, most=shapes, in_one_line=in_one_line),
            *sample_lines(preview, samples),
            *problem_lines_in_brief(report, in_full, most),
        ]
        if len(lines) <= room:
            break
    return lines


def print_report(
    choices: Choices,
    report: ReadReport,
    published: Published | None,
    seconds: float,
    *,
    because: Need | None = None,
    flushed: bool = True,
) -> None:
    """Tell what was read and, where something was, published, and why it was done."""
    if choices.as_json:
        why = {} if because is None else {"because": because.code, "reason": _in_both(because)}
        facts = why | _as_json(report, published, seconds)
        print_json(facts | ({} if flushed else {"flushed": False}))
        return
    if because is not None:
        click.echo(f"dibangun karena / built because: {_in_both(because)}")
    if report.read:
        click.echo(" · ".join(_counts(report)))
    for line in column_lines(report.columns, whole=False):
        click.echo(line)
    for line in problem_lines(report):
        click.echo(line, err=True)
    for line in never_met_lines(report.columns):
        click.echo(line, err=True)
    if published is None:
        return
    if published.replicas_missing:
        click.echo(
            f"{number(published.replicas_missing)} salinan shard belum ada; indeks tetap dapat "
            "dicari / copies of shards are not there yet; the index can be searched",
            err=True,
        )
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


def _in_both(because: Need) -> str:
    return f"{because.reason.indonesian} / {because.reason.english}"


def _counts(report: ReadReport) -> tuple[str, ...]:
    return (
        f"dibaca / read {number(report.read)}",
        f"diperbaiki / repaired {number(report.repaired)}",
        f"tidak terbaca / skipped {number(report.skipped)}",
    )


def print_unchanged(made: MadeFrom, *, as_json: bool) -> None:
    """Say that there was nothing to do."""
    if as_json:
        print_json({"generation": made.generation, "articles": made.articles, "unchanged": True})
    else:
        click.echo("sumber tidak berubah; indeks dibiarkan / sources unchanged; index kept")


def _as_json(report: ReadReport, published: Published | None, seconds: float) -> dict[str, object]:
    facts: dict[str, object] = {
        "files": report.files,
        "read": report.read,
        "repaired": report.repaired,
        "skipped": report.skipped,
        "problems": {kind.value: count for kind, count in report.kinds.items()},
        "examples": [
            {
                "kind": problem.kind.value,
                "file": problem.file,
                "line": problem.line,
                "detail": problem.detail_in_both,
            }
            for problem in report.examples[:_SHOWN]
        ],
        **columns_as_json(report.columns),
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
        if published.replicas_missing:
            facts["replicas_missing"] = published.replicas_missing
    return facts
