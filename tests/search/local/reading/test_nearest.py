"""Edit distances against the textbook's table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.local.reading.nearest import edits

_words = st.text("abcdé\U0001f600", min_size=1, max_size=9)


def distance(left: str, right: str) -> int:
    """Restricted Damerau-Levenshtein by its recurrence."""
    table = {(-1, -1): 0}
    for i in range(len(left)):
        table[i, -1] = i + 1
    for j in range(len(right)):
        table[-1, j] = j + 1
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            table[i, j] = min(
                table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)
            )
            if i and j and a == right[j - 1] and left[i - 1] == b:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(left) - 1, len(right) - 1]


@given(_words, st.lists(_words, min_size=1, max_size=20))
def test_distances_are_the_textbooks(word: str, others: list[str]) -> None:
    assert edits(word, others).tolist() == [distance(word, one) for one in others]


def test_long_words_fit() -> None:
    assert edits("a" * 60, ["a" * 60, "a" * 59 + "b", "b" + "a" * 61, "x"]).tolist() == [
        0,
        1,
        2,
        60,
    ]
