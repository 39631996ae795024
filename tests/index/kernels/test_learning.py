"""The compiled rules give the terms of chunks that ``TextAnalysis`` gives, or leave them to it."""

from __future__ import annotations

from random import Random
from string import ascii_letters, digits
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, UserWords
from index.analysis.compounds import ENDINGS, ENDINGS_OF_AFFIXED, PREFIXES_OF_DOUBLED
from index.analysis.learning import CompiledVocabulary, PlainWords, heads_of
from index.analysis.lexicon import lexicon
from index.analysis.morphology import Known, compiled
from index.analysis.sentences import is_short
from index.analysis.tokenizer import CURRENCIES, UNITS
from index.joined import JoinedTerms
from index.kernels import kernel
from index.stemming import StemmerName
from tests.index.kernels.test_morphology import words_with_affixes

pytestmark = pytest.mark.skipif(kernel("learning") is None, reason="the kernels are not in use")

_LISTS = lexicon()
PIECES = st.sampled_from(
    (
        *sorted(_LISTS.prefixes | _LISTS.degrees | ENDINGS | ENDINGS_OF_AFFIXED),
        *sorted(PREFIXES_OF_DOUBLED),
        *sorted({word for pair in _LISTS.doubles for word in pair}),
        *sorted({piece for word in _LISTS.exceptions for piece in word.split("-")}),
        *sorted({piece for word in _LISTS.families for piece in word.split("-")}),
        *CURRENCIES,
        *UNITS,
        *(
            "e",
            "K",
            "H",
            "ph",
            "d",
            "u",
            "ii",
            "xvi",
            "anti",
            "non",
            "menolong",
            "tolong",
            "2",
            "17",
        ),
        *(
            "1.250",
            "2,5",
            "1945",
            "anak2",
            "buku2nya",
            "ke",
            "ke101",
            "10nya",
            "iPhone",
            "JakartaKita",
            "COVIDnya",
            "S",
            "Si",
        ),
    )
)
PARTS = PIECES | words_with_affixes() | st.text("abkPR019", min_size=1, max_size=4)
JOINERS = st.sampled_from((*"---.,'`’‐–−´\ufffd", "", "--", ".-", "\ufffd\ufffd"))


@st.composite
def chunks(draw: st.DrawFn) -> str:
    first = draw(PARTS)
    rest = draw(st.lists(st.tuples(JOINERS, PARTS), max_size=4))
    doubled = first + draw(JOINERS) + draw(st.sampled_from(("", "di", "ber", "me"))) + first
    begin: str = draw(st.sampled_from((first, doubled)))
    return begin + "".join(joiner + part for joiner, part in rest)


WORDS = TextAnalysis(UserWords(frozenset({"anak2", "menangkap", "kita", "b-20", "covid"})))
ROADS = pytest.mark.parametrize("how", [TextAnalysis(), WORDS], ids=["lists", "the user's, too"])


@ROADS
@given(chunk=chunks() | st.text("aBei2kn.,-'`’\ufffdé", max_size=70) | st.text(max_size=12))
@example(chunk="a-" * 31 + "a")
@example(chunk="K.H.A.R" * 9)
@example(chunk="non-" * 16)
@example(chunk="pe-2-an")
def test_a_chunk_has_the_same_terms_or_is_left_open(how: TextAnalysis, chunk: str) -> None:
    found = how.compiled.terms(chunk.encode("utf-8", "surrogatepass"))
    if found is not None:
        assert found == [*how.terms(chunk)]
    else:
        assert len(chunk) > 21 or not set(chunk) <= {*ascii_letters, *digits, *".,-'`"} or not chunk


@ROADS
@given(calls=st.lists(st.lists(chunks() | st.text(min_size=1, max_size=9), max_size=9), max_size=3))
def test_both_roads_learn_the_same(how: TextAnalysis, calls: list[list[str]]) -> None:
    roads = PlainWords(how), CompiledVocabulary(how)
    known: set[bytes] = set()
    for call in calls:
        distinct = {one.replace("\n", "n").encode("utf-8", "surrogatepass") for one in call} - known
        known |= distinct
        one, other = (_learned(road, sorted(distinct)) for road in roads)
        assert one == other
        assert roads[0].written == roads[1].written


def _learned(road: Any, distinct: list[bytes]) -> tuple[list[int], list[bool], list[Any]]:
    counts, short, terms = road.learn(distinct)
    assert short.tolist() == [*map(is_short, distinct)]
    stems, surfaces = road.stems(0), road.surfaces(0)
    assert len({*stems}) == len(stems)
    assert len({*surfaces}) == len(surfaces)
    assert road.stems(len(stems) - 1) == stems[-1:]
    assert road.sizes() == (len(stems), len(surfaces))
    for names, texts, heads in (
        (stems, road.stem_texts, road.stem_heads),
        (surfaces, road.surface_texts, road.surface_heads),
    ):
        ids = np.arange(len(names))[::-1].copy()
        expected = [one.encode("utf-8", "surrogatepass") for one in reversed(names)]
        assert [*texts(ids)] == expected
        assert heads(ids).tolist() == heads_of(expected).tolist()
    return counts.tolist(), short.tolist(), [(surfaces[b], stems[a]) for a, b in terms.tolist()]


@given(
    st.lists(st.text("AbCd.", min_size=1, max_size=8), max_size=20),
    st.sampled_from(("", "x" * 62, "x" * 70)),
)
def test_capitals_and_short_forms_are_told_alike(some: list[str], before: str) -> None:
    distinct = sorted({(before + one).encode() for one in some})
    roads = PlainWords(WORDS), CompiledVocabulary(WORDS)
    one, other = (_learned(road, distinct) for road in roads)
    assert one == other
    assert roads[0].written == roads[1].written


def test_every_word_of_the_lists_has_its_term() -> None:
    how = TextAnalysis()
    listed = (_LISTS.roots, _LISTS.names, _LISTS.lexicalised, _LISTS.exceptions, _LISTS.families)
    for word in (*(word for words in listed for word in words), *_LISTS.variants):
        assert how.compiled.terms(word.encode()) == [*how.terms(word)], word


def test_snowballs_stems_are_left_to_it() -> None:
    assert TextAnalysis(UserWords(stemmer=StemmerName.SNOWBALL)).compiled is None


@pytest.mark.parametrize("chunk", [None, "teks", 5, bytearray(b"teks")])
def test_what_is_no_chunk_is_refused_and_leaves_nothing_behind(chunk: Any) -> None:
    learner = kernel("learning").Learner(TextAnalysis().compiled)
    with pytest.raises(TypeError):
        learner.learn([b"buku", chunk])
    counts, _, terms, undecided = learner.learn([b"Menulis", b"buku", b"", "\u00e9".encode()])
    assert counts.tolist() == [1, 1, 0, 0]
    assert undecided.tolist() == [2, 3]
    stems = learner.stems(0)
    assert [stems[stem] for stem in terms[:, 0].tolist()] == ["tulis", "buku"]


@pytest.mark.parametrize("signs", [{"é": "e"}, {"ab": "--"}, {"abcde": " "}, {"": "-"}])
def test_signs_that_are_none_are_refused(signs: dict[str, str]) -> None:
    stems = kernel("stems").Stems((), {}, {}, compiled(Known((), ())))
    with pytest.raises(ValueError, match="sign"):
        kernel("tokens").Tokens(stems, (), signs)
    with pytest.raises(ValueError, match="many"):
        kernel("tokens").Tokens(stems, (), {chr(200 + one): " " for one in range(33)})


def test_names_of_any_letters_and_length_have_ids() -> None:
    learner = kernel("learning").Learner(TextAnalysis().compiled)
    terms = [(one, one + "!") for one in ("", "é", "\ud800", "x" * 64, "é" * 33, "y" * 500)]
    assert learner.ids(terms * 2).tolist() == [[at, at] for at in range(len(terms))] * 2
    assert learner.surfaces(0) == [surface for surface, _ in terms]
    assert learner.stems(0) == [stem for _, stem in terms]


@pytest.mark.parametrize("wrong", [-1, 2])
def test_ids_that_no_term_has_are_refused(wrong: int) -> None:
    learner = kernel("learning").Learner(TextAnalysis().compiled)
    learner.learn([b"buku", b"ikan"])
    for texts, heads in (
        (learner.stem_texts, learner.stem_heads),
        (learner.surface_texts, learner.surface_heads),
    ):
        assert [*JoinedTerms(*texts(np.array([1, 0])))] == [b"ikan", b"buku"]
        for asked in (texts, heads):
            with pytest.raises(IndexError, match="no such term"):
                asked(np.array([0, wrong]))


def test_more_lists_than_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="many"):
        kernel("lists").Lists([(1 << 16, frozenset[str]())])


def test_more_words_than_a_list_says_are_refused() -> None:
    odds: tuple[Any, ...] = (([(1, Lying(["a", "b"]))],), ([], Lying(["a"])), ([(-1, Lying("a"))],))
    for odd in odds:
        with pytest.raises(ValueError, match="more words"):
            kernel("lists").Lists(*odd)


class Lying(list[Any]):
    """A list that says that it has other items than it has."""

    def __len__(self) -> int:
        return 0


def test_what_is_no_list_of_terms_has_no_ids() -> None:
    learner = kernel("learning").Learner(TextAnalysis().compiled)
    odds: tuple[Any, ...] = (Lying([("a", "b")] * 9), iter([("a", "b")]), None)
    for odd in odds:
        with pytest.raises(TypeError):
            learner.ids(odd)
    with pytest.raises(ValueError, match="unpack"):
        learner.ids([("a", "b", "c")])
    assert learner.ids([("a", "b")]).tolist() == [[0, 0]]


def test_chunks_that_others_throw_away_meanwhile_are_learned() -> None:
    chance = Random(4)
    distinct = {"".join(chance.choices("abcdefghij", k=12)).encode() for _ in range(200_000)}
    expected = kernel("learning").Learner(TextAnalysis().compiled)
    expected.learn(sorted(distinct))
    learner, chunks = kernel("learning").Learner(TextAnalysis().compiled), sorted(distinct)
    del distinct
    begun, harmed = Event(), Event()

    def harm() -> None:
        begun.set()
        while not harmed.is_set():
            try:
                learner.stems(0)
            except RuntimeError:
                chunks.clear()
                harmed.junk = [bytes(45) for _ in range(200_000)]  # type: ignore[attr-defined]
                harmed.set()

    thread = Thread(target=harm)
    thread.start()
    begun.wait()
    try:
        learner.learn(chunks)
    finally:
        harmed.set()
        thread.join()
    assert not chunks
    assert learner.surfaces(0) == expected.surfaces(0)
