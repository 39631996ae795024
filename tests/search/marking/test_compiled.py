"""What the kernels mark is what is marked without them, at the same cost."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import TextAnalysis, analysis
from index.analysis.quick import QuickAnalysis
from index.analysis.tokenizer import JOINERS, SEPARATORS
from index.kernels import kernel
from search.marking import Marker, Work, compiled, sought
from search.marking.passages import title_and_passage, titles_and_passages
from search.query.syntax.node import Marked, Piece
from search.question import parsed, understood
from tests.index.analysis.witness import witness
from tests.search.marking.test_snippets import HOSTILE, QUERIES, SYNONYMS, TEXTS, WORDS
from tests.search.marking.test_work import LONG
from tests.search.marking.test_work import QUERIES as KINDS

passages = kernel("passages")
pytestmark = pytest.mark.skipif(passages is None, reason="the kernels are not in use")

SURFACES = ("beras", "harga", "x" * 90, "berasharga", "b20", "café", "di")
WORD = st.sampled_from([*SURFACES, *WORDS])
RUN = st.lists(WORD, min_size=1, max_size=3).map(tuple)
PIECES = st.sampled_from(
    [
        Piece(word, one, two, found)
        for word in SURFACES
        for one in (0, 1)
        for two in (1, len(word))
        for found in ("beras", word)
    ]
)
MARKED = st.builds(
    Marked,
    stems=st.frozensets(WORD),
    prefixes=st.lists(st.sampled_from(["b", "ber", "har", "x", "é"])).map(tuple),
    phrases=st.lists(RUN).map(tuple),
    runs=st.lists(RUN).map(tuple),
    pieces=st.lists(PIECES).map(tuple),
)
BODIES = TEXTS | HOSTILE | st.lists(HOSTILE, max_size=5).map(lambda some: " beras. ".join(some) * 9)
ODD_BYTES = (
    b"\xc0\x80",
    b"\xc3",
    b"\xe0\x80\x80",
    b"\xe2\x82",
    b"\xed\xa0\x80",
    b"\xf0\x80\x80\x80",
    b"\xf4\x90\x80\x80",
    b"\xf5",
    b"\xff",
    b"\x80",
    b"\xf0\x9f\x98\x80",
    b"\xf0\x9f\x98",
)
UNITS = st.just(150_000) | st.integers(-1, 500)

Way = Callable[[str, Marked, TextAnalysis, Work], object]


def both(way: Way, text: str, marked: Marked, quick: TextAnalysis, units: int) -> list[object]:
    """What each road gives, and what is left: twice the same text, so that it was seen before.

    What no kernel marks is analysed by none either.
    """
    found: list[object] = []
    for in_use, how in ((True, quick), (False, witness(quick.words))):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compiled, "_IN_USE", in_use)
            work = Work(units)
            html = [way(text, marked, how, work) for _ in range(2)]
            assert (work.finder is not None) <= in_use
            work.told()
            found.append((html, work.left, work.partial, work.seen))
    return found


def shown(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    return title_and_passage(text, text, sought(marked, how), work)


def shown_of_bytes(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    body = text.encode("utf-8", "surrogatepass")
    return title_and_passage(text, body, sought(marked, how), work)


def title(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    return title_and_passage(text[:300], "", sought(marked, how), work)


def beginning(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    return title_and_passage("", text, sought(marked, how), work, marked=False)


def page(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    titles = [text[:300], "", text[:50]]
    bodies: list[str | bytes] = [text, text[100:].encode("utf-8", "replace"), ""]
    return titles_and_passages(titles, bodies, sought(marked, how), work)


def whole(text: str, marked: Marked, how: TextAnalysis, work: Work) -> str:
    return Marker(sought(marked, how), work).html(text)


WAYS = pytest.mark.parametrize("way", [shown, shown_of_bytes, title, beginning, page, whole])


@WAYS
@settings(max_examples=60)
@given(
    BODIES,
    MARKED | QUERIES.map(lambda query: understood(parsed(query, analysis()), analysis()).marked),
    st.sampled_from([analysis(), SYNONYMS]),
    UNITS,
)
def test_any_text_is_marked_the_same(
    way: Way, text: str, marked: Marked, how: TextAnalysis, units: int
) -> None:
    one, two = both(way, text, marked, how, units)
    assert one == two


@WAYS
@pytest.mark.parametrize(
    "text", [pytest.param(text[:66_000], id=name) for name, text in LONG.items()]
)
def test_long_texts_are_marked_the_same(way: Way, text: str) -> None:
    for query in KINDS.values():
        marked = understood(parsed(query[:500], analysis()), analysis()).marked
        one, two = both(way, text, marked, analysis(), 5_000)
        assert one == two


@given(TEXTS | HOSTILE)
def test_a_body_of_bytes_is_shown_as_the_string_that_it_is(text: str) -> None:
    marked = understood(parsed("harga beras di*", analysis()), analysis()).marked
    assert shown(text, marked, analysis(), Work()) == shown_of_bytes(
        text, marked, analysis(), Work()
    )


@given(st.binary(max_size=9) | st.sampled_from(ODD_BYTES), st.text(max_size=3))
def test_bytes_that_are_no_text_are_refused(odd: bytes, before: str) -> None:
    body = before.encode() + odd
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            title_and_passage("", body, sought(Marked(), analysis()), Work())
    else:
        asked = sought(Marked(), analysis())
        assert title_and_passage("", body, asked, Work()) == title_and_passage(
            "", text, asked, Work()
        )


def test_chunks_are_the_same_when_all_were_forgotten() -> None:
    how = QuickAnalysis()
    how.looked = kernel("looked").Looked(how.chunk, how.terms, 3)
    marked = understood(parsed("harga beras 10", how), how).marked
    text = "harga beras naik 10.000, buku-buku, 10 beras: 7,5 1,2 3,4 harga-harga " * 9
    for way in (shown, whole):
        one, two = both(way, text, marked, how, 150_000)
        assert one == two
        assert len(how.looked) <= 3


@pytest.mark.parametrize(
    ("chunk", "look", "terms"),
    [
        ("a-b", lambda _: (), lambda _: [("a", "a")]),
        ("a-b", lambda _: ((0, 4, "a", "a"),), lambda _: [("a", "a")]),
        ("a-b", lambda _: ((2, 1, "a", "a"),), lambda _: [("a", "a")]),
    ],
)
def test_tokens_that_are_not_those_of_the_terms_are_refused(
    chunk: str, look: Callable[[str], object], terms: Callable[[str], object]
) -> None:
    with pytest.raises(IndexError):
        kernel("looked").Looked(look, terms).tokens(chunk)


@given(st.lists(st.sampled_from([*SURFACES, *WORDS, "10.000", "buku-buku", "K.H."])))
def test_tokens_of_chunks_are_those_of_the_analysis(chunks: list[str]) -> None:
    how = analysis()
    looked = kernel("looked").Looked(how.chunk, how.terms, 4)
    for chunk in chunks:
        assert looked.tokens(chunk) == witness(how.words).chunk(chunk)


def test_white_space_is_that_of_strings() -> None:
    assert passages.spaces() == "".join(filter(str.isspace, map(chr, range(sys.maxunicode + 1))))


def test_a_piece_beyond_its_word_is_not_read() -> None:
    marked = Marked(pieces=(Piece("berasharga", 5, 11, "harga"),))
    with pytest.raises(IndexError, match="not inside"):
        title_and_passage("berasharga", "", sought(marked, analysis()), Work())


class _Asking:
    """Work that asks the finder to mark something else at the same time."""

    def __init__(self, finder: object) -> None:
        self.finder = finder
        self.partial = False

    @property
    def left(self) -> int:
        self.finder.marked("lain", Work(9))  # type: ignore[attr-defined]
        return 9


def test_a_finder_is_busy_from_the_beginning_and_not_after_an_error() -> None:
    marks, seeking, texts = kernel("marks"), kernel("wanted"), kernel("texts")
    rates = seeking.Rates(
        window=100,
        beside=1,
        scanned=10,
        look=1,
        plain=1,
        other=1,
        mark=1,
        longest_chunk=100,
        near=10,
    )
    wanted = seeking.Wanted(
        texts.Alphabet(SEPARATORS, JOINERS),
        rates,
        kernel("looked").Looked(
            lambda chunk: ((0, len(chunk), chunk, chunk),), lambda chunk: [(chunk, chunk)]
        ),
        stems=["beras"],
        prefixes=(),
        phrases=[],
        runs=[],
        pieces={},
        traces=["beras"],
        beyond=0,
    )
    finder = marks.Finder(wanted, set())
    for _ in range(2):
        with pytest.raises(RuntimeError, match="one thread at a time"):
            finder.marked("beras", _Asking(finder))
    assert finder.marked("harga beras", Work(1000)) == [(6, 11, "beras")]
