"""Marked texts and snippets."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from html import unescape
from pathlib import Path

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, UserWords, analysis
from search.limits import LONGEST_CHUNK
from search.marking import Work, sought
from search.marking.marks import mark
from search.marking.snippets import WIDTH, headline, snippet, to_html
from search.question import parsed, understood
from tests.conftest import LONG
from tests.index.analysis.test_text import texts
from tests.index.analysis.witness import witness
from tests.search.marking import brute_force

TEXTS = st.text() | st.lists(
    st.sampled_from(["beras", "Harga", "<mark>", "&amp;", ".", "\n", "kata-kata", "x" * 90, "“"])
).map(" ".join)


def marked(query: str, text: str) -> str:
    return to_html(
        mark(
            text,
            sought(understood(parsed(query, analysis()), analysis()).marked, analysis()),
            Work(),
        )
    )


def shown(query: str, text: str) -> str:
    return snippet(
        mark(
            text,
            sought(understood(parsed(query, analysis()), analysis()).marked, analysis()),
            Work(),
        )
    )


WORDS = (
    *("memukul", "pukul", "Pemukulan", "dipukul-pukul", "mukul", "tani", "penani", "pertanian"),
    *("menyapu", "sapu", "mengarang", "karang", "dia", "di", "belajar", "ajar", "risiko", "resiko"),
    *("Rp2,5", "1.250", "1250", "anak2", "B-20", "b20", "K.H.", "kh", "e-KTP", "ektp", "a", "5"),
    *(
        "be\u00adras",
        "bera\u0301s",
        "beras",
        "İberas",
        "Jum’at",
        "jumat",
        "café",
        "cafe",
        "harga.Beras",
    ),
    *(
        "Indonesianya",
        "x" * 120,
        "x" * 90,
        "beras,harga",
        "\ud800",
        "中文",
        "中“文”",
        "الرئيس",
        "a_b",
    ),
)
HOSTILE = (
    st.lists(st.sampled_from(WORDS)).map(" ".join)
    | st.lists(st.sampled_from([*WORDS, " ", "\n", "-", ".", "“", "<b>", "&", "\u3000"])).map(
        "".join
    )
    | st.text(st.characters(categories=["Cs", "Ll", "Lu", "Mn", "Po", "Zs"]))
    | texts
)
QUERIES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map('"{}" x'.format),
    st.sampled_from(WORDS).map(lambda word: f"{word[:3]}*"),
    st.sampled_from(["", "-beras", "beras -harga", 'be* "beras harga" harga', "yang di"]),
)
SYNONYMS = analysis(
    UserWords(protected=frozenset(("memukul",)), synonyms=(("beras", "padi", "harga beras"),))
)


def same_as_by_all_tokens(query: str, text: str, how: TextAnalysis) -> None:
    wanted = understood(parsed(query, how), how).marked
    some, every = (
        mark(text, sought(wanted, how), Work(sys.maxsize)),
        brute_force.mark(text, wanted, witness(how.words)),
    )
    assert to_html(some) == brute_force.to_html(every)
    assert headline(some) == brute_force.headline(every)
    assert snippet(some) == brute_force.snippet(every)
    assert snippet(some, 20) == brute_force.snippet(every, 20)


@given(QUERIES, HOSTILE, st.sampled_from([analysis(), SYNONYMS]))
@example("中", "“中", analysis())
@example("beras", "İ" * 20 + " beras" + " lain" * 9, analysis())
@example('"a b c"', "a b a b.c d a\nb\nc", analysis())
def test_making_few_tokens_shows_what_making_all_does(
    query: str, text: str, how: TextAnalysis
) -> None:
    same_as_by_all_tokens(query, text, how)


@given(HOSTILE, st.data())
def test_words_and_phrases_of_a_text_are_found_in_it(text: str, data: st.DataObject) -> None:
    tokens = analysis().tokens(text)
    at = data.draw(st.integers(0, len(tokens)))
    some = tokens[at : at + data.draw(st.integers(1, 4))]
    written = text[some[0].start : some[-1].end] if some else ""
    for query in (written, f'"{written}"'):
        same_as_by_all_tokens(query[:500], text, analysis())


@pytest.mark.parametrize(
    "pattern",
    ["beras harga ", "beras.", "a ", "beras\n", "x", "中", "\ud800a ", "be\u00adras’", "<&"],
)
def test_long_texts_of_one_kind(pattern: str) -> None:
    text = (pattern * LONGEST_CHUNK)[:LONGEST_CHUNK]
    for query in ("beras", '"beras harga beras"', "a be*"):
        same_as_by_all_tokens(query, text, analysis())


def test_one_character_is_longer_in_lower_case() -> None:
    """What places of traces rest upon."""
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if len(c.lower()) != 1] == ["İ"]


def test_real_queries_on_real_articles(data: Path) -> None:
    queries: list[str] = orjson.loads((data / "news/user-queries.json").read_bytes())
    queries = queries if LONG else queries[::4]
    lines = (data / "news/articles-1k.jsonl").read_bytes().splitlines()
    articles = [(row["title"], row["body"]) for row in map(orjson.loads, lines)]
    having: dict[str, list[int]] = defaultdict(list)
    for number, (_, body) in enumerate(articles):
        for word in set(body.lower().split()):
            having[word].append(number)
    how = analysis()
    for query in queries:
        words = query.split()
        for number in {number for word in words for number in having[word][:2]}:
            for written in (query, f'"{query}"', " ".join(f"{word[:4]}*" for word in words)):
                for text in articles[number]:
                    same_as_by_all_tokens(written, text, how)


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
