"""What a hash is taken of is the same with and without the kernel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from index.stored_values import seen_in, text_hash

hashed = kernel("hashed")

_PIECES = (
    "Kata",
    "KPK",
    " ",
    "\t\r\n\x0b\x0c\x1c\x1f",
    "\xa0\x85",
    "‘",
    "’",
    "ʼ",
    "“",
    "ʻ",
    "ʽ",
    "é",
    "日",
    "😀",
)
texts = st.lists(st.sampled_from(_PIECES)).map("".join) | st.text()


@pytest.mark.skipif(hashed is None, reason="the kernel was not compiled")
@given(texts)
def test_what_is_seen_is_the_same_on_both_roads(text: str) -> None:
    assert hashed.seen(text) == seen_in(text)


@pytest.mark.skipif(hashed is None, reason="the kernel was not compiled")
@pytest.mark.parametrize(
    "code", [*range(0x20), 0x7F, 0x2018, 0x2019, 0x201A, 0x2BC, 0x2BD], ids=hex
)
def test_every_kind_of_letter_is_seen_alike_at_the_end_of_a_text(code: int) -> None:
    assert hashed.seen(f"A{chr(code)}") == seen_in(f"A{chr(code)}")


def test_texts_that_readers_cannot_tell_apart_have_one_hash() -> None:
    assert text_hash("Jum’at di KPK\n") == text_hash("jum'at  di\tkpk")
    assert text_hash("Jumat di KPK") != text_hash("Jum’at di KPK")


def test_a_lone_surrogate_has_a_hash() -> None:
    assert text_hash("x\ud800") == text_hash("X \ud800") != text_hash("x")
