"""Cuts of a word are those that the bits of a set say, and no others are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

module = kernel("cuts")
pytestmark = pytest.mark.skipif(module is None, reason="the kernels are not in use")


@given(st.binary(max_size=32), st.sampled_from([2, 7, 251, 4093]), st.randoms())
def test_a_cut_is_where_the_remainders_are_in_the_set(
    word: bytes, prime: int, random: object
) -> None:
    bits = random.randbytes((prime + 7) // 8)  # type: ignore[attr-defined]

    def has(part: bytes) -> bool:
        place = int.from_bytes(part, "little") % prime
        return bool(bits[place >> 3] >> (place & 7) & 1)

    expected = [(at, has(word[:at])) for at in range(1, len(word)) if has(word[at:])]
    assert module.cuts(bits, prime, word) == expected


@pytest.mark.parametrize(
    ("bits", "prime", "word"), [(b"\0", 9, b"kata"), (b"", 0, b""), (b"\0", 5, b"a" * 33)]
)
def test_what_does_not_fit_is_an_index_error(bits: bytes, prime: int, word: bytes) -> None:
    with pytest.raises(IndexError):
        module.cuts(bits, prime, word)
