"""Near words against the textbook's edit distance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.local.reading.nearest import near
from tests.search.local.textbook import edits

_words = st.text("abcdé\U0001f600", min_size=1, max_size=9)
_some = st.lists(_words, max_size=20)
_most = st.sampled_from([1, 2, 3])


@given(_words, _some, _most)
def test_near_words_and_their_edits_are_the_textbooks(
    word: str, others: list[str], most: int
) -> None:
    assert list(near(word, others, most)) == [
        (place, distance)
        for place, other in enumerate(others)
        if (distance := edits(word, other)) <= (most if other[0] == word[0] else 1)
    ]


@given(st.text("abc", min_size=1), st.lists(st.text("abc", min_size=1)), _most)
def test_words_in_bytes_are_as_near(word: str, others: list[str], most: int) -> None:
    encoded = [other.encode() for other in others]
    assert list(near(word.encode(), encoded, most)) == list(near(word, others, most))


def test_a_letter_is_edited_once_at_most() -> None:
    assert list(near("ca", ["cab", "ac", "abc"], 2)) == [(0, 1), (1, 1)]
    assert edits("ca", "abc") == 3


def test_words_longer_than_a_machine_word_fit() -> None:
    word = "a" * 100
    others = [word, word[:-1] + "b", "b" + word[:-1], "bb" + word[2:], word[:-2] + "bb", "x"]
    assert list(near(word, others, 2)) == [(0, 0), (1, 1), (2, 1), (4, 2)]
