"""Entries of glued words are read, and found by their stems, with and without a kernel alike."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileDamaged
from index.glued.table import begins_of, parted, surfaces_of
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
    assert glued.begins(entries) == begins_of(entries)
    assert glued.surfaces(entries) == surfaces_of(entries)


@given(ODD)
def test_what_is_no_entry_is_told(entries: list[bytes]) -> None:
    assert glued.begins(entries) == begins_of(entries)
    try:
        expected = surfaces_of(entries)
    except IndexError:
        with pytest.raises(ValueError, match="no glued word"):
            glued.surfaces(entries)
    else:
        assert glued.surfaces(entries) == expected


@given(st.lists(st.integers(-2, 12), min_size=1, max_size=4))
def test_ends_may_be_any(ends: list[int]) -> None:
    text = b"a\tab\t0\t1" + b"b"
    try:
        expected = parted(text, ends)
    except FileDamaged:
        with pytest.raises(ValueError, match="an entry"):
            glued.parted(text, np.array(ends, np.int64))
    else:
        if all(0 <= end <= len(text) for end in ends):
            assert glued.parted(text, np.array(ends, np.int64)) == expected


def test_a_glued_word_that_is_no_text_is_told() -> None:
    with pytest.raises(ValueError, match="invalid start byte"):
        glued.surfaces([b"a\t\xff\t0\t1"])
