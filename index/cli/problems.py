"""What was wrong, told by what became of it: lost, repaired, noted, no article at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.cli.lines import WIDTH, cut, ending, joined, wrapped
from index.console import number
from index.sources.problems import printable

if TYPE_CHECKING:
    from index.sources import InputProblem, ProblemKind, ReadReport

_HEADINGS = (
    Text("skipped", "tidak terbaca"),
    Text("repaired", "diperbaiki"),
    Text("noted", "dicatat"),
    Text("passed over", "dilewatkan"),
)
_MOST_PLACES = 5
_LEAST_DETAIL = 8
_LONGEST_PLACE = 60
_LONGEST_DETAIL = 250
_ROOM = 26  # for a place
_NO_BREAK = "\N{NO-BREAK SPACE}"


def problem_lines(report: ReadReport) -> Iterator[str]:
    """Every kind under what became of the articles: how many, where the first are, what to do."""
    for heading, kinds in _by_effect(report):
        yield f"{heading.indonesian} / {heading.english}:"
        for kind in kinds:
            yield f"  {_counted(kind, report)}"
            places = _places(kind, report)
            yield from (f"    {_place(problem)}" for problem in places)
            left = report.kinds[kind] - sum(problem.articles for problem in places)
            if left > 0:
                yield f"    … dan {number(left)} lagi / and more"
            yield from wrapped("    → ", _remedy(kind), "      ")


def problem_lines_in_brief(
    report: ReadReport, in_full: int = 1, most: int | None = None
) -> Iterator[str]:
    """The same for a screenful: a line a kind with its first place, for ``most`` of the kinds.

    The first ``in_full`` of them also say where else and what to do.
    """
    if report.kinds:
        yield "masalah / problems:"
    told = 0
    for heading, kinds in _by_effect(report):
        effect = f"({heading.indonesian} / {heading.english})"
        for kind in kinds:
            if told == most:
                left = number(len(report.kinds) - told)
                yield f"  … dan {left} jenis masalah lain / and other kinds of problems"
                return
            told += 1
            if told <= in_full:
                yield from _in_full(kind, effect, report)
            else:
                begin = "  " + cut(_counted(kind, report), WIDTH - _ROOM - len(effect))
                begin += f" {effect}"
                yield begin + _first(report.places[kind][0], WIDTH - len(begin))


def _in_full(kind: ProblemKind, effect: str, report: ReadReport) -> Iterator[str]:
    undivided = effect.replace(" ", _NO_BREAK)
    for line in wrapped("  ", f"{_counted(kind, report)} {undivided}", "    "):
        yield line.replace(_NO_BREAK, " ")
    places = report.places[kind]
    if len(places) == 1:
        yield from wrapped("    ", _place(places[0], WIDTH - 8), "      ")
    else:
        shown = [_short_place(problem, WIDTH // 2 - 6) for problem in places]
        others = report.in_files[kind] - len(places)
        if others > 0:
            shown.append(f"{number(others)} berkas lain / other files")
        yield from joined("    ", shown, "    ")
    yield from wrapped("    → ", _remedy(kind), "      ")


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


def _remedy(kind: ProblemKind) -> str:
    return f"{kind.remedy.indonesian} / {kind.remedy.english}"


def _places(kind: ProblemKind, report: ReadReport) -> list[InputProblem]:
    """The first problems of the kind, and the first in other files."""
    known = [problem for problem in report.examples if problem.kind is kind]
    others = [problem for problem in report.places[kind] if problem not in known]
    return known[: _MOST_PLACES - len(others)] + others


def _place(problem: InputProblem, room: int | None = None) -> str:
    """Where a problem is, and its detail; ``room`` cuts the folders of the place."""
    where = ending(problem.file, room or len(problem.file))
    if problem.line is not None:
        where += f":{problem.line}"
    detail = printable(" ".join(problem.detail_in_both.split()), _LONGEST_DETAIL)
    return f"{where} ({detail})" if detail else where


def _short_place(problem: InputProblem, room: int) -> str:
    """The same in so many characters."""
    line = "" if problem.line is None else f":{problem.line}"
    where = ending(problem.file, min(room, _LONGEST_PLACE) - len(line)) + line
    room -= len(where) + 3
    detail = problem.detail_in_both
    return f"{where} ({cut(detail, room)})" if detail and room > _LEAST_DETAIL else where


def _first(problem: InputProblem, room: int) -> str:
    """Where the first problem of a kind is, and its detail where there is room."""
    return f": {_short_place(problem, room - 2)}"
