"""Texts are packed for comparison by the kernel as by bytes' own methods."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import stored_values
from index.kernels import kernel

pytestmark = pytest.mark.skipif(kernel("likeness") is None, reason="the kernels are not in use")

TEXTS = st.text(st.sampled_from("Aaz Z\t\n\x1c\x1f\x7f'‘’ʼ–“ʻ\udc80\U0001f600@[`{")) | st.text()


@given(TEXTS | st.integers(1, 3).map(lambda cut: "’" * cut))
def test_a_text_is_packed_as_by_methods_of_bytes(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        compiled = stored_values.text_hash(text)
        patch.setattr(stored_values, "_kernel", None)
        assert compiled == stored_values.text_hash(text)


@given(st.binary() | st.sampled_from([b"\xca", b"\xe2", b"\xe2\x80", b"\xe2\x80\x97", b"\xca\xbb"]))
def test_bytes_that_are_no_text_are_packed_alike(text: bytes) -> None:
    found = kernel("likeness").packed(text)
    assert found == stored_values._packed(text)
