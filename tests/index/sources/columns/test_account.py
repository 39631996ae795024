"""What was taken from which column, and what else looks as if it belonged to an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.sources.columns.account import SAMPLED, Shape
from index.sources.columns.words import Word
from tests.index.sources.archive import json_lines, read, read_file, read_stdin

TEXT = "Harga beras di pasar naik lagi pekan ini, kata para pedagang, dan pembeli pun mengeluh."


def shapes(*records: object, **options: object) -> list[Shape]:
    return read_stdin(json_lines(*records), **options)[1].columns.shapes


def test_what_was_taken_is_told_of_each_field() -> None:
    (shape,) = shapes({"judul": "Satu", "konten_berita": TEXT, "tanggal": "1 Juni 2023", "x": 1})
    assert shape.taken == {
        "title": ("judul",),
        "body": ("konten_berita",),
        "date": ("tanggal",),
    }
    assert shape.unused == {}
    assert (shape.where, shape.files) == ("stdin", 1)


def test_the_parts_of_a_body_are_told_together() -> None:
    record = {"judul": "Satu", **{f"isi_{n}": TEXT for n in range(1, 10)}}
    (shape,) = shapes(record)
    assert shape.taken["body"] == ("isi_1 + … + isi_9",)
    assert shape.unused == {}
    (shape,) = shapes({"judul": "Satu", "isi_1": TEXT, "isi_2": TEXT, "isi": ""})
    assert shape.taken["body"] == ("isi_1 + isi_2",)


def test_a_second_column_is_told_only_where_it_was_used() -> None:
    first, second = {"text": TEXT, "maintext": None}, {"text": "", "maintext": TEXT}
    assert shapes(first)[0].taken["body"] == ("text",)
    assert shapes(second)[0].taken["body"] == ("maintext",)
    assert shapes(first, second)[0].taken["body"] == ("text", "maintext")


def test_a_summary_that_stood_in_for_a_body_is_told() -> None:
    records = ({"isi": TEXT, "deskripsi": "Ringkas."}, {"isi": None, "deskripsi": "Ringkas."})
    assert shapes(records[0])[0].taken["body"] == ("isi",)
    assert shapes(*records)[0].taken["body"] == ("isi", "deskripsi")


def test_an_address_that_stood_in_is_told() -> None:
    address = "https://contoh.example/1"
    assert shapes({"isi": TEXT, "source_url": address})[0].taken["url"] == ("source_url",)
    assert shapes({"isi": TEXT, "source_url": address, "url": address})[0].taken["url"] == ("url",)


def test_a_time_of_change_is_known_as_the_last_resort() -> None:
    assert shapes({"isi": TEXT, "updated_at": "2023-06-01"})[0].last_resort == ["updated_at"]
    assert shapes({"isi": TEXT, "created_at": "2023-06-01"})[0].last_resort == []


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (TEXT, ["lain"]),
        ([TEXT, TEXT], ["lain"]),
        ({"rendered": TEXT, "protected": False}, ["lain.rendered"]),
        ("Satu dua tiga.", []),
        ("https://contoh.id/" + "a-b-c" * 50, []),
        ('{"a": "' + TEXT + '"}', []),
        (17, []),
        (None, []),
    ],
)
def test_a_column_that_looks_like_text_and_was_not_used_is_told(
    value: object, names: list[str]
) -> None:
    records = [{"isi": TEXT, "lain": value}] * 3
    (shape,) = shapes(*records)
    assert [(one.name, one.looks) for one in shape.unused.values()] == [(n, "text") for n in names]


def test_a_text_in_one_of_many_records_is_chance() -> None:
    assert shapes({"isi": TEXT, "lain": TEXT}, *[{"isi": TEXT, "lain": "x"}] * 5)[0].unused == {}


def test_a_second_body_that_was_never_used_is_told() -> None:
    (shape,) = shapes(*[{"isi": TEXT, "clean_text": TEXT.lower(), "ringkasan": TEXT}] * 2)
    assert list(shape.unused) == ["clean_text"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("tanggal_crawl", Word.CRAWLED),
        ("scraped_at", Word.CRAWLED),
        ("label_date", Word.LABELLED),
        ("tanggal_input", None),
        ("kapan", None),
    ],
)
@pytest.mark.parametrize("date", ["2023-06-01", "1 Juni 2023", "2023-06-01T10:00:00Z"])
def test_a_column_that_looks_like_a_date_and_was_not_used_is_told(
    name: str, why: Word | None, date: str
) -> None:
    (shape,) = shapes(*[{"isi": TEXT, name: date}] * 2)
    assert [(one.name, one.looks, one.why) for one in shape.unused.values()] == [
        (name, "date", why)
    ]


def test_dates_of_labelled_records_are_told_with_their_reason() -> None:
    (shape,) = shapes({"isi": TEXT, "annotation_id": 1, "created_at": "2023-06-01"})
    assert shape.unused["created_at"].why is Word.LABELLED


@pytest.mark.parametrize("value", ["10", "3.5", "021-555-1234-99", "SKU 12-ab", "a", "", 20230601])
def test_numbers_and_codes_are_no_dates(value: object) -> None:
    assert shapes({"isi": TEXT, "kode": value})[0].unused == {}


def test_files_of_a_folder_with_the_same_columns_are_told_together(tmp_path: Path) -> None:
    for number in range(60):
        record = {"title": f"Judul {number}", "content": TEXT}
        if number % 3:
            record["penulis"] = "Rina"
        (tmp_path / f"{number}.json").write_bytes(json_lines(record))
    (tmp_path / "lain.jsonl").write_bytes(json_lines({"judul": "Lain", "isi": TEXT}))
    (tmp_path / "teks.txt").write_text(TEXT)
    _, report = read(tmp_path)
    found = {shape.where: (shape.files, shape.taken) for shape in report.columns.shapes}
    assert found == {
        f"{tmp_path}/*.json": (
            60,
            {"title": ("title",), "body": ("content",), "author": ("penulis",)},
        ),
        f"{tmp_path}/lain.jsonl": (1, {"title": ("judul",), "body": ("isi",)}),
    }


def test_files_whose_columns_differ_are_told_apart(tmp_path: Path) -> None:
    for name, key in (("a", "isi"), ("b", "konten"), ("c", "isi"), ("d", "konten")):
        (tmp_path / f"{name}.jsonl").write_bytes(json_lines({key: TEXT}))
    _, report = read(tmp_path)
    assert [(shape.files, shape.taken["body"]) for shape in report.columns.shapes] == [
        (2, ("isi",)),
        (2, ("konten",)),
    ]


def test_a_new_shape_late_in_a_file_is_seen() -> None:
    records = [{"isi": TEXT}] * (SAMPLED * 3)
    assert shapes(*records, {"konten": TEXT})[0].taken["body"] == ("isi", "konten")


def test_a_new_shape_late_in_a_later_file_of_known_shape_is_seen(tmp_path: Path) -> None:
    known = [{"isi": TEXT}] * (SAMPLED * 2)
    (tmp_path / "a.jsonl").write_bytes(json_lines(*known))
    (tmp_path / "b.jsonl").write_bytes(json_lines(*known, {"isi": TEXT, "judul": "J"}))
    (shape,) = read(tmp_path)[1].columns.shapes
    assert (shape.files, shape.taken) == (2, {"body": ("isi",), "title": ("judul",)})


def test_records_each_with_keys_of_their_own_cost_little() -> None:
    records = ({f"kunci {number}": TEXT, "isi": TEXT} for number in range(3000))
    _, report = read_stdin(json_lines(*records))
    assert len(report.columns.names) < 100
    assert len(report.columns.shapes) == 1


def test_names_of_the_mapping_that_no_record_had_are_told_with_those_there(tmp_path: Path) -> None:
    content = json_lines({"judul": "Satu", "isi": TEXT})
    _, report = read_file(tmp_path, "a.jsonl", content, mapping={"body": ["naskah", "isi"]})
    assert report.columns.never_met == [("body", "naskah")]
    assert list(report.columns.names) == ["judul", "isi"]


def test_a_table_is_told_by_its_header(tmp_path: Path) -> None:
    table = f'Judul Berita;Isi Berita;Komentar Ahli\nSatu;"{TEXT}";"{TEXT}"\n'
    _, report = read_file(tmp_path, "a.csv", table.encode())
    (shape,) = report.columns.shapes
    assert shape.taken == {"title": ("Judul Berita",), "body": ("Isi Berita",)}
    assert list(shape.unused) == ["Komentar Ahli"]
