"""Where sentences begin."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from index.analysis import analysis
from index.analysis.sentences import sentence_breaks, sentence_starts
from tests.index.analysis.test_text import texts

WRITTEN = {
    "a full stop": "Harga naik. | Beras mahal.",
    "a question, a call, three dots": "Apa? | Ya! | Begitu... | Lalu… | Dia",
    "a number begins": "Harga naik. | 12 orang datang",
    "a number ends": "Itu terjadi pada 2017. | Dia pergi",
    "a quotation begins": 'Harga naik. | "kata dia',
    "a typographic quotation": "Harga naik. | “kata dia",
    "a quotation ends": '"Harga naik." | Dia pergi. | ‘Ya.’ | Lalu',
    "a bracket ends": "Senin (27/3). | Dia (kemarin.) | Lalu",
    "a small letter goes on": "Ini e.g. begini dan dll. itu",
    "a paragraph": "Judul\n\n | beras\n \n | Harga.\n\n | dia",
    "a line is no paragraph": "harga\nBeras",
    "the address of a paper": "KOMPAS.com - Harga di Detik.com naik",
    "numbers with signs": "Rp 1.250,5 dan 12.30 WIB serta Rp 1. 500",
    "initials": "A. Yani, K.H. Ma'ruf, Soekarno S.H. Dia",
    "titles": "Prof. Dr. Ir. Budi dan Jl. Sudirman No. 5 oleh dr. Ani",
    "ranks": "Kombes. Argo, Letjen. Doni",
    "an item behind a sentence": "Enak. | 1. Jus buah. | 2. Apel",
    "an abbreviation that ends": "Vitamin, zat besi dll. | Manfaatnya",
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_sentences_begin_where_they_are_parted(written: str) -> None:
    text, breaks = "", []
    for number, part in enumerate(written.split("| ")):
        breaks += [len(text)] if number else []
        text += part
    assert sentence_breaks(text) == breaks


def test_starts_are_positions_of_tokens() -> None:
    text = "Harga 50kg naik. ... \n\n Beras mahal. -"
    assert sentence_starts(text, analysis().tokens(text)) == [0, 4]
    assert sentence_starts("", []) == []


@given(texts)
def test_breaks_ascend_and_part_no_token(text: str) -> None:
    breaks = sentence_breaks(text)
    tokens = analysis().tokens(text)
    assert breaks == sorted(set(breaks))
    assert not any(token.start < at < token.end for at in breaks for token in tokens)
    assert sentence_starts(text, tokens)[:1] == [0] * bool(tokens)


@pytest.mark.parametrize("pattern", [".", '."', ". ", "\n ", "a.\n", '. "', ".  \n", "A. "])
def test_time_is_linear(pattern: str) -> None:
    def seconds(size: int) -> float:
        text = pattern * (size // len(pattern))
        started = time.process_time()
        sentence_breaks(text)
        return time.process_time() - started

    seconds(1_000)
    assert seconds(400_000) < 100 * max(seconds(20_000), 0.001)
