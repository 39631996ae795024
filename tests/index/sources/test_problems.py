"""Problems and the account of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.bilingual import Text
from index.sources import InputProblem, ProblemKind, ReadReport
from tests.index.sources.archive import read_file


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


def test_a_detail_is_in_the_language_of_its_sentence() -> None:
    detail = Text("an image", "gambar")
    problem = InputProblem(ProblemKind.NOT_TEXT, "a.txt", None, detail)
    assert "(an image)" in problem.english
    assert "(gambar)" in problem.indonesian
    assert problem.detail_in_both == "gambar / an image"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n" + bytes(99), b'{"isi": "a" "b"}', b'{"isi": "a', b'[{"isi": "a"},'],
)
def test_no_sentence_is_in_two_languages(tmp_path: Path, name: str, content: bytes) -> None:
    _, report = read_file(tmp_path, name, content)
    for problem in report.examples:
        assert " / " not in problem.english + problem.indonesian
        words = "image|Expecting|column|not closed|Unterminated"
        assert not re.search(words, problem.indonesian)
