"""Entries of glued words are read, and found by their stems, with and without a kernel alike."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import FileDamaged
from index.glued.table import Begins, parted, surfaces_of
from index.kernels import kernel

glued = kernel("glued")
pytestmark = pytest.mark.skipif(glued is None, reason="the kernels are not in use")

TEXTS = st.text("ab\u00e9\ud800", max_size=3)
ENTRIES = st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 9), st.integers(0, 9)))
ODD = st.lists(st.text("ab\t\n", max_size=6).map(str.encode))


def entries_of(found: list[tuple[str, str, int, int]]) -> list[bytes]:
    every = ["\t".join(map(str, one)).encode("utf-8", "surrogatepass") for one in found]
    return sorted(every)


@given(ENTRIES)
def test_entries_are_read_and_found(found: list[tuple[str, str, int, int]]) -> None:
    entries = entries_of(found)
    ends = np.array([0, *accumulate(map(len, entries))], np.int64)
    text = b"".join(entries)
    assert glued.parted(text, ends) == parted(text, ends.tolist()) == entries
    assert glued.surfaces(entries) == surfaces_of(entries)
    begins, witness = glued.Begins(entries), Begins(entries)
    for stem in {"", "a", "ab", *[one[0] for one in found]}:
        assert begins.hold(stem) == witness.hold(stem)
        assert begins.holding(stem) == witness.holding(stem)


@given(ODD)
def test_what_is_no_entry_is_told(entries: list[bytes]) -> None:
    begins, witness = glued.Begins(entries), Begins(entries)
    for stem in ("", "a", "b", "ab", "a\n"):
        assert begins.hold(stem) == witness.hold(stem)
        assert _holding(begins, stem) == _holding(witness, stem)
    try:
        expected = surfaces_of(entries)
    except IndexError:
        with pytest.raises(ValueError, match="no glued word"):
            glued.surfaces(entries)
    else:
        assert glued.surfaces(entries) == expected


def _holding(begins: Any, stem: str) -> object:
    """The glued words of a stem; None where something is no entry."""
    try:
        return begins.holding(stem)
    except ValueError:
        return None


def _mistake(text: bytes, ends: list[int]) -> str | None:
    """What is told of the first entry that is none."""
    for left, right in pairwise(ends):
        if not 0 <= left <= right <= len(text):
            return "outside the text"
        if text[left:right].count(b"\t") != 3:
            return "other tabs"
    return None


@given(st.lists(st.integers(-2, 12) | st.sampled_from([0, 8, 16, 17]), min_size=1, max_size=4))
@example([0, 8, 17])
@example([0, 8, 16, 25])
@example([0, 8, 7])
@example([-8, 8])
@example([-16, -8])
@example([8, 0])
def test_ends_may_be_any(ends: list[int]) -> None:
    text = b"a\tab\t0\t1" * 2
    expected = _mistake(text, ends)
    if expected is None:
        assert glued.parted(text, np.array(ends, np.int64)) == parted(text, ends)
    else:
        with pytest.raises(ValueError, match=expected):
            glued.parted(text, np.array(ends, np.int64))
    if expected == "other tabs":
        with pytest.raises(FileDamaged):
            parted(text, ends)


def test_a_glued_word_that_is_no_text_is_told() -> None:
    with pytest.raises(ValueError, match="invalid start byte"):
        glued.surfaces([b"a\t\xff\t0\t1"])
