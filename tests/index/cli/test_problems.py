"""Problems are told by what became of the articles."""

from __future__ import annotations

from index.cli.lines import WIDTH
from index.cli.problems import problem_lines, problem_lines_in_brief
from index.sources import InputProblem, ProblemKind, ReadReport


def report_of(*kinds: ProblemKind, file: str = "arsip.jsonl") -> ReadReport:
    report = ReadReport()
    for line, kind in enumerate(kinds, start=1):
        report.count(InputProblem(kind, file, line, "rincian"))
    return report


def test_what_is_noted_is_not_told_as_repaired() -> None:
    report = report_of(
        ProblemKind.NO_BODY, ProblemKind.BAD_DATE, ProblemKind.NO_BODY, ProblemKind.BROKEN_JSON
    )
    assert list(problem_lines(report)) == [
        "dilewati / skipped:",
        "  1 × JSON rusak / broken JSON",
        "diperbaiki / repaired:",
        f"  1 × {ProblemKind.BAD_DATE.indonesian} / {ProblemKind.BAD_DATE.english}",
        "dicatat / noted:",
        f"  2 × {ProblemKind.NO_BODY.indonesian} / {ProblemKind.NO_BODY.english}",
    ]


def test_without_problems_nothing_is_said() -> None:
    assert list(problem_lines(ReadReport())) == []
    assert list(problem_lines_in_brief(ReadReport())) == []


def test_in_brief_every_kind_has_its_first_place() -> None:
    lines = list(problem_lines_in_brief(report_of(*ProblemKind, file="folder/" * 30 + "a.jsonl")))
    assert all(len(line) <= WIDTH + 2 for line in lines)
    for line, kind in enumerate(ProblemKind, start=1):
        assert sum(f"a.jsonl:{line}" in one for one in lines) >= 1, kind


def test_in_brief_the_first_kind_says_what_to_do() -> None:
    lines = list(problem_lines_in_brief(report_of(ProblemKind.EMPTY_BODY)))
    assert lines[1].endswith("(dilewati / skipped): arsip.jsonl:1 (rincian)")
    assert "--map body=NAMA" in lines[2]
    assert "--map body=NAME" in lines[3]
