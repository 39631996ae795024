"""What stands where there is no value."""

from __future__ import annotations

import pytest

from index.sources.values.placeholders import is_no_text, is_placeholder

PLACEHOLDERS = """nan|NaN|None|null|NULL|N/A|n/a|n.a.|-|--|—|undefined|[]|{}|NaT|<NA>|\\N|?
|Tidak Ditemukan
|Penulis tidak ditemukan|Tanggal Tidak Ditemukan|Nama penulis tidak ditemukan|Tidak ada
|tidak diketahui|not found|unknown|Unknown author|Author not found|No author|(kosong)
|Tidak ada penulis|Tanpa Nama|Belum ada kategori|No date available|Kategori tidak tersedia.
|penulis_tidak_ditemukan|Penulis: -|Kategori: nan|None found|n.a|0|Gagal mengambil penulis
|Failed to get author|Date not available|Tidak Disebutkan|Lokasi tidak dicantumkan"""
VALUES = """Nan|Null|Nil Maizar|Anonim|Redaksi|Tim|Admin|NA|No|Ada|Tidak|Tempo|Umum|Lain-lain|Nona
|Uncategorized|Kota Tanpa Nama Besar|Notan|Tidak Ada Logo|N. A. Tan|Tanpa Batas"""


@pytest.mark.parametrize(
    "text",
    PLACEHOLDERS.split("|"),
)
def test_no_value_is_known_as_such(text: str) -> None:
    assert is_placeholder(text.strip())


@pytest.mark.parametrize(
    "text",
    VALUES.split("|"),
)
def test_a_value_is_a_value(text: str) -> None:
    assert not is_placeholder(text.strip())


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("nan", True),
        ("Konten tidak ditemukan", True),
        ("Isi berita tidak ditemukan.", True),
        ("Judul tidak tersedia", True),
        ("No content", True),
        ("ONLY AVAILABLE IN PAID PLANS", True),
        ("Tidak Ada", False),
        ("Unknown", False),
        ("Korban tidak ditemukan", False),
        ("Isi dompet tidak ditemukan", False),
        ("Berita tidak benar", False),
        ("No pain", False),
    ],
)
def test_a_title_may_say_that_something_is_missing(text: str, none: bool) -> None:
    assert is_no_text(text) is none
