"""Slips cost the same by the kernel as in lists."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.local.completing.slips import _slips, in_lists, slips

module = kernel("slips")
pytestmark = pytest.mark.skipif(module is None, reason="the kernels are not in use")

_words = st.text("akhsyp", max_size=9) | st.text(ascii_lowercase, max_size=9)


@given(_words, _words)
def test_slips_cost_the_same(typed: str, meant: str) -> None:
    assert slips(typed, meant) == in_lists(typed, meant)
    assert _slips is not None
    assert _slips.cost(typed, meant) == in_lists(typed, meant)


@pytest.mark.parametrize(
    "word",
    ["Kata", "k-ta", "k\xe9ta", "k\u0101ta", "\U0001f600", "\ud800", "a" * 65, "kata\0", "2"],
)
def test_of_other_letters_than_a_to_z_the_kernel_tells_nothing(word: str) -> None:
    assert _slips is not None
    for typed, meant in ((word, "kata"), ("kata", word), (word, word)):
        assert _slips.cost(typed, meant) is None
        assert slips(typed, meant) == in_lists(typed, meant)


@pytest.mark.parametrize("word", [b"kata", None, 1])
def test_what_is_no_text_is_refused(word: Any) -> None:
    assert _slips is not None
    for words in ((word, "kata"), ("kata", word)):
        with pytest.raises(TypeError):
            _slips.cost(*words)


def test_there_is_a_byte_for_each_pair_of_letters() -> None:
    costs = dict.fromkeys(
        (
            *("swapped", "repeated", "alike", "left_out"),
            *("neighbour", "added", "other", "at_first"),
        ),
        1.0,
    )
    with pytest.raises(ValueError, match="pair"):
        module.Slips(bytes(676), bytes(675), bytes(676), **costs)
