"""Problems and the account of them."""

from __future__ import annotations

import pytest

from index.sources import InputProblem, ProblemKind, ReadReport


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_kind_speaks_both_languages_and_says_what_to_do(kind: ProblemKind) -> None:
    problem = InputProblem(kind, "arsip.jsonl", 12, "rincian")
    assert kind.english != kind.indonesian
    assert str(problem).startswith(f"arsip.jsonl:12: {kind.english} (rincian); ")
    assert problem.indonesian.startswith(f"arsip.jsonl:12: {kind.indonesian} (rincian); ")
    assert not (kind.repaired and kind.skipped)


def test_a_file_without_lines_is_named_alone() -> None:
    assert str(InputProblem(ProblemKind.UNREADABLE_FILE, "a.txt", None)).startswith("a.txt: cannot")


def test_a_problem_cannot_command_a_terminal() -> None:
    problem = InputProblem(
        ProblemKind.BAD_DATE, "a\x1b[2J.txt", 1, "\x1b]0;x\x07\ud800" + "x" * 10_000
    )
    assert str(problem).isprintable()
    assert str(problem).encode()
    assert len(str(problem)) < 400


def test_only_the_first_ten_are_kept_in_full() -> None:
    report = ReadReport()
    for line in range(1, 26):
        report.count(InputProblem(ProblemKind.BROKEN_JSON, "a.jsonl", line))
    assert [problem.line for problem in report.examples] == list(range(1, 11))
    assert report.kinds[ProblemKind.BROKEN_JSON] == 25
    assert (report.read, report.skipped, report.accepted) == (25, 25, 0)
