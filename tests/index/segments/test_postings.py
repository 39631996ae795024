"""The file of postings, written and read as arrays."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.segments import postings_writer
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, Postings, key_of, keys_of
from index.segments.postings_writer import FieldArrays, write_field


@pytest.mark.parametrize("wide", [False, True])
def test_document_frequencies_are_whole_numbers(
    wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many postings there are: places behind 2**32 take eight bytes."""
    if wide:
        narrow = postings_writer.offsets
        monkeypatch.setattr(postings_writer, "offsets", lambda counts: narrow(counts).astype("<u8"))
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    field = FieldArrays("f", [b"a", b"b"], np.array([1, 2]), np.array([0, 0, 1]))
    writer.finish({"fields": [write_field(writer, 0, field, 2)]})
    found = Postings(storage, "file").fields["f"].document_frequencies(0, 2)
    assert found.dtype == np.int64
    assert found.tolist() == [1, 2]


_ALIKE = st.binary(max_size=3).map(lambda end: b"abcdefgh" + end)
"""Terms whose keys are one: more of them than are looked at together."""


@given(
    st.sets(st.binary(max_size=12) | _ALIKE | st.text("ab", max_size=12).map(str.encode)),
    st.lists(st.binary(max_size=12) | _ALIKE | st.text("ab", max_size=12).map(str.encode)),
)
@example({b"abcdefgh%04d" % number for number in range(200)}, [b"abcdefgh0199", b"abcdefgh"])
@example({b"xab", b"yaby"}, [b"ab", b"aby", b""])
def test_terms_are_found_as_in_a_list(terms: set[bytes], others: list[bytes]) -> None:
    ordered = sorted(terms)
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    once = np.arange(len(ordered))
    field = FieldArrays("f", ordered, np.ones(len(ordered), np.int64), once)
    writer.finish({"fields": [write_field(writer, 0, field, len(ordered))]})
    found = Postings(storage, "file").fields["f"]
    for term in (*ordered, *others):
        place = bisect_left(ordered, term)
        assert found.lower_bound(term) == place
        assert found.find(term) == (place if term in terms else -1)


@given(st.lists(st.binary(max_size=12)))
def test_keys_of_many_are_those_of_each(terms: list[bytes]) -> None:
    lengths = np.array([*map(len, terms)], np.int64)
    text = np.frombuffer(b"".join(terms), np.uint8)
    found = keys_of(text, np.cumsum(lengths) - lengths, lengths)
    assert found.dtype == np.dtype("<u8")
    assert found.tolist() == [*map(key_of, terms)]
