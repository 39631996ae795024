"""UTF-16 and UTF-32 to UTF-8."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import ProblemKind
from index.sources.inputs.encodings import tell_encoding, to_utf8
from tests.index.sources.archive import kinds, packed, read_file

TABLE = "judul\tisi\tsumber\r\nSatu\tHarga “garam” naik – 5% 😀\tA\r\n"
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a", "a.csv.gz"])
def test_a_table_is_read_in_every_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    content = TABLE.encode(encoding)
    [article], report = read_file(tmp_path, name, packed(content) if "gz" in name else content)
    assert (article.title, article.source) == ("Satu", "A")
    assert article.body == "Harga “garam” naik – 5% 😀"
    assert not report.kinds


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"isi": "Satu"}\n{"isi": "Dua"}\n'),
        ("a.json", '[{"isi": "Satu"}, {"isi": "Dua"}]'),
        ("a.csv", "isi\r\nSatu\r\nDua\r\n"),
    ],
)
def test_json_and_csv_are_read_in_every_encoding(
    tmp_path: Path, encoding: str, name: str, text: str
) -> None:
    articles, report = read_file(tmp_path, name, text.encode(encoding))
    assert [article.body for article in articles] == ["Satu", "Dua"]
    assert not report.kinds


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"])),
    st.sampled_from(["utf-16-le", "utf-16-be"]),
    st.integers(1, 9),
)
def test_however_the_content_is_cut_it_comes_back(text: str, encoding: str, size: int) -> None:
    whole = f"judul dan isi berita panjang{text}"
    data = f"\ufeff{whole}".encode(encoding)
    parts = [data[at : at + size] for at in range(60, len(data), size)]
    assert b"".join(to_utf8(data[:60], parts)).decode() == whole


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"isi",
        b"\xff\xfe\x01\x02\x07\x90\x03\x00\x04\x00\x05\x00",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00",
        b"judul,isi\n\x00\x00\x00\x00",
        bytes(1000),
        bytes(range(256)) * 4,
        "Kafé “Sinar” – isi".encode(),
        "Kaf\xe9".encode("cp1252"),
    ],
)
def test_what_is_not_certain_is_left(data: bytes) -> None:
    assert tell_encoding(data) == (None, 0)
    assert b"".join(to_utf8(data, [b"x"])) == data + b"x"


def test_halves_of_pairs_and_odd_bytes_are_told(tmp_path: Path) -> None:
    content = "isi\nHarga naik ".encode("utf-16") + b"\x00\xd8" + "lagi".encode("utf-16-le") + b"z"
    [article], report = read_file(tmp_path, "a.csv", content)
    assert article.body == "Harga naik \N{REPLACEMENT CHARACTER}lagi\N{REPLACEMENT CHARACTER}"
    assert kinds(report) == {ProblemKind.INVALID_UTF8: 1}


def test_xml_no_longer_says_that_it_is_utf16() -> None:
    data = '<?xml version="1.0" encoding="UTF-16"?><rss>isi</rss>'.encode("utf-16")
    assert b"".join(to_utf8(data, [])) == b'<?xml version="1.0" encoding="utf-8"?><rss>isi</rss>'
