"""Terms are found by the compiled look-up as by the one over bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldArrays, FieldIndex, Postings, write_field

postings = kernel("postings")
pytestmark = pytest.mark.skipif(postings is None, reason="the kernels are not in use")

SHORT = st.binary(max_size=10)


def field_of(terms: list[bytes]) -> FieldIndex:
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    ones = np.ones(len(terms), np.int64)
    field = FieldArrays("body", terms, ones, np.zeros(len(terms), np.int64))
    facts = write_field(writer, 0, field, 1)
    writer.finish({"segment": "one", "fields": [facts]})
    return Postings(storage, "one.inv").fields["body"]


@given(st.sets(SHORT | SHORT.map(lambda end: b"beginning" + end)), SHORT)
def test_every_term_is_found_and_no_other(terms: set[bytes], other: bytes) -> None:
    field = field_of(sorted(terms))
    compiled = postings.Field(field)
    assert [compiled.find(term) for term in sorted(terms)] == list(range(len(terms)))
    assert (compiled.find(other) >= 0) == (other in terms)
    assert compiled.document_frequency(other) == (other in terms)


def test_terms_of_which_a_checksum_does_not_fit_are_not_read() -> None:
    field = field_of([b"satu", b"tiga"])
    section = field.container["0.text"]
    section.checksums = section.checksums + np.uint32(1)
    with pytest.raises(FileDamaged, match=r"0\.text"):
        postings.Field(field).find(b"satu")
