"""Texts without what readers do not see, compiled and by ``bytes.translate``: the same bytes.

And their hashes, eight at once and one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from index.stored_values import hashes_of_bytes, squeezed

_PIECES = tuple("aAzZ@[`{ \t\x1c\x1f!0\0é'\u2018\u2019\u02bc\u201a\u02bb\U0001f600\ud800")
_texts = st.lists(st.sampled_from(_PIECES)).map("".join)

compiled = kernel("squeezed")


@pytest.fixture(params=[False, True], ids=["one by one", "eight at once"], scope="module")
def road(request: pytest.FixtureRequest) -> Iterator[None]:
    """Processors with wide vectors take the road of those without them, too."""
    if request.param and (compiled is None or not compiled.HASHES):
        pytest.skip("without the kernel, or without vectors of 256 bits")
    with pytest.MonkeyPatch.context() as patch:
        if compiled is not None:
            patch.setattr(compiled, "HASHES", request.param)
        yield


@given(_texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary())
def test_the_kernel_leaves_the_same(text: bytes) -> None:
    found = squeezed(text)
    assert not set(found) & {*range(9, 14), *range(28, 33), *range(ord("A"), ord("Z") + 1)}
    if compiled is not None:
        assert compiled.squeezed(text) == found


def test_what_readers_do_not_see_is_left_out() -> None:
    assert squeezed("Jum\u2019at, 5 Mei\n\u2018E\u02bc".encode()) == b"jum'at,5mei'e'"


@pytest.mark.usefixtures("road")
@given(st.lists(st.tuples(_texts, st.integers(0, 400), st.booleans())))
def test_hashes_are_those_of_each_text(pieces: list[tuple[str, int, bool]]) -> None:
    raw = [
        (text * times if often else text + "x" * times).encode("utf-8", "surrogatepass")
        for text, times, often in pieces
    ]
    sums = [hashlib.blake2b(squeezed(text), digest_size=8).digest() for text in raw]
    assert hashes_of_bytes(raw).tolist() == [int.from_bytes(one, "big") for one in sums]


@pytest.mark.usefixtures("road")
def test_hashes_of_texts_of_every_length_beside_each_other() -> None:
    raw = [b"x" * length + b"\n" * (length % 70) for length in range(300)]
    sums = [hashlib.blake2b(squeezed(text), digest_size=8).digest() for text in raw]
    assert hashes_of_bytes(raw).tolist() == [int.from_bytes(one, "big") for one in sums]
