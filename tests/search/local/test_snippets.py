"""Marked texts and snippets."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from search.local.marks import mark, to_html, wanted
from search.local.snippets import WIDTH, snippet
from search.query import parse

TEXTS = st.text() | st.lists(
    st.sampled_from(["beras", "Harga", "<mark>", "&amp;", ".", "\n", "kata-kata", "x" * 90, "“"])
).map(" ".join)


def marked(query: str, text: str) -> str:
    return to_html(mark(text, wanted(parse(query).root), analysis()))


def shown(query: str, text: str) -> str:
    return snippet(mark(text, wanted(parse(query).root), analysis()))


@given(TEXTS, st.sampled_from(["beras harga", '"harga beras"', "be*", "mark", ""]))
def test_html_without_its_marks_is_the_text(text: str, query: str) -> None:
    assert unescape(re.sub("</?mark>", "", marked(query, text))) == text


@given(TEXTS, st.sampled_from(["beras harga", '"kata kata"', "x* mark", ""]))
def test_a_snippet_is_short_inert_and_from_the_text(text: str, query: str) -> None:
    html = shown(query, text)
    plain = re.sub("</?mark>", "", html)
    assert "<" not in plain
    inner = " ".join(unescape(plain).removeprefix("… ").removesuffix(" …").split())
    assert inner in " ".join(text.split())
    assert len(unescape(plain)) <= WIDTH + 4


def test_forms_of_a_stem_are_marked_and_exact_phrases_only_in_place() -> None:
    assert marked("berjalan", "dia jalankan itu") == "dia <mark>jalankan</mark> itu"
    assert marked('"a b"', "b a b c a") == "b <mark>a</mark> <mark>b</mark> c a"
    assert marked("satu -dua", "satu dua") == "<mark>satu</mark> dua"


def test_a_snippet_shows_the_place_with_most_different_words() -> None:
    filler = "lorem ipsum dolor sit amet " * 30
    text = f"beras beras beras. {filler} harga beras naik. {filler}"
    assert "<mark>harga</mark> <mark>beras</mark> naik" in shown("harga beras", text)


def test_a_snippet_without_matches_is_the_beginning() -> None:
    text = "Kalimat pertama. " + "kata " * 200
    assert shown("tiada", text).startswith("Kalimat pertama. kata")
    assert shown("tiada", text).endswith(" …")


def test_a_huge_word_is_cut() -> None:
    assert len(shown("a*", "a" * 1_000_000)) < 2 * WIDTH
