"""Tokens, stems and the analyzers around them."""

from __future__ import annotations

import pickle
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import (
    ExactAnalyzer,
    FoldedAnalyzer,
    StemAnalyzer,
    explain,
    fold,
    fold_value,
    spans,
    stem,
    surfaces,
)
from index.analysis.tokenizer import MAX_TERM_CHARACTERS

TEXTS = st.text() | st.text("aAbBéİıß1.,'’-_ \n\u0301", max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harga beras naik", ["harga", "beras", "naik"]),
        ("selesai.Namun ia pergi", ["selesai", "namun", "ia", "pergi"]),
        ("kata-kata", ["kata", "kata"]),
        ("COVID-19 di G20", ["covid", "19", "di", "g20"]),
        ("Rp1.250,5 pukul 10.15", ["rp1", "250,5", "pukul", "10.15"]),
        ("5,4 dan 1.000.", ["5,4", "dan", "1.000"]),
        ("Jum’at Jum'at", ["jum'at", "jum'at"]),
        ("'dikutip'", ["dikutip"]),
        ("cafe\u0301", ["café"]),
        ("___ --- ...", []),
    ],
)
def test_a_text_has_these_surface_forms(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@given(TEXTS)
def test_every_surface_form_is_the_folded_text_at_its_span(text: str) -> None:
    for (start, end), surface in zip(spans(text), surfaces(text), strict=True):
        assert fold(text[start:end])[:MAX_TERM_CHARACTERS] == surface


@given(TEXTS)
def test_spans_ascend_without_overlap(text: str) -> None:
    last = 0
    for start, end in spans(text):
        assert last <= start < end <= len(text)
        last = end


@given(st.text("abcéöẹ \u0301\u0308", max_size=30))
def test_surface_forms_are_the_same_in_both_normal_forms(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert surfaces(unicodedata.normalize("NFD", composed)) == surfaces(composed)


@given(TEXTS)
def test_both_analyzers_give_one_term_at_every_position(text: str) -> None:
    stems = [(t.pos, t.text) for t in StemAnalyzer()(text, positions=True)]
    exact = [(t.pos, t.text) for t in ExactAnalyzer()(text, positions=True)]
    assert [position for position, _ in stems] == list(range(len(stems)))
    assert [position for position, _ in exact] == list(range(len(stems)))
    assert [stem(surface) for _, surface in exact] == [term for _, term in stems]


@given(TEXTS)
def test_analyzers_give_the_same_after_pickling(text: str) -> None:
    for analyzer in (StemAnalyzer(), ExactAnalyzer(), FoldedAnalyzer()):
        copy = pickle.loads(pickle.dumps(analyzer))
        assert [t.text for t in copy(text)] == [t.text for t in analyzer(text)]


def test_a_pickled_analyzer_is_a_name_and_a_version() -> None:
    assert len(pickle.dumps(StemAnalyzer())) < 150


def test_character_offsets_are_those_of_the_text() -> None:
    text = "Kata – “kata-kata” itu"
    tokens = [(t.startchar, t.endchar) for t in StemAnalyzer()(text, chars=True)]
    assert tokens == spans(text)


def test_stems_are_those_of_snowball(data: Path) -> None:
    words = (data / "stemming/snowball_voc.txt").read_text("utf-8").split()
    expected = (data / "stemming/snowball_output.txt").read_text("utf-8").split()
    assert [stem(word) for word in words] == expected


def test_stemming_is_safe_under_threads() -> None:
    words = [f"me{letter}baca{number}kan" for letter in "abcde" for number in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(stem, words * 2))
    assert found[: len(words)] == found[len(words) :] == [stem(word) for word in words]


def test_explain_shows_every_token_with_its_rule() -> None:
    first, second = explain("Penangkapan rusia")
    assert (first.text, first.surface, first.stem, first.rule) == (
        "Penangkapan",
        "penangkapan",
        stem("penangkapan"),
        "snowball",
    )
    assert (second.start, second.end, second.position, second.rule) == (12, 17, 1, "unchanged")


def test_facet_values_compare_without_case_and_spacing() -> None:
    assert fold_value("  CNN   Indonesia ") == fold_value("cnn indonesia")
