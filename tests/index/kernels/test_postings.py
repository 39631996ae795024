"""Terms are found by the compiled look-up as by the one over bytes."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field

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


@given(
    st.lists(st.sets(SHORT), min_size=1, max_size=4),
    st.lists(st.text("ab\ud800\u00e9", max_size=3), max_size=20),
    st.sampled_from([0, 100_000]),
)
def test_a_term_is_found_in_all_segments_whether_it_is_kept_or_not(
    segments: list[set[bytes]], asked: list[str], more: int
) -> None:
    """So many segments leave room for one term: each question forgets the one before."""
    fields = [postings.Field(field_of(sorted(terms))) for terms in segments]
    counter = kernel("counting").Counter(postings.Lookup([*fields, *[None] * more]))
    for text in asked * 2:
        term = text.encode("utf-8", "surrogatepass")
        assert counter.count(text) == sum(term in terms for terms in segments)


def test_terms_that_are_kept_take_no_more_than_their_room() -> None:
    counter = kernel("counting").Counter(postings.Lookup([None] * 20_000))
    tracemalloc.start()
    try:
        for number in range(100):  # half a million bytes each
            counter.count(str(number))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 6 << 20


def test_what_cannot_be_looked_up_is_told_every_time() -> None:
    field = field_of([b"satu", b"tiga"])
    section = field.container["0.text"]
    section.checksums = section.checksums + np.uint32(1)
    lookup = postings.Lookup([postings.Field(field)])
    for _ in range(2):
        with pytest.raises(FileDamaged, match=r"0\.text"):
            kernel("counting").Counter(lookup).count("satu")


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="a field or none"):
        postings.Lookup([b"satu"])
    with pytest.raises(TypeError):
        postings.Lookup(None)


def test_a_look_up_has_its_fields_whatever_becomes_of_the_list() -> None:
    fields: list[Any] = [postings.Field(field_of([b"satu"]))]
    lookup = postings.Lookup(fields)
    kept = tuple(fields)
    fields[0] = b"no field"
    fields.append(None)
    assert lookup.fields == kept
    assert kernel("counting").Counter(lookup).count("satu") == 1


def _scorer(lookups: dict[str, Any], norms: dict[str, Any]) -> Any:
    return kernel("scoring").Scorer(
        [(0, 1)],
        lookups,
        norms,
        None,
        np.ones(65_536, np.float32),
        (np.float32(1),) * 4,
        None,
    )


def test_words_are_scored_where_they_are_looked_up() -> None:
    """And nowhere else: another object of the same field, as threads may make, does not matter."""
    one = postings.Lookup([postings.Field(field_of([b"satu"]))])
    norms = {"body": np.ones(1, np.float32)}
    word = (("body", "satu", 1.0),)
    assert _scorer({"body": one}, norms).word((word,)).reads == ((1, 1, 1),)
    with pytest.raises(ValueError, match="one field a segment"):
        _scorer({"body": postings.Lookup(one.fields * 2)}, norms)
    with pytest.raises(ValueError, match="other fields"):
        _scorer({"body": one, "title": one}, norms)
    with pytest.raises(TypeError):
        _scorer({"body": None}, norms)
