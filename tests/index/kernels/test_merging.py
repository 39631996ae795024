"""Terms of several fields are merged by the kernel as by a set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileDamaged
from index.kernels import kernel
from index.segments import merge_postings
from index.segments.merge_postings import merged_terms
from tests.index.kernels.test_postings import field_of

pytestmark = pytest.mark.skipif(kernel("merging") is None, reason="the kernels are not in use")

TERMS = st.sets(st.binary(max_size=3) | st.sampled_from([b"same", b"same and more"]))


@given(st.lists(TERMS, max_size=5))
def test_terms_have_the_places_that_a_set_gives(parts: list[set[bytes]]) -> None:
    fields = [field_of(sorted(terms)) for terms in parts]
    text, lengths, places = merged_terms(fields)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge_postings, "_kernel", None)
        same, as_long, by_set = merged_terms(fields)
    terms = sorted(set().union(*parts))
    assert text.tobytes() == same.tobytes() == b"".join(terms)
    assert lengths.tolist() == as_long.tolist() == [*map(len, terms)]
    assert [one.tolist() for one in places] == [one.tolist() for one in by_set]


@pytest.mark.parametrize("bad", [[0, 9, 4], [0, 2, 2**31], [5, 2, 8]], ids=str)
def test_terms_that_lie_outside_are_damage(bad: list[int]) -> None:
    field = field_of([b"satu", b"tiga"])
    section = field.container["0.text_at"]
    altered = np.array(bad, section.array.dtype if max(bad) < 256 else np.uint32)
    section.array = altered
    section._blocks = altered.data.cast("B")
    section.checksums = np.zeros(1, np.uint32)
    section._seen = bytearray(b"\1")
    with pytest.raises(FileDamaged, match="a term lies outside"):
        kernel("merging").ranks([field])
