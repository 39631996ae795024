"""JSON Lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.sources import ProblemKind
from tests.index.sources.archive import json_lines, kinds, packed, read_file, read_stdin


def test_every_line_is_an_article_in_order() -> None:
    articles, report = read_stdin(json_lines(*({"id": n, "body": f"Isi {n}."} for n in range(50))))
    assert [article.id for article in articles] == [str(n) for n in range(50)]
    assert (report.read, report.repaired, report.skipped, kinds(report)) == (50, 0, 0, {})


def test_blank_lines_and_line_ends_of_windows_are_no_problem() -> None:
    articles, report = read_stdin(b'\xef\xbb\xbf{"body": "a"}\r\n\r\n  \n{"body": "b"}')
    assert [article.body for article in articles] == ["a", "b"]
    assert report.read == 2
    assert not report.kinds


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b'{"body": "putus', ProblemKind.BROKEN_JSON),
        (b"{'body': 'a'}", ProblemKind.BROKEN_JSON),
        (b'{"body": ' + b"[" * 100_000, ProblemKind.BROKEN_JSON),
        (b'{"body": ' + b"9" * 5000 + b"}", None),
        (b"[1, 2]", ProblemKind.NOT_AN_OBJECT),
        (b'"teks"', ProblemKind.NOT_AN_OBJECT),
        (b"null", ProblemKind.NOT_AN_OBJECT),
        (b"{}", ProblemKind.EMPTY_BODY),
        (b'{"title": "hanya judul"}', ProblemKind.EMPTY_BODY),
        (b'{"body": "' + b"x" * 50 * 2**20 + b'"}', ProblemKind.LINE_TOO_LONG),
    ],
)
def test_a_bad_line_is_skipped_and_named(line: bytes, kind: ProblemKind | None) -> None:
    articles, report = read_stdin(b'{"body": "a"}\n' + line + b'\n{"body": "b"}\n')
    bodies = [article.body for article in articles]
    assert (bodies[0], bodies[-1]) == ("a", "b")
    assert report.read == 3
    if kind is not None:
        assert kinds(report) == {kind: 1}
        assert report.examples[0].line == 2
        assert report.examples[0].file == "stdin"


def test_broken_json_says_where_in_the_line() -> None:
    _, report = read_stdin(b'{"body" "a"}')
    assert "column 9" in str(report.examples[0])


@pytest.mark.parametrize(
    ("line", "body", "kind"),
    [
        (b'{"body": "nul \0 mentah"}', "nul  mentah", ProblemKind.NUL_BYTE),
        (b'{"body": "nul \\u0000 tertulis"}', "nul  tertulis", ProblemKind.NUL_BYTE),
        (b'{"body": "caf\xe9 \x93enak\x94"}', "café “enak”", ProblemKind.INVALID_UTF8),
        (b'{"body": "\\ud83d"}', "\ufffd", ProblemKind.LONE_SURROGATE),
        (b'{"body": "\\ud83d\\ude00"}', "😀", None),
        (b'{"body": "tab\tmentah"}', "tab\tmentah", None),
        (b'{"body": "isi", "date": NaN}', "isi", None),
    ],
)
def test_a_repaired_line_is_kept(line: bytes, body: str, kind: ProblemKind | None) -> None:
    [article], report = read_stdin(line)
    assert article.body == body
    assert kinds(report) == ({kind: 1} if kind else {})
    assert report.repaired == (kind is not None)


def test_a_truncated_gzip_keeps_the_articles_before_the_break(tmp_path: Path) -> None:
    content = json_lines(*({"id": n, "body": f"Isi nomor {n * n}."} for n in range(400)))
    whole = packed(content)
    counts = []
    for size in [*range(0, len(whole) - 1, 97), len(whole) - 8, len(whole) - 1]:
        articles, report = read_file(tmp_path, "a.jsonl.gz", whole[:size])
        assert [article.id for article in articles] == [str(n) for n in range(len(articles))]
        assert kinds(report) == {ProblemKind.TRUNCATED_PACKED: 1}
        assert report.examples[0].line in {None, len(articles), len(articles) + 1}
        counts.append(len(articles))
    assert counts == sorted(counts)
    assert counts[-1] == 400


def test_an_array_under_the_name_of_lines_is_read_as_an_array(tmp_path: Path) -> None:
    articles, report = read_file(tmp_path, "a.jsonl", b'[{"body": "a"},\n{"body": "b"}]')
    assert [article.body for article in articles] == ["a", "b"]
    assert not report.kinds
