"""Parquet, Arrow and Feather."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import feather, parquet

from index.sources import ProblemKind
from index.sources.columns.plan import FieldNames
from index.sources.formats.columnar import read_columnar
from index.sources.inputs.packing import Limits
from index.sources.inputs.streams import LONGEST
from index.sources.record import Record
from tests.index.sources.archive import kinds, packed, read_file


def as_parquet(table: Any) -> bytes:
    out = BytesIO()
    parquet.write_table(table, out)
    return out.getvalue()


def as_feather(table: Any) -> bytes:
    out = BytesIO()
    feather.write_feather(table, out)
    return out.getvalue()


def as_old_feather(table: Any) -> bytes:
    out = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        feather.write_feather(table, out, version=1)
    return out.getvalue()


def as_file(table: Any) -> bytes:
    out = BytesIO()
    with pa.ipc.new_file(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)
    return out.getvalue()


def as_stream(table: Any) -> bytes:
    out = BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=100)
    return out.getvalue()


WRITERS = [
    pytest.param("a.parquet", as_parquet),
    pytest.param("a.feather", as_feather),
    pytest.param("a.arrow", as_file),
    pytest.param("a.arrow", as_stream),
]
MANY = pa.table({"id": range(1000), "isi": [f"Isi ke-{number}" for number in range(1000)]})


@pytest.mark.parametrize(
    ("name", "write"), [*WRITERS, pytest.param("a.feather", as_old_feather, id="old")]
)
def test_every_row_is_an_article(tmp_path: Path, name: str, write: Callable[[Any], bytes]) -> None:
    content = write(MANY)
    for given, data in {name: content, f"{name}.gz": packed(content)}.items():
        articles, report = read_file(tmp_path, given, data)
        assert [(a.id, a.body) for a in articles] == [
            (str(number), f"Isi ke-{number}") for number in range(1000)
        ]
        assert not report.kinds
        assert report.bytes_read == len(data)


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_columns_become_values_that_every_format_has(
    name: str, write: Callable[[Any], bytes]
) -> None:
    moment = datetime(2023, 6, 1, 10, tzinfo=UTC)
    table = pa.table(
        {
            "isi": pa.array(["x"], pa.large_string()),
            "zone": pa.array([moment], pa.timestamp("ns", tz="Asia/Jakarta")),
            "plain": pa.array([datetime(2023, 6, 1, 10)], pa.timestamp("ms")),
            "day": [date(2023, 6, 1)],
            "sumber": pa.array(["A"]).dictionary_encode(),
            "decimal": [Decimal("7.00")],
            "fraction": [Decimal("7.50")],
            "picture": [b"\x89PNG"],
            "old text": [b"teks"],
            "nested": [{"paragraf": ["a", "b"], "on": date(2023, 6, 1)}],
            "nothing": [None],
            "flag": [True],
        }
    )
    [record] = read_columnar(BytesIO(write(table)), name, FieldNames({}))
    assert isinstance(record, Record)
    assert record.values == {
        "isi": "x",
        "zone": "2023-06-01T17:00:00+07:00",
        "plain": "2023-06-01T10:00:00",
        "day": "2023-06-01",
        "sumber": "A",
        "decimal": 7,
        "fraction": 7.5,
        "picture": None,
        "old text": "teks",
        "nested": {"paragraf": ["a", "b"], "on": "2023-06-01"},
        "nothing": None,
        "flag": True,
    }
    assert record.line == 1


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(pa.array([10**15, 0], pa.timestamp("s")), id="timestamp"),
        pytest.param(pa.array([10**15, 0], pa.timestamp("s", tz="Asia/Jakarta")), id="zone"),
        pytest.param(pa.array([2**31 - 1, 0], pa.date32()), id="date32"),
        pytest.param(pa.array([10**15, 0], pa.date64()), id="date64"),
        pytest.param(pa.array([2**62, 0], pa.duration("s")), id="duration"),
    ],
)
@pytest.mark.parametrize(("name", "write"), [("a.arrow", as_file), ("a.arrow", as_stream)])
def test_an_impossible_moment_costs_itself_alone(
    tmp_path: Path, moment: Any, name: str, write: Callable[[Any], bytes]
) -> None:
    table = pa.table({"isi": ["satu", "dua"], "tanggal": moment})
    articles, report = read_file(tmp_path, name, write(table))
    assert [article.body for article in articles] == ["satu", "dua"]
    assert articles[0].date is None
    assert report.kinds[ProblemKind.BAD_DATE] >= 1
    assert set(report.kinds) == {ProblemKind.BAD_DATE}
    if not pa.types.is_duration(moment.type):
        assert articles[1].date is not None
    if pa.types.is_date64(moment.type):
        return
    nested = pa.array([{"nama": "x", "kapan": value} for value in moment])
    articles, _ = read_file(tmp_path, name, write(table.append_column("data", nested)))
    assert len(articles) == 2


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_zone_that_nobody_knows_leaves_the_moment(tmp_path: Path, unit: str) -> None:
    moment = pa.array([datetime(2023, 6, 1, 3, tzinfo=UTC)], pa.timestamp(unit, tz="Foo/Bar"))
    table = pa.table({"isi": ["x"], "tanggal": moment})
    [article], report = read_file(tmp_path, "a.arrow", as_file(table))
    assert article.date == datetime(2023, 6, 1, 3, tzinfo=UTC)
    assert not report.kinds


def as_packed_parquet(table: Any) -> bytes:
    out = BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


SMALL = Limits(ratio=3, unpacked=2**20)


@pytest.mark.parametrize("write", [as_packed_parquet, as_feather])
def test_a_file_that_unpacks_to_far_more_is_not_read(
    tmp_path: Path, write: Callable[[Any], bytes]
) -> None:
    content = write(pa.table({"isi": ["air naik " * 300_000]}))
    articles, report = read_file(tmp_path, "a.parquet", content, limits=SMALL)
    assert (articles, kinds(report)) == ([], {ProblemKind.UNPACKS_TOO_FAR: 1})
    for more in (replace(SMALL, unpacked=2**24), replace(SMALL, ratio=10**5)):
        articles, report = read_file(tmp_path, "a.parquet", content, limits=more)
        assert (len(articles), kinds(report)) == (1, {})


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_a_row_longer_than_an_article_may_be_is_told(
    tmp_path: Path, name: str, write: Callable[[Any], bytes]
) -> None:
    table = pa.table({"isi": ["satu", "a " * (LONGEST // 2 + 1), "tiga"]})
    articles, report = read_file(tmp_path, name, write(table))
    assert [article.body for article in articles] == ["satu", "tiga"]
    assert [(p.kind, p.line) for p in report.examples] == [(ProblemKind.LINE_TOO_LONG, 2)]


@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_a_long_text_that_comes_again_and_again_is_one_at_a_time(
    name: str, write: Callable[[Any], bytes]
) -> None:
    text = "air naik " * (LONGEST // 10)
    table = pa.table({"isi": pa.array([text] * 20).dictionary_encode()})
    content = write(table)
    assert len(content) < 2 * LONGEST
    before = pa.total_allocated_bytes()
    for record in read_columnar(BytesIO(content), name, FieldNames({}), Limits(10**6, 2**40)):
        assert isinstance(record, Record)
        assert record.values["isi"] == text
        assert pa.total_allocated_bytes() - before < 6 * LONGEST


@pytest.mark.parametrize(
    ("name", "write"), [*WRITERS, pytest.param("a.feather", as_old_feather, id="old")]
)
def test_any_damage_ends_in_a_problem_and_nothing_else(
    tmp_path: Path, name: str, write: Callable[[Any], bytes]
) -> None:
    content = write(MANY)
    right = {f"Isi ke-{number}" for number in range(1000)}
    for at in range(0, len(content), len(content) // 40):
        cut, report = read_file(tmp_path, name, content[:at])
        assert cut or not at or report.kinds
        assert {article.body for article in cut} <= right
        damaged = bytearray(content)
        damaged[at : at + 8] = b"\xa5" * 8
        articles, report = read_file(tmp_path, name, bytes(damaged))
        assert len(articles) == 1000 or report.kinds
        wrong = [article for article in articles if article.body not in right]
        assert len(wrong) <= 8


def test_a_stream_that_is_cut_gives_what_came_before(tmp_path: Path) -> None:
    content = as_stream(MANY)
    articles, report = read_file(tmp_path, "a.arrow", content[: len(content) // 2])
    assert 300 < len(articles) < 700
    assert kinds(report) == {ProblemKind.DAMAGED_FILE: 1}
    assert report.examples[0].line == len(articles) + 1


def test_a_missing_body_names_the_columns_there_are(tmp_path: Path) -> None:
    _, report = read_file(tmp_path, "a.parquet", as_parquet(pa.table({"judul": ["a"], "x": [1]})))
    assert kinds(report) == {ProblemKind.MISSING_COLUMN: 1}
    assert "judul, x" in str(report.examples[0])


def test_a_column_named_by_a_whole_question_is_one_more_column(tmp_path: Path) -> None:
    table = pa.table({"judul": ["a"], "isi": ["b"], "apakah Anda setuju " * 8: ["ya"]})
    [article], report = read_file(tmp_path, "a.parquet", as_parquet(table))
    assert (article.title, article.body) == ("a", "b")
    assert not report.kinds


def test_without_the_package_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = as_parquet(MANY)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    articles, report = read_file(tmp_path, "a.parquet", content)
    assert (articles, kinds(report)) == ([], {ProblemKind.MISSING_EXTRA: 1})
    assert 'pip install "warta[parquet]"' in str(report.examples[0])
