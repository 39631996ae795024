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
        (b'{"body": rusak}', ProblemKind.BROKEN_JSON),
        (b'{"body": ' + b"[" * 100_000, ProblemKind.BROKEN_JSON),
        (b'{"body": ' + b"9" * 5000 + b"}", None),
        (b"[1, 2]", ProblemKind.NOT_AN_OBJECT),
        (b'"teks"', ProblemKind.NOT_AN_OBJECT),
        (b"null", ProblemKind.NOT_AN_OBJECT),
        (b"{}", ProblemKind.EMPTY_BODY),
        (b'{"title": "", "url": "https://contoh.example/1"}', ProblemKind.EMPTY_BODY),
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


A = b'{"judul": "Satu", "isi": "Isi satu."}'
B = b'{"judul": "Dua", "isi": "Isi dua."}'
BOTH = ["Isi satu.", "Isi dua."]


@pytest.mark.parametrize(
    ("content", "bodies"),
    [
        pytest.param(A + b",\n" + B + b",\n", BOTH, id="a comma at each line's end"),
        pytest.param(b"\n[\n" + A + b",\n" + B + b"\n]\n", BOTH, id="brackets in their own lines"),
        pytest.param(b"\n[" + A + b",\n" + B + b"]\n", BOTH, id="brackets beside the objects"),
        pytest.param(A + B + b"\n", BOTH, id="two objects in a line"),
        pytest.param(b"\n[" + A + b", " + B + b"]\n", BOTH, id="an array in a line"),
        pytest.param(b"\x1e" + A + b"\n\x1e" + B + b"\n", BOTH, id="record separators"),
        pytest.param(A + b"\n\xef\xbb\xbf" + B, BOTH, id="a byte order mark in the middle"),
        pytest.param(A + b"\n]\n\n" + B, BOTH, id="a bracket left over"),
        pytest.param(A + b"\n" + B + b";", BOTH, id="a semicolon at the end"),
        pytest.param(
            b"{'judul': None, 'isi': 'Isi satu.'}\n{'isi': \"Isi dua.\", 'x': True}\n",
            BOTH,
            id="Python's notation",
        ),
        pytest.param(
            b'{"isi": "Isi satu.",}\n{"isi": "Isi dua.", "x": [1, 2,],}',
            BOTH,
            id="commas at the end",
        ),
        pytest.param(
            b'{"isi": "Isi satu.", "n": undefined}\n{isi: "Isi dua.", n: -Infinity}',
            BOTH,
            id="JavaScript's notation",
        ),
        pytest.param(
            b'{"isi": "Isi satu.",\n "penulis": [\n  {"name": "A"},\n  {"name": "B"}\n ]\n}\n' + B,
            BOTH,
            id="an object over several lines",
        ),
        pytest.param(b'{"isi": "Isi\nsatu."}\n' + B, ["Isi\nsatu.", BOTH[1]], id="raw line ends"),
        pytest.param(
            b'{"_index": "n", "_id": "1", "_score": 1, "_source": ' + A + b"}\n" + B,
            BOTH,
            id="an article under _source",
        ),
        pytest.param(
            b'{"ok": true, "articles": [' + A + b']}\n{"ok": true, "articles": [' + B + b"]}\n",
            BOTH,
            id="a page of an API in each line",
        ),
    ],
)
def test_lines_that_are_not_strictly_an_object_each_are_read(
    tmp_path: Path, content: bytes, bodies: list[str]
) -> None:
    articles, report = read_file(tmp_path, "a.jsonl", content)
    assert [article.body for article in articles] == bodies
    assert not report.kinds


def test_the_bulk_format_of_elasticsearch_gives_its_ids() -> None:
    content = b'{"index": {"_index": "n", "_id": "11"}}\n' + A + b'\n{"create": {}}\n' + B
    articles, report = read_stdin(content)
    assert [article.body for article in articles] == BOTH
    assert articles[0].id == "11"
    assert articles[1].id.startswith("h-")
    assert not report.kinds


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (b'{"isi": "putus', 2),
        (b'{"isi": "putus",\n "judul": "x",', 2),
        (b'{"isi": "putus", "daftar": [', 2),
    ],
)
def test_a_line_that_was_cut_costs_itself_alone(broken: bytes, line: int) -> None:
    articles, report = read_stdin(A + b"\n" + broken + b"\n" + B + b"\n")
    assert [article.body for article in articles] == BOTH
    assert kinds(report) == {ProblemKind.BROKEN_JSON: 1}
    assert report.examples[0].line == line


def test_lines_that_never_end_are_not_kept_in_memory() -> None:
    content = b'{"isi": "mulai\n' + b"x" * 2**20 * 17 + b"\n" + (b"y" * 2**20 + b"\n") * 20 + A
    articles, report = read_stdin(content)
    assert [article.body for article in articles] == ["Isi satu."]
    assert set(kinds(report)) <= {ProblemKind.BROKEN_JSON, ProblemKind.LINE_TOO_LONG}


def test_indented_lines_behind_a_cut_one_are_read_however_many() -> None:
    body = b"Bumi goyang lagi. " * 4000
    lines = b"".join(b' {"judul": "Gempa %d", "isi": "%b"},\n' % (n, body) for n in range(300))
    articles, report = read_stdin(b'{"judul": "Putus", "isi": "abc\n' + lines)
    assert len(articles) == 300
    assert kinds(report) == {ProblemKind.BROKEN_JSON: 1}
