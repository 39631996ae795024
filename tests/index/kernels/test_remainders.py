"""Terms are in a set by their remainders, and cuts of a word are those that its bits say."""

from __future__ import annotations

from random import Random
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

module = kernel("remainders")
pytestmark = pytest.mark.skipif(module is None, reason="the kernels are not in use")

BYTES = Random(11).randbytes(32)


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


@pytest.mark.parametrize("prime", [4_194_301, 16_777_213, 16_777_259])
@pytest.mark.parametrize("word", [b"\xff" * 32, BYTES, b"kereta"], ids=["high", "any", "letters"])
def test_remainders_by_a_large_prime_do_not_wrap_around(prime: int, word: bytes) -> None:
    """By one below 2**24 they are reckoned in 32 bits, by others in 64."""

    def place_of(part: bytes) -> int:
        return int.from_bytes(part, "little") % prime

    places = [(at, place_of(word[:at]), place_of(word[at:])) for at in range(1, len(word))]
    for at, beginning, end in places:
        for some in ({end}, {beginning, end}):
            bits = bytearray(-(-prime // 8))
            for place in some:
                bits[place >> 3] |= 1 << (place & 7)
            found = module.cuts(bytes(bits), prime, word)
            assert (at, beginning in some) in found
            assert found == [(one, first in some) for one, first, last in places if last in some]


@pytest.mark.parametrize(
    ("bits", "prime", "word"), [(b"\0", 9, b"kata"), (b"", 0, b""), (b"\0", 5, b"a" * 33)]
)
def test_what_does_not_fit_is_an_index_error(bits: bytes, prime: int, word: bytes) -> None:
    with pytest.raises(IndexError):
        module.cuts(bits, prime, word)


@given(
    st.lists(st.tuples(st.binary(min_size=1, max_size=40), st.integers(0, 3)), max_size=9),
    st.sampled_from([251, 4093]),
    st.integers(0, 3),
)
def test_terms_are_put_into_the_set_by_their_remainders(
    terms: list[tuple[bytes, int]], prime: int, most: int
) -> None:
    ends = np.cumsum([0, *(len(term) for term, _ in terms)]).astype(np.uint32)
    postings = np.cumsum([0, *(count for _, count in terms)]).astype(np.uint16)
    text = np.frombuffer(b"".join(term for term, _ in terms), np.uint8)
    bits = bytearray(-(-prime // 8))
    bounds = ends.view(np.uint8), 4, postings.view(np.uint8), 2
    module.mark(bits, prime, text, *bounds, most)
    places = {int.from_bytes(term[:32], "little") % prime for term, count in terms if count > most}
    assert {at for at in range(8 * len(bits)) if bits[at >> 3] >> (at & 7) & 1} == places


def test_the_set_keeps_its_size_while_terms_are_put_into_it() -> None:
    text, ends = np.frombuffer(b"kata" * 1_000_000, np.uint8), np.arange(4_000_001, dtype=np.uint32)
    bits = bytearray(32)
    terms = text, ends.view(np.uint8), 4, ends.view(np.uint8), 4, 0
    refused: list[BufferError] = []
    done: list[bool] = []

    def harm() -> None:
        while not (refused or done):
            try:
                bits.append(0)
            except BufferError as error:
                refused.append(error)

    thread = Thread(target=harm)
    thread.start()
    for _ in range(5):
        module.mark(bits, 251, *terms)
    done.append(True)
    thread.join()
    assert refused
    with pytest.raises((ValueError, BufferError)):
        module.mark(bytes(32), 251, *terms)


def test_no_term_outside_the_texts_is_put_into_the_set() -> None:
    text, ends = np.frombuffer(b"katakita", np.uint8), np.array([0, 4, 8], np.uint8)
    for prime, bounds, width, postings, of_postings in (
        (251, ends + 3, 1, ends, 1),
        (251, ends[::-1].copy(), 1, ends, 1),
        (251, ends, 3, ends, 1),
        (251, ends, 1, ends, 3),
        (251, ends[:0], 1, ends, 1),
        (251, ends[:0], 1, ends, 4),
        (251, ends[:0], 1, ends[:0], 1),
        (251, ends, 1, ends[:2], 1),
        (257, ends, 1, ends, 1),
        (0, ends, 1, ends, 1),
    ):
        with pytest.raises(IndexError):
            module.mark(bytearray(32), prime, text, bounds, width, postings, of_postings, 0)
