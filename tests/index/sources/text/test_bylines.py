"""The lines between a title and its report."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.text.bylines import (
    Byline,
    is_counter,
    read_author_line,
    read_author_pair,
    read_date_line,
    read_source_line,
)


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Kamis, 1 Juni 2023 10.15 WIB", {}),
        ("31 Februari 2023", {}),
        ("Kompas.com - 19/06/2025, 09:12 WIB", {"source": "Kompas.com"}),
        ("Jakarta, 5 Mei 2023", {"place": "Jakarta"}),
        ("Liputan6.com, Jakarta, 5 Mei 2023", {"source": "Liputan6.com", "place": "Jakarta"}),
        ("Diperbarui 17 Jun 2025, 17:00 WIB", {"labelled": True}),
        ("Tayang: Kamis, 1 Juni 2023 10:15 WIB | 45 views", {"labelled": True}),
        (", Jurnalis-Senin, 16 Juni 2025 |15:20 WIB", {}),
        ("1 Juni 2023 · 3 menit baca", {}),
        ("1 Juni 2023 | Dibaca: 1.234 kali | Penulis: Rina Tan", {"author": "Rina Tan"}),
        ("Oleh Rina Tan - 1 Juni 2023", {"author": "Rina Tan"}),
        ("1 Juni 2023 | Editor: Budi", {"editor": "Budi"}),
        ("Rina Tan | 1 Juni 2023 10:15 WIB", {"author": "Rina Tan"}),
        ("Kabar Nusa - 1/6/2023, 10:15 WIB", {"source": "Kabar Nusa"}),
        (
            "Rina Tan - detikNews Kamis, 1 Jun 2023 10:15",
            {"author": "Rina Tan", "source": "detikNews"},
        ),
        ("2 jam yang lalu", {}),
        ("Thu, 01 Jun 2023 10:15:00 IST", {}),
        ("1 Juni 2023 10:15 (America/New_York)", {}),
        ("June 1, 2023 10:15 p.m. ET", {}),
    ],
)
def test_a_line_of_date_place_source_and_author(line: str, facts: dict[str, Any]) -> None:
    assert read_date_line(line) == Byline(date=line, **facts)


@pytest.mark.parametrize(
    "line",
    [
        "Jakarta, 5 Mei 2023 - Presiden membuka pasar.",
        "Pada 5 Mei 2023 warga pulang",
        "JAKARTA, 5/5/2023 - Presiden membuka pasar",
        "Jadwal Salat Jakarta 5 Mei 2023",
        "Kurs Dolar Hari Ini, Kamis 1 Juni 2023",
        "Banjir Jakarta - 5 Mei 2023",
        "Presiden berkunjung ke Bogor, 5 Mei 2023",
        "Kebakaran 2 jam yang lalu",
        "Kronologi 1 Juni 2023 pukul 10:15 WIB",
        "Peristiwa itu terjadi Kamis (1/6/2023) 10:15 WIB",
        "Tayang 1 Juni 2023 di bioskop",
        "Film Rina Tayang 1 Juni 2023",
        "Rapat 09:00 - 10:00 WIB",
        "Gedung 1/6/2023 lantai dua",
        "",
        "45 views",
    ],
)
def test_a_sentence_or_a_title_that_mentions_a_date_is_no_such_line(line: str) -> None:
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    "line", ["Timnas Menang, 19 Juni 2025 21:30 WIB", "Jadwal Sholat 19 Juni 2025 04:30 WIB"]
)
def test_a_title_with_a_date_and_a_time_is_no_name_unless_a_title_is_above_it(line: str) -> None:
    assert read_date_line(line, below=False) is None
    assert read_date_line(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        *("Rina Tan | 19 Juni 2025 21:30 WIB", "Rina Tan - 19 Juni 2025 21:30 WIB"),
        *("Rina Tan – 19 Juni 2025 21:30", "19 Juni 2025 21:30 WIB | Rina Tan"),
    ],
)
def test_a_name_that_a_line_or_a_hyphen_parts_from_the_date_is_one_anywhere(line: str) -> None:
    assert read_date_line(line, below=False) == Byline(date=line, author="Rina Tan")


@pytest.mark.parametrize(
    ("line", "author", "editor"),
    [
        ("Oleh: Rina Tan", "Rina Tan", None),
        ("Oleh Rina Tan", "Rina Tan", None),
        ("Penulis : Rina Tan", "Rina Tan", None),
        ("PENULIS: RINA TAN", "RINA TAN", None),
        ("Reporter: Rina Tan, Sari Dewi", "Rina Tan, Sari Dewi", None),
        ("Penulis: Rina Tan | Editor: Budi Raya", "Rina Tan", "Budi Raya"),
        ("Editor: Budi", None, "Budi"),
        ("Penulis: Dr. H. Rina Tan", "Dr. H. Rina Tan", None),
        ("By Rina Tan", "Rina Tan", None),
    ],
)
def test_a_line_names_an_author(line: str, author: str | None, editor: str | None) -> None:
    assert read_author_line(line) == Byline(author=author, editor=editor)


@pytest.mark.parametrize(
    "line",
    [
        "Penulis novel itu wafat",
        "Oleh karena itu warga pulang",
        "Penulis Rina Tan",
        "Editor: kami tidak tahu",
        "Penulis: Rina Tan mengatakan harga naik",
        "Oleh",
        "",
    ],
)
def test_a_line_that_goes_on_names_no_author(line: str) -> None:
    assert read_author_line(line) is None


def test_a_report_is_a_title_and_below_one_its_author() -> None:
    assert read_author_line("Laporan: Banjir Bandang", below=False) is None
    assert read_author_line("Laporan: Rina Tan") == Byline(author="Rina Tan")


def test_a_name_over_what_its_bearer_does_is_an_author() -> None:
    assert read_author_pair("Rina Tan", "Penulis") == Byline(author="Rina Tan")
    assert read_author_pair("Budi Raya", "Editor") == Byline(editor="Budi Raya")
    assert read_author_pair("Rina Tan dan Sari Dewi", "Tim Redaksi") is not None
    assert read_author_pair("Harga beras naik", "Penulis") is None
    assert read_author_pair("Rina Tan", "Oleh") is None
    assert read_author_pair("Rina Tan", "Penulis novel") is None


def test_a_known_source_may_stand_alone_or_behind_a_name() -> None:
    assert read_source_line("CNN Indonesia") == Byline(source="CNN Indonesia")
    assert read_source_line("Rina Tan - detikNews") == Byline(source="detikNews", author="Rina Tan")
    for line in ("Rina Tan", "Harga beras - Kompas.com", "Jakarta", "", "Kompas naik"):
        assert read_source_line(line) is None


def test_counters_are_known() -> None:
    assert all(map(is_counter, ["45 views", "12 komentar", "3 menit baca", "Dibaca: 1.234 kali"]))
    assert not any(map(is_counter, ["", "12 orang tewas", "3 menit kemudian", "45"]))


@given(st.text(max_size=300))
def test_any_line_is_answered(line: str) -> None:
    for read in (read_date_line, read_author_line, read_source_line):
        read(line)
    read_author_pair(line, "Penulis")
