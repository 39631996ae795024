"""Which headlines are read as words when they are searched for."""

from __future__ import annotations

import pytest

from index.analysis import analysis
from search.local.completing.headlines import _is_plain

PLAIN = (
    "Apa itu banjir rob?", "Kata Jubir: Naik 5,2%!", "Harga Rp16.000/gram (15/8)",
    "Ma\u2019ruf Amin",
    'Konser "Indonesia Maju" digelar', "BPJS Naik", "Hotel bintang 5*", "Shin Tae-yong pulang",
)  # fmt: skip
OTHERS = (
    "Rumah DEKAT Pasar", "RUMAH DEKAT PASAR TERBAKAR", "Siapa near 5 jakarta", "a ADJ b",
    "Beras NOT jagung", "Hujan OR panas", "Beras -jagung", "judul:beras naik", "intitle: beras",
    "Harga wh?t naik", "pem* naik", "Bola w/3 gol", "beras~ naik", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"), [(one, True) for one in PLAIN] + [(one, False) for one in OTHERS]
)
def test_headlines_with_operators_fields_or_patterns_are_not_plain(text: str, plain: bool) -> None:
    assert _is_plain(text, analysis()) == plain
