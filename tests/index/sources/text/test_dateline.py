"""Datelines: the place and the source before a report."""

from __future__ import annotations

import gzip
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.text.dateline import MOST_WORDS, _read, ordinary_capitals, read_dateline

WORDS = (
    *(
        "Jakarta",
        "JAKARTA",
        "Senin",
        "1",
        "Juni",
        "2023",
        "antara",
        "BBC",
        "News",
        "Indonesia",
        "DKI",
    ),
    *("de", "yang", "kota-kota", "’at", "Jum’at", "Den", "Haag", "Raya"),
)


@pytest.mark.parametrize(
    ("opening", "place", "source"),
    [
        ("PHNOM PENH – ", "Phnom Penh", None),
        ("JAKARTA - ", "Jakarta", None),
        ("Jakarta - ", "Jakarta", None),
        ("Denpasar — ", "Denpasar", None),
        ("BANYUWANGI–", "Banyuwangi", None),
        ("JAKARTA -- ", "Jakarta", None),
        ("DENPASAR, BALI – ", "Denpasar", None),
        ("BOGOR, Jawa Barat – ", "Bogor", None),
        ("KUALA TUNGKAL – ", "Kuala Tungkal", None),
        ("JAKARTA, Kamis (1/6/2023) – ", "Jakarta", None),
        ("Jakarta (1/6) - ", "Jakarta", None),
        ("JAKARTA, KOMPAS.com - ", "Jakarta", "KOMPAS.com"),
        ("JAKARTA, KOMPAS.com- ", "Jakarta", "KOMPAS.com"),
        ("JAKARTA, KOMPAS.com -", "Jakarta", "KOMPAS.com"),
        ("JAKARTA, KOMPAS.com --- ", "Jakarta", "KOMPAS.com"),
        ("AMBON,KOMPAS.com - ", "Ambon", "KOMPAS.com"),
        ("NEW YORK. KOMPAS.com - ", "New York", "KOMPAS.com"),
        ("LE MANS, JUARA.net - ", "Le Mans", "JUARA.net"),
        ("TERMAS DE RIO HONDO, JUARA.net - ", "Termas de Rio Hondo", "JUARA.net"),
        ("Jakarta, CNN Indonesia - - ", "Jakarta", "CNN Indonesia"),
        ("Jakarta, Republika – ", "Jakarta", "Republika"),
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
        ("Jakarta (ANTARA News) - ", "Jakarta", "ANTARA News"),
        ("Jakarta, 1/6 (ANTARA) - ", "Jakarta", "ANTARA"),
        ("Lampung Selatan (ANTARA) - ", "Lampung Selatan", "ANTARA"),
        ("Shenzhen (ANTARA/Business Wire) – ", "Shenzhen", "ANTARA/Business Wire"),
        ("JAKARTA (Pos Kota) – ", "Jakarta", "Pos Kota"),
        ("Waingapu (KABAR NUSA) - ", "Waingapu", "KABAR NUSA"),
        ("Bisnis.com, JAKARTA – ", "Jakarta", "Bisnis.com"),
        ("TEMPO.CO, Jakarta - ", "Jakarta", "TEMPO.CO"),
        ("TRIBUNNEWS.COM, AS - ", "AS", "TRIBUNNEWS.COM"),
        ("TRIBUNNEWS.CO. JAKARTA - ", "Jakarta", "TRIBUNNEWS.CO"),
        ("KONTAN.CO.ID - JAKARTA. ", "Jakarta", "KONTAN.CO.ID"),
        ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
        ("Liputan6.com, Jakarta ", "Jakarta", "Liputan6.com"),
        ("KABARNUSA.example, KUPANG – ", "Kupang", "KABARNUSA.example"),
        ("Suara.com - ", None, "Suara.com"),
        ("Merdeka.com -\n\n", None, "Merdeka.com"),
        ("KOMPAS.com–", None, "KOMPAS.com"),
        ("Rimanews – ", None, "Rimanews"),
        ("POSKOTA, JAKARTA - ", "Jakarta", "POSKOTA"),
        ("JAKARTA, POSKOTA – ", "Jakarta", "POSKOTA"),
        ("POSKOTA, JAKARTA. ", "Jakarta", "POSKOTA"),
        ("SUARA TIMUR, KUPANG - ", "Kupang", "SUARA TIMUR"),
        ("KABAR TIMUR, PRINGSEWU - ", "Pringsewu", "KABAR TIMUR"),
        ("SOLO, HARIAN SENJA - ", "Solo", "HARIAN SENJA"),
        ("RADARSENJA, SOLO - ", "Solo", "RADARSENJA"),
        ("PIKIRAN RAKYAT - ", None, "PIKIRAN RAKYAT"),
        ("BANDUNG, (PR).- ", "Bandung", "PR"),
        ("JAKARTA. ", "Jakarta", None),
        ("JAKARTA/BANDUNG - ", "Jakarta", None),
        ("JAKARTA-BANDUNG - ", "Jakarta", None),
        ("Jakarta dan Bandung - ", "Jakarta", None),
        ("Jakarta & Bandung (ANTARA) - ", "Jakarta", "ANTARA"),
        ("KEMANG, JAKARTA - ", "Kemang", None),
        ("PRINGSEWU, LAMPUNG - ", "Pringsewu", None),
        ("BANJAR-NEGARA - ", "Banjar-Negara", None),
    ],
)
def test_a_dateline_gives_place_and_source(
    opening: str, place: str | None, source: str | None
) -> None:
    dateline = read_dateline(f"{opening}Presiden meresmikan jembatan itu - yang terpanjang.")
    assert dateline is not None
    assert (dateline.place, dateline.source) == (place, source)
    assert dateline.end == len(opening)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "–",
        "JAKARTA",
        "JAKARTA –",
        "JAKARTA: Presiden tiba.",
        "JAKARTA\n- satu\n- dua",
        "Festival musik dance terbesar se - Asia digelar.",
        "TRIBUNNEWS.CO M - Arsenal kalah.",
        "Ilustrasi - Alat peraga kampanye.",
        "OPINI - Dalam konstelasi Pilkada ini.",
        "BREAKING NEWS - Gempa mengguncang.",
        "FOTO - Banjir di Demak.",
        "KPK - Polri bekerja sama.",
        "PSSI - Pelatih baru tiba.",
        "KEMENKEU – Anggaran naik.",
        "Komisi Pemberantasan Korupsi (KPK) - Polri sepakat.",
        "Kamis (1/6) - Semua libur.",
        "Jakarta-Bandung kini dua jam.",
        "TNI-Polri berjaga.",
        "GO - JEK memperluas layanan.",
        "Baru - baru ini harga naik.",
        "BARU - baru ini harga naik.",
        "Mercedes - Benz meluncurkan mobil.",
        "Laporan Wartawan Grid.ID, Kama TRIBUNNEWS.COM – Kalau kita",
        "A - Puluhan siswa terlambat.",
        "Sejak 2017 - 2018 ini, seragam tim berganti.",
        "H - 2 Lebaran, stasiun dipadati.",
        "MEDIA SOSIAL - Warga mengeluh.",
        "JAKARTA. semua libur.",
        "DKI. Anies menang.",
        "JAKARTA, RAMADAN. Semua libur.",
    ],
)
def test_a_dash_alone_makes_no_dateline(body: str) -> None:
    assert read_dateline(body) is None


@pytest.mark.parametrize(
    ("place", "ordinary"),
    [
        ("PHNOM PENH", "Phnom Penh"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("WASHINGTON DC", "Washington DC"),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("L'AQUILA", "L'Aquila"),
        ("SANA'A", "Sana'a"),
        ("AS", "AS"),
        ("Kuala Lumpur", "Kuala Lumpur"),
    ],
)
def test_a_place_gets_ordinary_capitals(place: str, ordinary: str) -> None:
    assert ordinary_capitals(place) == ordinary


@given(st.text(alphabet=st.sampled_from("AKJart.,-–() \n/1"), max_size=120))
def test_any_text_has_a_dateline_inside_it_or_none(body: str) -> None:
    dateline = read_dateline(body)
    if dateline is not None:
        assert 0 < dateline.end < len(body)
        assert dateline.place or dateline.source


def test_real_articles_have_datelines_of_few_kinds(data: Path) -> None:
    """In the archive one article in three opens with a dateline, nearly all with known sources."""
    with gzip.open(data / "news" / "articles-27k.jsonl.gz") as lines:
        bodies = [orjson.loads(line)["body"] for _, line in zip(range(6000), lines, strict=False)]
    found = [line for body in bodies if (line := read_dateline(body)) is not None]
    assert len(found) > len(bodies) // 4
    sourceless = [line for line in found if line.source is None]
    assert len(sourceless) < len(found) // 20


@given(st.lists(st.sampled_from(WORDS), min_size=MOST_WORDS + 1).map(" ".join), st.booleans())
def test_no_part_of_a_dateline_has_many_words(before: str, opening: bool) -> None:
    assert _read(before, opening) is None
