"""What was wrong, told by what became of it: lost, repaired, noted, no article at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.cli.lines import WIDTH, cut, ending, joined
from index.console import number

if TYPE_CHECKING:
    from index.sources import ProblemKind, ReadReport

_HEADINGS = (
    Text("skipped", "dilewati"),
    Text("repaired", "diperbaiki"),
    Text("noted", "dicatat"),
    Text("passed over", "bukan artikel"),
)
_MOST_IN_FULL = 2


def problem_lines(report: ReadReport) -> Iterator[str]:
    """Every kind with its count, under what became of the articles."""
    for heading, kinds in _by_effect(report):
        yield f"{heading.indonesian} / {heading.english}:"
        for kind in kinds:
            yield f"  {_counted(kind, report)}"


def problem_lines_in_brief(report: ReadReport) -> Iterator[str]:
    """The same for a screenful: of the first kinds also the first place and what to do."""
    told = 0
    for heading, kinds in _by_effect(report):
        yield f"{heading.indonesian} / {heading.english}:"
        for kind in kinds:
            yield f"  {_counted(kind, report)}"
            told += 1
            if told <= _MOST_IN_FULL:
                yield from _first(kind, report)


def _by_effect(report: ReadReport) -> Iterator[tuple[Text, list[ProblemKind]]]:
    kinds = [kind for kind, _ in report.kinds.most_common()]
    groups = [
        [kind for kind in kinds if kind.skipped],
        [kind for kind in kinds if kind.repaired],
        [kind for kind in kinds if kind.noted],
        [kind for kind in kinds if not (kind.skipped or kind.repaired or kind.noted)],
    ]
    for heading, group in zip(_HEADINGS, groups, strict=True):
        if group:
            yield heading, group


def _counted(kind: ProblemKind, report: ReadReport) -> str:
    return f"{number(report.kinds[kind])} × {kind.indonesian} / {kind.english}"


def _first(kind: ProblemKind, report: ReadReport) -> Iterator[str]:
    """Where the first problem of a kind is, and what was done or is to do."""
    problem = report.firsts.get(kind)
    if problem is None:
        return
    where = ending(problem.file, WIDTH // 2)
    if problem.line is not None:
        where += f":{problem.line}"
    detail = f" ({cut(problem.detail, WIDTH // 3)})" if problem.detail else ""
    yield f"    {where}{detail}"
    yield from joined("    → ", (kind.remedy.indonesian, kind.remedy.english), "      ")
