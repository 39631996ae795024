"""Marks of patterns, of fuzzy words and of what stands together."""

from __future__ import annotations

import re
import sys
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import TextAnalysis, Token, analysis
from search.limits import LONGEST_CHUNK
from search.marking import Marker, Work, sought
from search.marking.headlines import marked_title
from search.marking.marks import mark
from search.marking.patterns import fits
from search.marking.snippets import snippet, to_html
from search.marking.work import MARKING_WORK
from search.query.syntax.boolean import AllOf, AnyOf
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import (
    FieldMarks,
    Marked,
    NearMarks,
    Node,
    OpeningMarks,
    Piece,
    RunMarks,
    SentenceMarks,
)
from search.query.syntax.pattern import Fuzzy, Pattern, PatternPhrase
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from tests.index.analysis.witness import witness
from tests.search.marking import placed_twin

WORDS = (
    *("a", "b", "ab", "abc", "beras", "berass", "breas", "harga", "hargai", "A", "bersama"),
    *("50kg", "beras-beras", "selesai.Beras", "éa", "bérás", "Jum’at", "B-20", "berasharga"),
)
GAPS = (*(" ",) * 5, ". ", ".\n\n", ", ", " x ", " x y z ", " " + "dua tiga " * 12)
STEMS = ("a", "b", "beras", "harga", "jumat")
SURFACES = ("a", "b", "ab", "beras", "harga", "beras-beras", "bérás")

words = st.sampled_from(SURFACES)
leaves = st.one_of(
    st.builds(Marked, stems=st.frozensets(st.sampled_from(STEMS), min_size=1, max_size=2)),
    st.builds(Marked, prefixes=st.tuples(st.sampled_from(["a", "ber", "harg", "é"]))),
    st.builds(Marked, phrases=st.tuples(st.tuples(words) | st.tuples(words, words))),
    st.builds(Marked, runs=st.tuples(st.tuples(st.sampled_from(STEMS), st.sampled_from(STEMS)))),
    st.builds(
        Marked,
        patterns=st.tuples(
            st.sampled_from(
                ["*era*", "b?r*", "*a", "?", "??", "a*", "*b*", "h*g*", "*é*", "50", "*"]
            )
        ),
    ),
    st.builds(
        Marked,
        fuzzy=st.tuples(
            st.tuples(st.sampled_from(["beras", "harga", "ab", "bersama"]), st.integers(1, 2))
        ),
    ),
    st.just(Marked(pieces=(Piece("berasharga", 5, 10, "harga"),), stems=frozenset({"harga"}))),
)


def _placed(parts: st.SearchStrategy[Marked]) -> st.SearchStrategy[Marked]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    offsets = st.sampled_from([(0, 1), (0, 2)])
    ways = st.one_of(
        st.builds(NearMarks, several, st.integers(0, 6), st.booleans()),
        st.builds(
            RunMarks,
            st.tuples(
                *[st.builds(Marked, patterns=st.tuples(st.sampled_from(["b*", "*a", "x"])))] * 2
            ),
            offsets,
        ),
        st.builds(OpeningMarks, parts, st.integers(1, 12)),
        st.builds(FieldMarks, parts, st.sampled_from(["title", "body"])),
        st.builds(SentenceMarks, several),
    )
    return st.builds(
        lambda one, other: Marked(spans=(one,)) | other, ways, st.just(Marked()) | parts
    )


wanted = st.recursive(leaves, _placed, max_leaves=5)
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=3, max_size=10
).map(lambda pairs: "".join(word + gap for word, gap in pairs))


def found(text: str, marked: Marked, *, title: bool = False) -> list[tuple[int, int]]:
    work = Work(sys.maxsize)
    shown = mark(text, sought(marked, analysis()), work, title=title)
    assert not work.partial
    return [(start, end) for start, end, _ in shown.marks]


@settings(max_examples=120, deadline=None)
@given(texts, wanted, st.booleans())
def test_what_is_marked_is_what_takes_part_in_a_match(
    text: str, marked: Marked, title: bool
) -> None:
    assert found(text, marked, title=title) == placed_twin.marks(
        text, marked, witness(), body=not title
    )


@settings(max_examples=25, deadline=None)
@given(texts, st.integers(4_080, 4_100), texts, wanted)
def test_what_is_far_from_the_beginning_is_found_the_same(
    before: str, characters: int, behind: str, marked: Marked
) -> None:
    text = before + ("lorem " * characters)[:characters] + " " + behind
    assert found(text, marked) == placed_twin.marks(text, marked, witness(), body=True)


@settings(max_examples=50, deadline=None)
@given(st.text("abc", min_size=2, max_size=9), st.integers(0, 3), st.data())
def test_fuzzy_words_are_found_by_their_traces(
    surface: str, distance: int, data: st.DataObject
) -> None:
    text = data.draw(st.lists(st.text("abcé", max_size=9), max_size=20).map(" ".join))
    letters = list(surface)
    for _ in range(distance):
        at = data.draw(st.integers(0, max(0, len(letters) - 2)))
        letters[at : at + 2] = letters[at : at + 2][::-1]
    text += " " + "".join(letters)
    marked = Marked(fuzzy=((surface, distance),))
    assert found(text, marked) == placed_twin.marks(text, marked, witness(), body=True)


@given(st.text("ab*?", min_size=1, max_size=9), st.text("ab", max_size=9))
def test_a_pattern_fits_as_by_trying_all(pattern: str, word: str) -> None:
    assert bool(fits(pattern)(word)) == placed_twin.fits(pattern, word)


def word(text: str) -> Word:
    return Word(text, analysis().stem(text))


def phrase(*surfaces: str) -> Phrase:
    return Phrase(surfaces)


NEAR = Near((word("korupsi"), word("bupati")), 5)
SHOWN: dict[str, tuple[Node, str, str]] = {
    "near": (
        NEAR,
        "korupsi di desa ini, korupsi si bupati. Bupati itu lain sekali dari semua bupati",
        "korupsi di desa ini, <korupsi> si <bupati>. <Bupati> itu lain sekali dari semua bupati",
    ),
    "too far": (NEAR, "korupsi 1 2 3 4 5 bupati", "korupsi 1 2 3 4 5 bupati"),
    "as far as may be": (NEAR, "korupsi 1 2 3 4 bupati", "<korupsi> 1 2 3 4 <bupati>"),
    "one alone": (NEAR, "korupsi korupsi", "korupsi korupsi"),
    "the same twice": (Near((word("a"), word("a")), 2), "a b c a d a", "a b c <a> d <a>"),
    "in their order": (
        Near((word("a"), word("b")), 2, ordered=True),
        "b a x b a",
        "b <a> x <b> a",
    ),
    "one of several": (
        Near((AnyOf((word("korupsi"), word("suap"))), word("bupati")), 2),
        "suap bupati x x x korupsi x x bupati korupsi",
        "<suap> <bupati> x x x korupsi x x <bupati> <korupsi>",
    ),
    "near what is near": (
        Near((Near((word("a"), word("b")), 2), word("c")), 2),
        "a x b x c x x x x a b",
        "<a> x <b> x <c> x x x x a b",
    ),
    "a phrase near a word": (
        Near((phrase("menteri", "keuangan"), word("apbn")), 2),
        "menteri keuangan dan apbn, menteri itu",
        "<menteri> <keuangan> dan <apbn>, menteri itu",
    ),
    "plain words beside": (
        AllOf((word("jakarta"), NEAR)),
        "jakarta x korupsi bupati x x x x x x korupsi x jakarta",
        "<jakarta> x <korupsi> <bupati> x x x x x x korupsi x <jakarta>",
    ),
    "a gap": (
        PatternPhrase(("presiden", "*", "wid*")),
        "presiden joko widodo, presiden widodo",
        "<presiden> joko <widodo>, presiden widodo",
    ),
    "a number with a unit is two words": (
        PatternPhrase(("seberat", "*", "*", "beras")),
        "seberat 50kg beras, seberat satu beras",
        "<seberat> 50kg <beras>, seberat satu beras",
    ),
    "a pattern": (Pattern("pen*kapan"), "Penangkapan pangkapan", "<Penangkapan> pangkapan"),
    "a letter": (Pattern("b?njir"), "banjir bnjir", "<banjir> bnjir"),
    "fuzzy": (Fuzzy("kebakran", 1), "Kebakaran kebakrna kebakar", "<Kebakaran> <kebakrna> kebakar"),
    "neighbours exchanged in the middle": (Fuzzy("bendungan", 1), "benudngan", "<benudngan>"),
    "in nobody's way": (
        Near((Near((phrase("a", "b"), phrase("b", "a")), 4), word("c")), 4),
        "a b a c",
        "a b a c",
    ),
    "a phrase in two sentences is in none": (
        InSentence((phrase("desa", "kita"), word("sawah"))),
        "sawah desa. Kita sawah. Sawah desa kita",
        "sawah desa. Kita sawah. <Sawah> <desa> <kita>",
    ),
    "escaped": (Pattern("*ij*"), "<b>&biji</b>", "&lt;b&gt;&amp;<biji>&lt;/b&gt;"),
}


@pytest.mark.parametrize(("node", "text", "shown"), SHOWN.values(), ids=SHOWN)
def test_what_is_shown(node: Node, text: str, shown: str) -> None:
    html = Marker(sought(node.marked(), analysis())).html(text)
    assert html.replace("<mark>", "<").replace("</mark>", ">") == shown


def test_an_opening_has_64_words_and_is_of_a_body() -> None:
    marked = sought(Opening(word("a")).marked(), analysis())
    text = "x " * 61 + "1.250,5 a. A a"
    assert Marker(marked).html(text).count("<mark>") == 2
    assert Marker(marked).html(text, title=True) == text
    assert marked_title(text, marked, Work()) == text


def test_titles_are_marked_by_what_stands_together_in_them() -> None:
    marked = sought(NEAR.marked(), analysis())
    title = "Korupsi & bupati"
    assert marked_title(title, marked, Work()) == "<mark>Korupsi</mark> &amp; <mark>bupati</mark>"
    assert Marker(marked).html("korupsi saja") == "korupsi saja"


def test_a_snippet_shows_both_words_where_they_are_near() -> None:
    filler = "lorem ipsum dolor sit amet " * 30
    text = (
        f"jakarta suap. {filler} korupsi kota jakarta {'x ' * 60} suap bupati. {filler}"
        f" korupsi para bupati ini. {filler} jakarta, suap dan suap"
    )
    node = AllOf((word("jakarta"), word("suap"), Near((word("korupsi"), word("bupati")), 2)))
    shown = snippet(mark(text, sought(node.marked(), analysis()), Work()))
    assert "<mark>korupsi</mark> para <mark>bupati</mark>" in shown


def one_of(*stems: str) -> Marked:
    return Marked(stems=frozenset(stems))


PAIR = Marked(spans=(NearMarks((one_of("a"), one_of("b")), 50, ordered=False),))
HARD = {
    "near": PAIR,
    "eight of one kind": Marked(spans=(NearMarks((one_of("a", "b", "beras"),) * 8, 60, False),)),
    "thirty in order": Marked(spans=(NearMarks((one_of("a", "b"),) * 30, 60, True),)),
    "near what is near": Marked(spans=(NearMarks((PAIR, one_of("a", "beras")), 50, False),)),
    "sentences in sentences": Marked(
        spans=(SentenceMarks((Marked(spans=(SentenceMarks((one_of("a", "beras"),) * 6),)),)),)
    ),
    "stars": Marked(patterns=("*a*b*c*d*e*", "*a" * 200 + "*x", "?????")),
    "fuzzy": Marked(fuzzy=(("kpk", 2), ("beras", 2), ("a" * 400, 2))),
}
QUICK = ("near", "near what is near", "stars")
LONG = {
    "words": "beras " * 100_000,
    "letters": "a b " * 50_000,
    "a chunk without an end": "a" * 5_000_000,
    "long chunks": ("a" * LONGEST_CHUNK + " ") * 40,
    "one sentence": "Harga beras a, kata menteri itu " * 6_000,
    "sentences": "a.\n" * 60_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(marked, id=name, marks=() if name in QUICK else pytest.mark.long)
        for name, marked in HARD.items()
    ],
)
def test_hard_texts_cost_no_more_than_allowed(
    marked: Marked, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    chunk = TextAnalysis.chunk

    def counted(how: TextAnalysis, text: str) -> tuple[Token, ...]:
        looked.append(len(text))
        return chunk(how, text)

    monkeypatch.setattr(TextAnalysis, "chunk", counted)
    marker = Marker(sought(marked, analysis()))
    html = marker.html(text)
    assert unescape(re.sub("</?mark>", "", html)) == text
    assert len(looked) <= MARKING_WORK
    assert max(looked, default=0) <= LONGEST_CHUNK
    assert marker.work.left > -MARKING_WORK


@settings(max_examples=40, deadline=None)
@given(texts, wanted, st.integers(0, 300))
def test_what_is_cut_short_marks_nothing_that_the_whole_does_not(
    text: str, marked: Marked, units: int
) -> None:
    work = Work(units)
    some = mark(text, sought(marked, analysis()), work)
    every = mark(text, sought(marked, analysis()), Work(sys.maxsize))
    bounds = {(start, end) for start, end, _ in every.marks}
    assert {
        one[:2] for one in some.marks if not any(a <= one[0] and one[1] <= b for a, b in bounds)
    } == set()
    assert work.partial or some == every
    assert to_html(some).count("<mark>") == len(some.marks)
