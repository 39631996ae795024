"""What the examples of the query language find in an archive that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

from index.analysis import analysis
from index.article import Article
from index.dates import WIB, local_today
from search.query.syntax.node import Node
from tests.conftest import article

ARTICLES = (
    article(1, "Kabar pasar", "Harga beras naik.", "2023-05-31", source="Antara"),
    article(2, "Kabar pasar", "Harganya perberasan naik.", "2023-06-01", category="Ekonomi"),
    article(3, "Kereta cepat tiba", "Harga tiket tetap.", "2023-06-30", source="antara"),
    article(4, "Kereta barang", "Kereta yang cepat dan kereta lambat.", "2023-07-01"),
    article(5, "Gempa di Ambon", "Warga mengungsi.", "2024-01-10", place="Ambon"),
    article(6, "Gempa di Aceh", "Warga kembali.", "2024-01-12", place="Banda Aceh"),
    article(7, "Banjir surut", "Warga memasak makanan.", author="Sari"),
    article(8, "Jalan tertutup longsor", "Relawan makan siang.", "2022-01-01", author="Sari Dewi"),
    article(10, "Rapat ditunda", "Besok.", source="antaranews.com", category="Ekonomi & Bisnis"),
    article(11, "Rapat dibuka", "Kemarin.", source="kompas.com", place="Banda"),
    article(12, "Rapat ditutup", "Hari ini.", source="nasional.kompas.com", place="Bandar Aceh"),
    article(9, "Beras setelah banjir dan longsor", "Dibagikan.", "2022-02-01", category="Hukum"),
    article(13, "Kunjungan kerja", "Presiden Joko Widodo bertemu Menteri Keuangan."),
    article(14, "Kunjungan kerja", "Presiden kita, Jokowi, pulang. Menteri Keuangan ikut."),
    article(15, "Kasus desa", "Dugaan korupsi oleh bupati diusut."),
    article(16, "Kasus desa", "Suap kepada bupati lama terungkap. Beras tetap, juga harga."),
    article(
        17, "Kasus kota", f"Korupsi diusut. {'Kota itu tenang. ' * 5} Jokowi, presiden; bupati."
    ),
    article(18, "Kabar kota", "Banjir merendam Jakarta. Penangkapan di Bandung. Kebakaran padam."),
    article(19, "Kabar kota", f"{'Kota itu tenang. ' * 30} Banjir surut. Jakarta cerah."),
    article(20, "Harga baru beras impor", "Kucing memakan ikan."),
    article(22, "Kabar kuartal", "Ekspor naik.", "2023-02-14"),
    article(
        23,
        "Sambutan gubernur",
        "Gubernur Bali menyebut Covid-19, dana Rp1,5 triliun, dan Undang-Undang Dasar pada Jumat.",
    ),
    article(24, "Vaksin tiba", "Vaksin covid19 tiba."),
    article(25, "Kabar bola", "Odegaard mencetak gol."),
    article(21, "Kabar pekan lalu", "Sidang ditunda.", str(local_today() - timedelta(days=7))),
)


def kinds(root: Node) -> Iterator[str]:
    """The names of the kinds of all nodes of a tree."""
    yield type(root).__name__
    for value in (getattr(root, field.name) for field in fields(root)):  # type: ignore[arg-type]
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield from kinds(child)


def _surfaces(text: str) -> list[str]:
    return [token.surface for token in analysis().tokens(text)]


def _stems(text: str) -> set[str]:
    return {token.stem for token in analysis().tokens(text)}


def _has(one: Article, *words: str) -> bool:
    """Whether it has all of the stems."""
    return set(words) <= _stems(f"{one.title}\n{one.body}")


def _has_in_a_row(one: Article, first: str, second: str) -> bool:
    texts = one.title, one.body
    return any((first, second) in pairwise(_surfaces(text)) for text in texts)


def _has_beginning(one: Article, letters: str) -> bool:
    return any(word.startswith(letters) for word in _surfaces(f"{one.title}\n{one.body}"))


def _is_between(one: Article, first: date, last: date) -> bool:
    return one.date is not None and first <= one.date.astimezone(WIB).date() <= last


def _places(text: str, *words: str) -> list[int]:
    """Where one of the surface forms stands in a text."""
    return [at for at, word in enumerate(_surfaces(text)) if word in words]


def _near(one: Article, distance: int, first: Sequence[str], second: str) -> bool:
    """Whether one of some words and another stand near each other."""
    return any(
        abs(here - there) <= distance
        for text in (one.title, one.body)
        for here in _places(text, *first)
        for there in _places(text, second)
    )


def _fits(one: Article, pattern: str) -> bool:
    words = _surfaces(f"{one.title}\n{one.body}")
    return any(re.fullmatch(pattern, word) for word in words)


FINDS: Mapping[str, Callable[[Article], bool]] = {
    "harga beras": lambda one: _has(one, "harga", "beras"),
    "harga di pasar": lambda one: _has(one, "harga", "pasar"),
    "siapa gubernur bali": lambda one: one.id == "a23",
    "covid 19": lambda one: one.id in {"a23", "a24"},
    "undang-undang dasar": lambda one: one.id == "a23",
    "Jum'at": lambda one: one.id == "a23",
    "Ødegaard": lambda one: one.id == "a25",
    "Rp 1,5 triliun": lambda one: one.id == "a23",
    '"kereta cepat"': lambda one: _has_in_a_row(one, "kereta", "cepat"),
    '"presiden * widodo"': lambda one: "Presiden Joko Widodo" in one.body,
    '"menteri keuang*"': lambda one: "Menteri Keuangan" in one.body,
    "=memakan": lambda one: _fits(one, "memakan"),
    "gempa -ambon": lambda one: _has(one, "gempa") and not _has(one, "ambon"),
    "gempa TANPA ambon": lambda one: _has(one, "gempa") and not _has(one, "ambon"),
    "+banjir longsor": lambda one: _has(one, "banjir", "longsor"),
    "banjir ATAU longsor": lambda one: _has(one, "banjir") or _has(one, "longsor"),
    "(banjir OR longsor) bandung": lambda one: (
        _has(one, "bandung") and (_has(one, "banjir") or _has(one, "longsor"))
    ),
    "judul:beras": lambda one: "beras" in _stems(one.title),
    "isi:beras": lambda one: "beras" in _stems(one.body),
    "awal:banjir": lambda one: "banjir" in _surfaces(one.body)[:64],
    "kalimat:(banjir jakarta)": lambda one: any(
        {"banjir", "jakarta"} <= _stems(sentence) for sentence in one.body.split(".")
    ),
    "judul:(harga beras)": lambda one: {"harga", "beras"} <= _stems(one.title),
    "sumber:antara": lambda one: one.source in {"Antara", "antara", "antaranews.com"},
    "kategori:ekonomi": lambda one: one.category in {"Ekonomi", "Ekonomi & Bisnis"},
    'tempat:"Banda Aceh"': lambda one: one.place == "Banda Aceh",
    "penulis:sari": lambda one: one.author in {"Sari", "Sari Dewi"},
    "sumber:(kompas, antara)": lambda one: (
        "kompas" in (one.source or "") or one.source in {"Antara", "antara", "antaranews.com"}
    ),
    "sumber:=kompas.com": lambda one: one.source == "kompas.com",
    "sejak:2023-06-01": lambda one: _is_between(one, date(2023, 6, 1), date.max),
    "sampai:2023-06-30": lambda one: _is_between(one, date.min, date(2023, 6, 30)),
    "tanggal:2023-06": lambda one: _is_between(one, date(2023, 6, 1), date(2023, 6, 30)),
    "tanggal:minggu lalu": lambda one: one.id == "a21",
    "tanggal:2023-01..2023-03": lambda one: one.id == "a22",
    "tanggal:tidak-ada": lambda one: one.date is None,
    '"harga beras"~5': lambda one: _near(one, 5, ["harga"], "beras"),
    "korupsi NEAR/5 bupati": lambda one: _near(one, 5, ["korupsi"], "bupati"),
    "(korupsi OR suap) DEKAT/8 bupati": lambda one: _near(one, 8, ["korupsi", "suap"], "bupati"),
    "presiden ONEAR/3 jokowi": lambda one: any(
        0 < there - here <= 3
        for here in _places(one.body, "presiden")
        for there in _places(one.body, "jokowi")
    ),
    "makan*": lambda one: _has_beginning(one, "makan"),
    "*karta": lambda one: _fits(one, ".*karta"),
    "pen*kapan": lambda one: _fits(one, "pen.*kapan"),
    "b?njir": lambda one: _fits(one, "b.njir"),
    "kebakran~": lambda one: _fits(one, "kebakaran"),
    "banjr~1": lambda one: _fits(one, "banjir"),
}
"""Of every row with help, by its query: whether it finds an article. Each finds some, not all."""
