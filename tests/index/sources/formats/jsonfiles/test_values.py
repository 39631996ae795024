"""JSON files that are not one object a line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.values import read_json
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from tests.index.sources.archive import json_lines, kinds, packed, read_file

RECORDS = [{"id": str(n), "body": f"Isi ke-{n} “é” }}, {{."} for n in range(30)]


def values(content: bytes, size: int = 7) -> list[Record | InputProblem]:
    """What is read of the content when it comes in pieces of this size."""
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return list(read_json(parts, "a.json", FieldNames({})))


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_an_array_is_read_however_it_is_laid_out(indent: int | None, size: int) -> None:
    content = json.dumps(RECORDS, indent=indent, ensure_ascii=False).encode()
    read = values(content, size)
    assert [record.values for record in read if isinstance(record, Record)] == RECORDS


def test_records_know_their_lines() -> None:
    read = values(json.dumps(RECORDS, indent=2).encode())
    assert [record.line for record in read] == [2 + 4 * n for n in range(len(RECORDS))]


def test_objects_may_follow_each_other_without_an_array(tmp_path: Path) -> None:
    content = "\n".join(json.dumps(record, indent=2) for record in RECORDS).encode()
    articles, report = read_file(tmp_path, "a.json", content)
    assert len(articles) == len(RECORDS)
    assert not report.kinds


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.jsonl"])
@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_one_article(tmp_path: Path, name: str, indent: int | None) -> None:
    content = json.dumps({"isi": "a"}, indent=indent).encode()
    articles, report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    assert [article.body for article in articles] == ["a"]
    assert not report.kinds


def test_lines_of_json_under_the_name_of_one_value_are_read(tmp_path: Path) -> None:
    articles, report = read_file(tmp_path, "a.json", b'{"isi": "a"}\n{"isi": "b"}\nrusak\n')
    assert [article.body for article in articles] == ["a", "b"]
    assert kinds(report) == {ProblemKind.BROKEN_JSON: 1}


def test_an_object_around_the_only_list_of_objects_is_unwrapped(tmp_path: Path) -> None:
    content = json.dumps({"status": "ok", "articles": RECORDS, "tags": ["x"]}).encode()
    articles, report = read_file(tmp_path, "a.json", content)
    assert len(articles) == len(RECORDS)
    assert not report.kinds


@pytest.mark.parametrize("size", [3, 100_000])
def test_what_follows_a_broken_value_is_read(size: int) -> None:
    content = b'[{"body": "a"},\n{"body": rusak},\n{"body": "b"},\n{"body" "c"}, {"body": "d"}]'
    read = values(content, size)
    bodies = [item.values["body"] for item in read if isinstance(item, Record)]
    problems = [(item.kind, item.line) for item in read if isinstance(item, InputProblem)]
    assert bodies == ["a", "b", "d"]
    assert problems == [(ProblemKind.BROKEN_JSON, 2), (ProblemKind.BROKEN_JSON, 4)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'[{"body": "a"}, {"body": "b', ProblemKind.BROKEN_JSON),
        (b'[{"body": "a"}', ProblemKind.BROKEN_JSON),
        (b'[{"body": "a"}, 12, {"body": "b"}]', ProblemKind.NOT_AN_OBJECT),
        (b'{"body": "a"} lebih', ProblemKind.BROKEN_JSON),
        (b'[{"body": "a"}, ' + b"[" * 200_000, ProblemKind.BROKEN_JSON),
    ],
)
def test_a_file_that_is_not_whole_keeps_its_articles(content: bytes, kind: ProblemKind) -> None:
    for size in (5, 1000):
        read = values(content, size)
        assert isinstance(read[0], Record)
        assert [item.kind for item in read if isinstance(item, InputProblem)] == [kind]


def test_an_article_too_long_is_skipped_and_the_next_is_read() -> None:
    parts = [b'[{"body": "', *[b"x" * 2**20] * 20, b'"}, {"body": "b"}]']
    problem, record = read_json(parts, "a.json", FieldNames({}))
    assert isinstance(problem, InputProblem)
    assert problem.kind is ProblemKind.LINE_TOO_LONG
    assert isinstance(record, Record)
    assert record.values == {"body": "b"}


def test_emptiness_is_no_article(tmp_path: Path) -> None:
    for content in (b"", b" \n", b"[]", b"[ , ]"):
        articles, report = read_file(tmp_path, "a.json", content)
        assert (articles, kinds(report)) == ([], {})


def test_a_truncated_gzip_keeps_the_articles_before_the_break(tmp_path: Path) -> None:
    whole = packed(json.dumps([{"id": n, "isi": f"Isi {n * n}"} for n in range(300)]).encode())
    counts = []
    for size in [*range(2, len(whole) - 1, 131), len(whole) - 8]:
        articles, report = read_file(tmp_path, "a.json.gz", whole[:size])
        assert [article.id for article in articles] == [str(n) for n in range(len(articles))]
        assert kinds(report) == {ProblemKind.TRUNCATED_PACKED: 1}
        counts.append(len(articles))
    assert counts == sorted(counts)
    assert counts[-1] == 300


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ),
    st.integers(1, 9),
)
def test_any_objects_in_an_array_come_back(value: object, size: int) -> None:
    objects = [{"isi": value}, {"isi": "b"}]
    read = values(json.dumps(objects).encode(), size)
    assert [item.values for item in read if isinstance(item, Record)] == objects


A = '{"judul": "Satu", "isi": "Isi satu."}'
B = '{"judul": "Dua", "isi": "Isi dua."}'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"[{A}]\n[{B}]", id="two arrays"),
        pytest.param(f"[{A}][{B}]", id="two arrays side by side"),
        pytest.param(f"[[{A}], [{B}]]", id="arrays in an array"),
        pytest.param(A + B, id="objects side by side"),
        pytest.param(f"{A},\n{B}\n]", id="the first bracket is missing"),
        pytest.param(f"[{A},]\n\ufeff[{B},]", id="files put together"),
        pytest.param(f"\x1e{A}\n\x1e{B}\n", id="a sequence of RFC 7464"),
        pytest.param(f"[// daftar\n{A}, /* lalu */ {B}]", id="comments"),
        pytest.param(f"var berita = [{A}, {B}];", id="a script"),
        pytest.param(f"window.DATA = {A};\nwindow.LAIN = {B};", id="two statements"),
        pytest.param(f"callback([{A}, {B}]);", id="a callback"),
        pytest.param(f")]}}',\n[{A}, {B}]", id="a guard against inclusion"),
        pytest.param("[{'isi': 'Isi satu.', 'x': None}, {\"isi\": \"Isi dua.\",},]", id="Python"),
        pytest.param('[{"x": "y"\n "isi": "Isi satu."}, {isi: "Isi dua."}]', id="a lost comma"),
        pytest.param(
            '/* 1 */\n{"_id": ObjectId("a1"), "isi": "Isi satu.", "n": NumberLong(5)}\n\n'
            '/* 2 */\n{"_id": ObjectId("a2"), "isi": "Isi dua.", "t": ISODate("2023-06-01")}',
            id="the shell of MongoDB",
        ),
    ],
)
@pytest.mark.parametrize("size", [3, 100_000])
def test_what_is_almost_json_is_read_as_it_was_meant(content: str, size: int) -> None:
    read = values(content.encode(), size)
    bodies = [item.values["isi"] if isinstance(item, Record) else item for item in read]
    assert bodies == ["Isi satu.", "Isi dua."]


def test_an_object_that_is_not_closed_costs_itself_alone() -> None:
    read = values(f'[{A},\n{{"isi": "x", "n": 1\n, {B}]'.encode())
    assert [item.values["isi"] for item in read if isinstance(item, Record)] == [
        "Isi satu.",
        "Isi dua.",
    ]
    assert [(item.kind, item.line) for item in read if isinstance(item, InputProblem)] == [
        (ProblemKind.BROKEN_JSON, 2)
    ]


def parts(head: bytes, count: int, tail: bytes) -> Iterator[bytes]:
    """A file of so many articles of a hundred kilobytes."""
    yield head
    for number in range(count):
        yield b"," * (number > 0)
        yield b'"k%d": ' % number if head.endswith(b"{") else b""
        yield b'{"judul": "J%d", "isi": "%s"}' % (number, b"x" * 100_000)
    yield tail


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        (b'{"status": "ok", "tags": ["a"], "articles": [', b'], "jumlah": 3}'),
        (b'{"data": {"posts": [', b"]}}"),
        (b'{"articles": {', b"}}"),
        (b"[[", b"]]"),
    ],
)
def test_a_wrapper_longer_than_any_article_is_read_member_by_member(
    head: bytes, tail: bytes
) -> None:
    read = list(read_json(parts(head, 400, tail), "a.json", FieldNames({})))
    titles = [item.values["judul"] for item in read if isinstance(item, Record)]
    assert titles == [f"J{n}" for n in range(400)]
    assert len(read) == 400


def test_a_long_object_without_articles_is_told() -> None:
    read = list(read_json(parts(b'{"comments": [', 200, b"]}"), "a.json", FieldNames({})))
    assert read == []  # what stands beside articles is none
    content = [b'{"teks": "a", "lain": ["', b"x" * 17 * 2**20, b'"]}']
    [problem] = read_json(content, "a.json", FieldNames({}))
    assert isinstance(problem, InputProblem)
    assert problem.kind is ProblemKind.LINE_TOO_LONG


@pytest.mark.parametrize(
    "unit",
    [
        b"{'a':[{},",
        b'{"a":[{},',
        b"[{'a':{'b':'",
        b"''",
        b"[[{},",
        b'{"a":1,}',
        b"/*",
        b"{'k':'v'\n",
    ],
)
def test_hostile_repetition_ends_soon(unit: bytes) -> None:
    content = unit * (2**19 // len(unit))
    started = time.thread_time()
    blocks = (content[at : at + 2**18] for at in range(0, len(content), 2**18))
    assert sum(1 for _ in read_json(blocks, "a.json", FieldNames({}))) < len(content)
    assert time.thread_time() - started < 20


TWO = [{"title": "Banjir", "body": "Air naik."}, {"title": "Gempa", "body": "Bumi goyang."}]


@pytest.mark.parametrize(
    "wrapper",
    [
        pytest.param({"status": "ok", "body": "success", "data": TWO}, id="body"),
        pytest.param({"content": "Daftar berita", "articles": TWO}, id="content"),
        pytest.param({"isi": "Berita terbaru", "data": {"posts": TWO}}, id="two deep"),
        pytest.param({"response": {"message": "ok", "text": "ok", "items": TWO}}, id="inside"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_what_a_program_says_of_a_list_of_articles_is_no_article(
    tmp_path: Path, name: str, wrapper: object
) -> None:
    articles, report = read_file(tmp_path, name, json_lines(wrapper))
    assert [article.title for article in articles] == ["Banjir", "Gempa"]
    assert not report.kinds


@pytest.mark.parametrize("own", ["title", "date", "url"])
def test_an_article_with_a_list_of_others_stays_one(tmp_path: Path, own: str) -> None:
    value = {own: "2024-01-02", "body": "Air surut.", "items": TWO}
    articles, _ = read_file(tmp_path, "a.json", json_lines(value))
    assert [article.body for article in articles] == ["Air surut."]


def test_a_long_text_of_a_wrapper_is_told(tmp_path: Path) -> None:
    value = {"content": "Air surut. " * 40, "articles": TWO}
    articles, report = read_file(tmp_path, "a.json", json_lines(value))
    assert len(articles) == 2
    assert [str(problem.detail) for problem in report.examples] == ["content: 1"]
