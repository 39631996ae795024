"""JSON files that are not one object a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.columns import FieldNames
from index.sources.formats.jsonvalues import read_json
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from tests.index.sources.archive import kinds, packed, read_file

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
