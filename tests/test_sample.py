"""The sample articles, read with the standard library alone: varied and plainly fictional."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

SAMPLE = Path(__file__).parents[1] / "sample"
MARK = "(Artikel fiktif untuk contoh Warta.)"
FORMATS = (".txt", ".jsonl", ".json", ".csv", ".tsv")
RESERVED = (".example.com", ".example.org", ".example.net")
ADDRESS = re.compile(r"(?:https?:)?//[^\s\"',]+")
DOMAIN = re.compile(
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|id|info|news|tv|asia|example)\b", re.IGNORECASE
)

INDONESIAN = {
    "judul": "title",
    "isi": "body",
    "tanggal": "date",
    "sumber": "source",
    "kategori": "category",
    "penulis": "author",
    "tempat": "place",
    "tautan": "url",
}


class Record(NamedTuple):
    """One article: the file it stands in, its format, and its fields under English names."""

    file: str
    format: str
    fields: dict[str, str]


def _files() -> list[Path]:
    return sorted(p for p in SAMPLE.rglob("*") if p.is_file() and p.name != "README.md")


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def _format(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).suffix


def _rows(path: Path) -> list[dict[str, object]]:
    text = _text(path)
    match _format(path):
        case ".txt":
            return [{"body": text.strip()}]
        case ".jsonl":
            return [json.loads(line) for line in text.splitlines()]
        case ".json":
            whole = json.loads(text)
            return whole if isinstance(whole, list) else [whole]
        case ".csv":
            return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]
        case ".tsv":
            table = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
            return [dict(row) for row in table]
        case other:
            raise AssertionError(f"{path.name}: {other} is no format of the sample")


def _records() -> list[Record]:
    return [
        Record(
            path.name,
            _format(path),
            {INDONESIAN.get(name, name): str(value) for name, value in row.items() if value},
        )
        for path in _files()
        for row in _rows(path)
    ]


RECORDS = _records()


def test_there_are_at_least_eighty_articles() -> None:
    assert len(RECORDS) >= 80


def test_the_readme_states_their_number() -> None:
    readme = (SAMPLE / "README.md").read_text("utf-8")

    assert readme.count(f" {len(RECORDS)} ") == 2


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_present(kind: str) -> None:
    assert any(record.format == kind for record in RECORDS)


@pytest.mark.parametrize("kind", [".txt", ".jsonl", ".csv"])
def test_text_json_lines_and_csv_are_also_there_gzipped(kind: str) -> None:
    assert any(path.suffix == ".gz" and _format(path) == kind for path in _files())


def test_json_comes_as_an_array_and_as_a_single_object() -> None:
    wholes = [json.loads(_text(path)) for path in _files() if _format(path) == ".json"]

    assert {type(whole) for whole in wholes} == {list, dict}


def test_field_names_come_in_english_and_in_indonesian() -> None:
    names = {name for path in _files() if _format(path) == ".jsonl" for name in _rows(path)[0]}

    assert {"title", "body", "judul", "isi"} <= names


def test_gzipped_files_carry_no_time() -> None:
    times = [path.read_bytes()[4:8] for path in _files() if path.suffix == ".gz"]

    assert set(times) == {b"\0\0\0\0"}


def test_every_article_ends_with_the_mark_of_fiction() -> None:
    unmarked = [r.file for r in RECORDS if r.fields["body"].splitlines()[-1] != MARK]

    assert unmarked == []


def test_every_address_is_a_page_under_a_reserved_example_host() -> None:
    for record in RECORDS:
        if "url" in record.fields:
            address = urlsplit(record.fields["url"])
            assert address.scheme == "https", record.file
            assert (address.hostname or "").endswith(RESERVED), record.file
            assert address.path.strip("/"), record.file


def test_no_text_names_a_host_that_could_exist() -> None:
    for path in _files():
        for address in ADDRESS.findall(_text(path)):
            assert (urlsplit(address).hostname or "").endswith(RESERVED), path.name
        for domain in DOMAIN.findall(_text(path)):
            assert domain.lower().endswith((*RESERVED, ".example")), path.name


def test_ids_and_addresses_are_not_repeated() -> None:
    for name in ("id", "url"):
        counts = Counter(r.fields[name] for r in RECORDS if name in r.fields)
        assert [value for value, times in counts.items() if times > 1] == []


def test_every_article_is_a_short_story_of_several_paragraphs() -> None:
    for record in RECORDS:
        body = record.fields["body"].removesuffix(MARK)
        assert 80 <= len(body.split()) <= 230, body[:60]
        assert len(body.split("\n")) >= 4, body[:60]


def test_two_stories_stand_twice_under_different_sources() -> None:
    sources: dict[str, set[str]] = {}
    for record in RECORDS:
        sources.setdefault(record.fields["body"], set()).add(record.fields.get("source", ""))

    assert sorted(len(names) for names in sources.values() if len(names) > 1) == [2, 2]


@pytest.mark.parametrize(
    ("field", "least"), [("category", 7), ("source", 6), ("place", 20), ("author", 30)]
)
def test_filters_have_something_to_show(field: str, least: int) -> None:
    assert len({r.fields[field] for r in RECORDS if field in r.fields}) >= least


def test_some_articles_have_no_date() -> None:
    undated = [r for r in RECORDS if r.format != ".txt" and "date" not in r.fields]

    assert 0 < len(undated) < 10
