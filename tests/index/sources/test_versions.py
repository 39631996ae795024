"""Versions of one article, and articles that share no more than a number."""

from __future__ import annotations

import pytest

from index.article import Article
from index.sources.versions import is_version

BODY = (
    "Harga beras di pasar induk naik lagi pekan ini. Pedagang menyebut pasokan dari daerah sentra"
    " berkurang sejak awal bulan, sementara permintaan menjelang hari raya terus bertambah."
)
OTHER = (
    "Tim nasional menang tipis atas tamunya berkat gol penalti di menit akhir. Pelatih memuji kerja"
    " keras para pemain muda yang baru pertama kali tampil di stadion utama."
)


def article(title: str, body: str, url: str | None = None) -> Article:
    return Article("1", title, body, url=url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article("Beras naik", BODY), article("Beras naik", BODY)),
        (article("Beras naik", BODY), article("Harga di pasar", BODY)),
        (article("Beras naik", BODY), article("Harga di pasar", f"{BODY} Tambahan baru.")),
        (article("Beras naik", BODY), article("Beras naik lagi", f"{BODY[:120]} {OTHER[:60]}")),
        (article("Beras naik", BODY, "/a"), article("Timnas menang", OTHER, "/a")),
        (article("Teh", "Teh"), article("Teh baru", "Teh baru")),
        (article("Skor 1-0", "1 0"), article("Skor 1-0", "1 0")),
    ],
)
def test_versions_of_one_article(one: Article, other: Article) -> None:
    assert is_version(one, other)
    assert is_version(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (article("Beras naik", BODY), article("Timnas menang", OTHER)),
        (article("Berita 1", BODY), article("Berita 1", OTHER)),
        (article("Pertama", "Isi berita pertama soal kopi."), article("Kedua", "Isi soal teh.")),
        (
            article("satu 1", "Berita satu nomor 1 di desa."),
            article("dua 1", "Berita dua di kota."),
        ),
        (article("Kopi", "Kopi"), article("Teh", "Teh")),
        (article("Skor 1-0", "1 0"), article("Beras", BODY)),
    ],
)
def test_articles_that_share_a_number(one: Article, other: Article) -> None:
    assert not is_version(one, other)
    assert not is_version(other, one)
