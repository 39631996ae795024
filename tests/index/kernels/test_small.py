"""Words in small letters, compiled and by patterns: the same of all words."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from index.derived.small import small_words
from index.kernels import kernel

_PIECES = (
    b"kereta",
    b"Kereta",
    b"api",
    b"KPK",
    b"-",
    b".",
    b"5",
    b"\xc3\xa9",
    b"berita",
    b"Berita",
)
_words = st.lists(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map(b"".join)
    | st.binary(min_size=1, max_size=8)
)


@given(_words, st.integers(1, 8), st.integers(1, 14))
@example([b"kereta", b"x-Kereta"], 6, 40)
@example([b"kereta", b"xKereta"], 6, 40)
@example([b"kereta", b"Kereta5"], 6, 40)
@example([b"kereta", b"KeretaX"], 6, 40)
def test_the_kernel_finds_the_same_words(words: list[bytes], shortest: int, longest: int) -> None:
    found, capital = small_words(words, shortest, longest)
    assert not capital.intersection(found)
    assert all(one.isalpha() and one.islower() for one in found)
    compiled = kernel("small")
    if compiled is not None:
        assert compiled.small_words(words, shortest, longest) == (found, capital)


def test_words_with_a_capital_elsewhere_are_not_small() -> None:
    assert small_words([b"kereta", b"Berita", b"berita", b"api"], 6, 40) == (
        [b"kereta"],
        {b"berita"},
    )
