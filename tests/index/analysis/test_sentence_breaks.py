"""Where the sentences of one text begin."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given

from index.analysis import analysis
from index.analysis.bulk import Encoder
from index.analysis.sentence_breaks import sentence_breaks
from tests.index.analysis.test_sentences import SENTENCES
from tests.index.analysis.test_text import texts


def _positions(text: str) -> list[int]:
    """The tokens that begin sentences behind others."""
    starts = [token.start for token in analysis().tokens(text)]
    found = {bisect_left(starts, at) for at in sentence_breaks(text)}
    return sorted(place for place in found if 0 < place < len(starts))


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences_begin_where_the_index_has_them(marked: str) -> None:
    text = marked.replace("|", "")
    assert _positions(text) == Encoder().encode([text]).begins.tolist()


@given(texts)
def test_any_text_has_the_sentences_of_the_index(text: str) -> None:
    breaks = sentence_breaks(text)
    assert breaks == sorted(set(breaks))
    assert _positions(text) == Encoder().encode([text]).begins.tolist()
    assert not any(one.start < at < one.end for at in breaks for one in analysis().tokens(text))


@pytest.mark.parametrize("pattern", [".", '."', ". ", "\n ", "a.\n", '. "', ".  \n", "A. "])
def test_many_signs_break_a_text_as_few_do(pattern: str) -> None:
    """Where time grew with the square of the length, this would take minutes."""
    few, many = (sentence_breaks(f"A {pattern * count} Akhir.") for count in (100, 100_000))
    assert len(many) in {len(few), len(few) * 1000, 1 + (len(few) - 1) * 1000}
