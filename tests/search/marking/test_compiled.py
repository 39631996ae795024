"""What the kernels mark is what is marked without them, at the same cost."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import TextAnalysis, analysis
from index.analysis.tokenizer import JOINERS, SEPARATORS
from index.kernels import kernel
from search.marking import Marker, Work, compiled, sought
from search.marking.passages import title_and_passage
from search.query.syntax.node import Marked, Piece
from search.question import parsed, understood
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
UNITS = st.just(150_000) | st.integers(-1, 500)

Way = Callable[[str, Marked, TextAnalysis, Work], object]


def both(way: Way, text: str, marked: Marked, how: TextAnalysis, units: int) -> list[object]:
    """What each road gives, and what is left: twice the same text, so that it was seen before."""
    found: list[object] = []
    for in_use in (True, False):
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


def title(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    return title_and_passage(text[:300], "", sought(marked, how), work)


def beginning(text: str, marked: Marked, how: TextAnalysis, work: Work) -> object:
    return title_and_passage("", text, sought(marked, how), work, marked=False)


def whole(text: str, marked: Marked, how: TextAnalysis, work: Work) -> str:
    return Marker(sought(marked, how), work).html(text)


WAYS = pytest.mark.parametrize("way", [shown, title, beginning, whole])


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
    marks, texts = kernel("marks"), kernel("texts")
    rates = marks.Rates(
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
    wanted = marks.Wanted(
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
