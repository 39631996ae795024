"""The kernel judges junctions as Python does, whatever the parts are and whoever has them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import NO_WORDS, analysis, parse_words
from index.glued.apart import Archive
from index.glued.candidates import Words, places_of, plain_places
from index.glued.case import cuts_of
from index.glued.compiled import OPEN, compiled
from index.glued.judging import LONGEST, SHORT_WORDS, Judge, Side
from index.glued.parts import Kinds, brands, lists
from index.kernels import kernel
from index.segments.hashing import AtAGlance, blob_of, numbers_of

pytestmark = pytest.mark.skipif(kernel("judging") is None, reason="the kernels are not in use")

_LISTED = [
    *lists().front | lists().back | lists().bound | lists().names | lists().titles | brands(),
    *SHORT_WORDS,
]
_DERIVED = [
    *("mencegah", "kesehatan", "menumbuhkembangkan", "kembangkan", "perbaikan", "diperbaiki"),
    *("tanggungan", "bukunya", "bukulah", "warna", "warni", "sayur", "mayur", "nya", "antara"),
    *("lain", "ia", "di", "ke", "menindak", "lanjuti", "beruntun", "terlalu", "pemerintah"),
]
PARTS = st.one_of(
    st.sampled_from(sorted({*_LISTED})),
    st.sampled_from(sorted(lists().common)),
    st.sampled_from(_DERIVED),
    st.text("aeikmnrdty", min_size=1, max_size=9),
)
ARTICLES = st.sampled_from([0, 1, 2, 3, 4, 5, 8, 20, 41, 100, 2000])


class _Beside:
    """Stands for ``Neighbours``: two words are together or not, always the same."""

    def are_together(self, one: str, two: str, least: int) -> bool:
        return (len(one) + len(two) + least) % 3 == 0


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    words = draw(st.sampled_from([NO_WORDS, parse_words("kembangkan\nmayur", "test")]))
    fewest = draw(st.integers(1, 5))
    judge = Judge(
        Kinds(analysis(words)),
        fewest,
        4 * fewest + draw(st.sampled_from([0, 30])),
        1 + fewest + draw(st.sampled_from([0, 90])),
        draw(st.booleans()),
        cast("Any", _Beside()),
    )
    nothing = cast("Any", None)
    return Archive(nothing, nothing, nothing, judge)


CUTS = st.tuples(
    st.lists(PARTS, min_size=2, max_size=3).filter(lambda parts: len("".join(parts)) <= LONGEST),
    st.lists(ARTICLES, min_size=4, max_size=4),
    st.booleans(),
)


@given(archives(), st.lists(CUTS, max_size=20))
def test_a_cut_is_worth_the_same(archive: Archive, cuts: list[Any]) -> None:
    found = np.full(len(cuts), OPEN, np.uint8)
    bounds = np.zeros((4, len(cuts)), np.int64)
    articles = np.zeros((4, len(cuts)), np.int64)
    text, worths = "", []
    for at, (parts, having, loose) in enumerate(cuts):
        bounds[0, at] = len(text)
        for number, part in enumerate(parts):
            text += part
            bounds[number + 1 :, at] = len(text)
        articles[:, at] = having
        sides = [Side(part, count) for part, count in zip(parts, having[1:], strict=False)]
        worths.append(archive._worth("".join(parts), sides, having[0], loose=loose))
    judging = compiled(archive.judge)
    assert judging is not None
    loose = np.array([loose for *_, loose in cuts], np.uint8)
    judging.worths(np.frombuffer(text.encode(), np.uint8), bounds, articles, loose, found)
    assert found.tolist() == worths


@given(archives(), st.lists(PARTS, min_size=2, max_size=5), st.data())
def test_a_word_is_joined_to_the_same_parts(
    archive: Archive, pieces: list[str], data: st.DataObject
) -> None:
    word = "".join(pieces)[:LONGEST]
    written = data.draw(st.integers(0, 2 ** len(word) - 1))
    for piece in pieces[:-1]:
        at = len(piece)
        written |= data.draw(st.booleans()) << at
    bounds = list(pairwise((0, *cuts_of(word, written), len(word))))
    inner: dict[str, tuple[str, ...]] = {
        word[left:right]: (word[left : left + 3], word[left + 3 : right])
        for left, right in bounds
        if right - left > 5 and data.draw(st.booleans())
    }
    having = {word[left:right]: data.draw(ARTICLES) for left, right in bounds}
    having |= {part: data.draw(ARTICLES) for parts in inner.values() for part in parts}
    how = written, bounds, inner, having, data.draw(ARTICLES)
    judging = compiled(archive.judge)
    assert judging is not None
    assert judging.joined(word, *how) == archive._joined(word, *how)


def _judging() -> Any:
    judge = Judge(Kinds(analysis()), 2, 9, 9, few=False, neighbours=cast("Any", _Beside()))
    return compiled(judge)


def test_other_letters_are_left_to_python() -> None:
    found = np.zeros(2, np.uint8)
    bounds = np.array([[0, 7], [3, 10], [7, 14], [7, 14]], np.int64)
    some = np.ones((4, 2), np.int64)
    text = np.frombuffer(b"dariab1dari\xc3\xa9m", np.uint8)[:14]
    bounds[2:, 1] = bounds[1, 1] = 13
    bounds[1, 1] = 11
    _judging().worths(text, bounds, some, np.ones(2, np.uint8), found)
    assert found.tolist() == [OPEN, OPEN]
    assert _judging().joined("dariéa", 0, [(0, 6)], {}, {}, 1) is None


@pytest.mark.parametrize(
    "bounds",
    [(-1, 3, 6, 6), (0, 3, 9, 9), (0, 3, 2, 6), (3, 3, 6, 6), (0, 7, 6, 6)],
)
def test_parts_outside_the_text_are_refused(bounds: tuple[int, ...]) -> None:
    text = np.frombuffer(b"dariku", np.uint8)
    found = np.zeros(1, np.uint8)
    columns = np.array(bounds, np.int64).reshape(4, 1)
    with pytest.raises(IndexError):
        _judging().worths(text, columns, np.ones((4, 1), np.int64), np.ones(1, np.uint8), found)


def test_columns_of_other_lengths_are_refused() -> None:
    text, found = np.frombuffer(b"dariku", np.uint8), np.zeros(1, np.uint8)
    some = np.ones((4, 1), np.int64)
    for bounds, articles, loose in (
        (some[:3], some, found),
        (some, some[:, :0].copy(), found),
        (some, some, found[:0]),
    ):
        with pytest.raises(IndexError):
            _judging().worths(text, bounds, articles, loose, found)


def test_words_that_are_too_long_are_refused() -> None:
    long = "a" * (LONGEST + 1)
    with pytest.raises(IndexError):
        _judging().joined(f"{long}b", 0, [(0, len(long)), (len(long), len(long) + 1)], {}, {}, 1)


_LETTERS = st.text("ab", max_size=14).map(str.encode) | st.binary(max_size=20)


@given(st.lists(_LETTERS, max_size=12), st.sets(st.text("ab", min_size=1, max_size=6), max_size=9))
def test_terms_are_cut_at_the_same_places(terms: list[bytes], words: set[str]) -> None:
    glance = AtAGlance([numbers_of([word.encode() for word in words])])
    told = cast("Any", None)
    known = Words(glance.has, told, told, told, told, few=False, glance=glance)
    blob, starts, ends = blob_of(terms)
    for found, expected in zip(
        places_of(blob, starts, ends, known), plain_places(blob, starts, ends, known), strict=True
    ):
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 7), (4, 3), (0, 65)])
def test_terms_outside_the_text_are_refused(start: int, end: int) -> None:
    text = np.zeros(6 if end < 65 else 70, np.uint8)
    having, bounds = np.zeros(16, np.uint8), [np.array([at], np.int64) for at in (start, end)]
    with pytest.raises(IndexError):
        kernel("cutting").cuts(text, *bounds, having, 3, 5, 7, 4, 3, 11)


def test_a_set_of_another_size_is_refused() -> None:
    text, nothing = np.zeros(6, np.uint8), np.zeros(0, np.int64)
    for bits in (0, 3, 5, 64):
        with pytest.raises(IndexError):
            kernel("cutting").cuts(
                text, nothing, nothing, np.zeros(16, np.uint8), 3, 5, 7, bits, 3, 11
            )
