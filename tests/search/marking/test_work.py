"""How much is looked at to mark texts, and what a text is where that does not suffice."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, Token, analysis
from search.limits import LONGEST_CHUNK
from search.marking import Marker, Work, sought
from search.marking.work import MARKING_WORK
from search.question import parsed, understood
from tests.index.analysis.test_text import texts

QUERIES = {
    "a word": "beras",
    "words": "harga beras naik",
    "fifty misspelt words": " ".join(f"hrga{number}x" for number in range(50)),
    "prefixes": " ".join(f"{one}{two}*" for one in "abcdefgh" for two in "aeiou"),
    "phrases of one beginning": " ".join(f'"beras {letter}"' for letter in "abcdefghijklmnopqrs"),
    "a phrase of one word": f'"{"beras " * 80}"',
    "phrases in phrases": " ".join(f'"{"a " * count}"' for count in range(2, 28)),
    "unicode": '"bérås ñandú" 中文 é*',
}
LONG = {
    "one word a line": "beras\n" * 40_000,
    "one line of a word": "beras " * 40_000,
    "one word without an end": "beras" * 40_000,
    "one chunk without an end": "a-b." * 50_000,
    "a letter": "a " * 100_000,
    "unicode": "“bérås” ñandú " * 15_000,
    "no two chunks the same": "\n".join(f"ééé{number}" for number in range(20_000)),
    "no two words the same": " ".join(f"mem{number:x}kannya-nya" for number in range(12_000)),
    "sentences": "Harga beras naik di pasar kota, kata menteri itu. " * 4_000,
    "joiners": "a'" * 100_000,
    "marks of letters": "e\u0301" * 100_000,
    "nothing": "\n" * 200_000,
}


def bare(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html))


def marker_of(query: str, units: int = MARKING_WORK) -> Marker:
    return Marker(
        sought(understood(parsed(query[:500], analysis()), analysis()).marked, analysis()),
        Work(units),
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param(
            query,
            text,
            id=f"{kind}-{name}",
            # Of each text and each query a third of all pairs, without WARTA_LONG.
            marks=[pytest.mark.long] if (one + other) % 3 else [],
        )
        for one, (name, text) in enumerate(LONG.items())
        for other, (kind, query) in enumerate(QUERIES.items())
    ],
)
def test_long_texts_are_whole_and_cost_no_more_than_allowed(
    query: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    chunk = TextAnalysis.chunk

    def counted(how: TextAnalysis, text: str) -> tuple[Token, ...]:
        looked.append(len(text))
        return chunk(how, text)

    monkeypatch.setattr(TextAnalysis, "chunk", counted)
    marker = marker_of(query)
    before = len(looked)
    html = marker.html(text)
    assert bare(html) == text
    assert len(looked) - before <= MARKING_WORK
    assert max(looked[before:], default=0) <= LONGEST_CHUNK
    assert html.count("<mark>") <= MARKING_WORK
    # What one look or one window of a text costs comes on top.
    assert marker.work.left > -2 * MARKING_WORK


def test_all_texts_of_an_answer_share_its_work() -> None:
    marker = marker_of("beras", 2_000)
    text = "beras " * 300
    counts = [(marker.html(text).count("<mark>"), marker.work.partial) for _ in range(2)]
    assert counts[0] == (300, False)
    assert counts[1][0] < 300
    assert counts[1][1]
    assert marker.html(text) == text


@given(texts, st.sampled_from([*QUERIES.values()]), st.integers(0, 300))
def test_what_is_cut_short_marks_nothing_that_the_whole_does_not(
    text: str, query: str, units: int
) -> None:
    def marks(marker: Marker) -> set[tuple[int, str]]:
        found, at = set(), 0
        for piece in re.split("(<mark>.*?</mark>)", marker.html(text), flags=re.DOTALL):
            if piece.startswith("<mark>"):
                found.add((at, piece))
            at += len(bare(piece))
        return found

    some, every = marker_of(query, units), marker_of(query)
    assert marks(some) <= marks(every)
    assert bare(some.html(text)) == text


@given(texts, st.integers(0, 300))
def test_the_marks_do_not_depend_on_what_was_asked_before(text: str, units: int) -> None:
    first = marker_of("beras di*", units).html(text)
    analysis().tokens(text)
    assert marker_of("beras di*", units).html(text) == first


def test_a_chunk_that_nobody_reads_is_passed_over_and_parts_its_neighbours() -> None:
    monster = "a-" * LONGEST_CHUNK + "a"
    marker = marker_of('"harga beras" beras')
    html = marker.html(f"harga {monster} beras, harga beras")
    assert html.count("<mark>") == 3
    assert marker.work.partial
