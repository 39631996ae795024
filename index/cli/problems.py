"""What was wrong, told by what became of it: lost, repaired, noted, no article at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.cli.lines import WIDTH, cut, ending, joined
from index.console import number

if TYPE_CHECKING:
    from index.sources import InputProblem, ProblemKind, ReadReport

_HEADINGS = (
    Text("skipped", "dilewati"),
    Text("repaired", "diperbaiki"),
    Text("noted", "dicatat"),
    Text("passed over", "bukan artikel"),
)
_MOST_IN_FULL = 1
_FEW = 3
_LEAST_DETAIL = 8
_ROOM = 26  # for a place


def problem_lines(report: ReadReport) -> Iterator[str]:
    """Every kind with its count, under what became of the articles."""
    for heading, kinds in _by_effect(report):
        yield f"{heading.indonesian} / {heading.english}:"
        for kind in kinds:
            yield f"  {_counted(kind, report)}"


def problem_lines_in_brief(report: ReadReport) -> Iterator[str]:
    """The same for a screenful: a line a kind with its first place, of the first what to do."""
    if not report.kinds:
        return
    yield "masalah / problems:"
    in_full = _MOST_IN_FULL if len(report.kinds) > _FEW else 2 * _MOST_IN_FULL
    for heading, kinds in _by_effect(report):
        for kind in kinds:
            effect = f" ({heading.indonesian} / {heading.english})"
            begin = "  " + cut(_counted(kind, report), WIDTH - _ROOM - len(effect)) + effect
            yield begin + _first(report.firsts[kind], WIDTH - len(begin))
            if in_full > 0:
                remedy = (kind.remedy.indonesian, kind.remedy.english)
                yield from joined("    → ", remedy, "      ")
                in_full -= 1


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


def _first(problem: InputProblem, room: int) -> str:
    """Where the first problem of a kind is, and its detail where there is room."""
    where = ending(problem.file, room - 12)
    if problem.line is not None:
        where += f":{problem.line}"
    room -= len(where) + 6
    detail = f" ({cut(problem.detail, room)})" if problem.detail and room > _LEAST_DETAIL else ""
    return f": {where}{detail}"
