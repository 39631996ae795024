"""Of names of which the first word alone is excluded, that is told once."""

from __future__ import annotations

import pytest

from search.query.parse import parse


def _told(query: str) -> list[tuple[int | None, str, str]]:
    return [
        (one.position, one.facts["name"], one.facts["excluded"])
        for one in parse(query).notes
        if one.code == "excludes-part"
    ]


@pytest.mark.parametrize(
    ("query", "position", "name", "excluded"),
    [
        ("gempa -Maluku Tengah", 6, "Maluku Tengah", "Maluku"),
        ("gempa TANPA Joko Widodo.", 6, "Joko Widodo", "Joko"),
        ("gempa -Maluku Tengah, Ambon", 6, "Maluku Tengah", "Maluku"),
        ("gempa -Maluku Tengah! Warga", 6, "Maluku Tengah", "Maluku"),
        ("gempa -Kab. Seram Barat", 6, "Kab. Seram Barat", "Kab"),
        ("-Kabupaten Seram Bagian Barat", 0, "Kabupaten Seram Bagian Barat", "Kabupaten"),
        ("-PT Bank Rakyat Indonesia Tbk", 0, "PT Bank Rakyat Indonesia Tbk", "PT"),
        ("-judul:Maluku Tengah", 0, "judul:Maluku Tengah", "judul:Maluku"),
        ("judul:(gempa -Maluku Tengah)", 13, "Maluku Tengah", "Maluku"),
        (
            "-Maluku Tengah -Seram Barat -Maluku Tengah",
            0,
            "Maluku Tengah, Seram Barat",
            "Maluku, Seram",
        ),
    ],
)
def test_a_name_is_told_as_it_was_typed(
    query: str, position: int, name: str, excluded: str
) -> None:
    assert _told(query) == [(position, name, excluded)]


@pytest.mark.parametrize(
    "query",
    [
        "gempa -Maluku tengah",
        "gempa -maluku Tengah",
        "GEMPA -MALUKU TENGAH",
        "gempa -Ambon! Warga Panik",
        "gempa -Maluku. Tengah",
        "gempa -Maluku; Tengah",
        "gempa -Ma* Tengah",
        "gempa -Maluku~ Tengah",
        "gempa -Ambon XOR Maluku",
        "gempa -Maluku Tengah^3",
        "gempa -Maluku NEAR/3 Tengah",
        "gempa -Maluku AND Tengah",
        'gempa -"Maluku Tengah" Ambon',
        "gempa -(Maluku Tengah) Ambon",
        "banjir -Gempa Guncang Maluku Tengah Warga Panik",
        "-(gempa -Maluku Tengah)",
        "tempat:(-Maluku Tengah)",
        "kategori:(Olahraga -Sepak Bola)",
        "gempa -sumber:CNN Indonesia",
        "gempa -subject:Maluku Tengah",
        "Satu -Satu Dua",
    ],
)
def test_of_what_may_be_no_such_name_nothing_is_said(query: str) -> None:
    assert _told(query) == []
