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
    lines = [line for line in problem_lines(report) if not line.startswith("    ")]
    assert lines == [
        "tidak terbaca / skipped:",
        "  1 × JSON rusak / broken JSON",
        "diperbaiki / repaired:",
        f"  1 × {ProblemKind.BAD_DATE.indonesian} / {ProblemKind.BAD_DATE.english}",
        "dicatat / noted:",
        f"  2 × {ProblemKind.NO_BODY.indonesian} / {ProblemKind.NO_BODY.english}",
    ]


def test_every_kind_says_where_and_what_to_do_in_both_languages() -> None:
    text = " ".join(" ".join(problem_lines(report_of(*ProblemKind))).split())
    for line, kind in enumerate(ProblemKind, start=1):
        assert f"arsip.jsonl:{line} (rincian)" in text
        assert f"→ {kind.remedy.indonesian} / {kind.remedy.english}" in text


def test_thousands_of_a_kind_are_a_few_lines() -> None:
    report = report_of(*[ProblemKind.BROKEN_JSON] * 3000)
    report.count(InputProblem(ProblemKind.BROKEN_JSON, "lain.jsonl", 7))
    lines = list(problem_lines(report))
    assert len(lines) <= 12
    assert "    lain.jsonl:7" in lines
    assert "    … dan 2.996 lagi / and more" in lines


def test_in_brief_other_files_are_counted() -> None:
    report = ReadReport()
    for number in range(50):
        report.count(InputProblem(ProblemKind.UNKNOWN_FORMAT, f"{number}.png", None, "gambar"))
    lines = list(problem_lines_in_brief(report))
    assert lines[1].startswith("  50 × bukan format artikel")
    assert lines[2] == (
        "    0.png (gambar) · 1.png (gambar) · 2.png (gambar) · 47 berkas lain / other files"
    )


def test_without_problems_nothing_is_said() -> None:
    assert list(problem_lines(ReadReport())) == []
    assert list(problem_lines_in_brief(ReadReport())) == []


def test_in_brief_every_kind_has_its_first_place() -> None:
    lines = list(problem_lines_in_brief(report_of(*ProblemKind, file="folder/" * 30 + "a.jsonl")))
    assert all(len(line) <= WIDTH for line in lines)
    for line, kind in enumerate(ProblemKind, start=1):
        assert sum(f"a.jsonl:{line}" in one for one in lines) >= 1, kind


def test_in_brief_the_first_kind_says_what_to_do() -> None:
    lines = list(problem_lines_in_brief(report_of(ProblemKind.EMPTY_BODY)))
    assert lines[1].endswith("(tidak terbaca / skipped)")
    assert lines[2] == "    arsip.jsonl:1 (rincian)"
    assert "--map body=NAMA" in lines[3]
    assert "--map body=NAME" in lines[4]
