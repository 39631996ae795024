"""Tokens become text as it is written."""

from __future__ import annotations

import pytest

from index.sources.values.tokens import are_tokens, join_tokens


@pytest.mark.parametrize(
    "text",
    [
        "Jakarta , CNN Indonesia - - Timnas menang . | Jakarta, CNN Indonesia -- Timnas menang.",
        '" Kami senang , " kata pelatih . | "Kami senang," kata pelatih.',
        'Ia bilang " ya " dan " tidak " . | Ia bilang "ya" dan "tidak".',
        "`` Kami senang '' | \"Kami senang\"",
        "“ Kami senang , ” kata dia | “Kami senang,” kata dia",
        "Jum ' at | Jum'at",
        "Kamis ( 1 / 6 / 2023 ) malam | Kamis (1/6/2023) malam",
        "Rp 1 . 250 . 000 | Rp 1.250.000",
        "naik 2 , 5 persen | naik 2,5 persen",
        "pada 1 , 2 dan 3 | pada 1, 2 dan 3",
        "naik 50 % ! | naik 50%!",
        "pukul 10 . 15 WIB | pukul 10.15 WIB",
        "pukul 10 : 15 | pukul 10:15",
        "skor 2 - 1 | skor 2-1",
        "anak - anak | anak-anak",
        "ke - 2 | ke-2",
        "Kompas . com | Kompas.com",
        "Benarkah ? Ya ; tentu : ini . . . | Benarkah? Ya; tentu: ini...",
        "# banjir @ rina | #banjir @rina",
        "-LRB- ANT -RRB- | (ANT)",
        "rumah -nya | rumah-nya",
    ],
)
def test_tokens_are_joined_as_text_is_written(text: str) -> None:
    tokens, written = text.split(" | ")
    assert join_tokens(tokens.split()) == written


def test_paragraphs_of_one_word_are_no_tokens() -> None:
    assert not are_tokens(["Satu", "Dua", "Tiga", "Empat"])
    assert not are_tokens(["Satu dua", ".", ".", "."])
    assert are_tokens(["Satu", "dua", "tiga", "."])
