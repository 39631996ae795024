"""Sets of terms that are looked into at a glance."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field
from search.local.reading.remainders import Remainders

_terms = st.sets(st.text("abc", min_size=1, max_size=40) | st.text(min_size=1, max_size=12))


def _field(terms: list[bytes]) -> FieldIndex:
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    once = np.arange(len(terms))
    field = FieldArrays("f", terms, np.ones(len(terms), np.int64), once)
    writer.finish({"fields": [write_field(writer, 0, field, len(terms))]})
    return Postings(storage, "file").fields["f"]


@given(_terms, _terms, st.data())
@example({"abcabcab", "b" * 16, "c" * 32, "a" * 33}, {"jumʼat"}, None)
def test_all_terms_of_a_set_are_in_it_and_hardly_any_other(
    first: set[str], second: set[str], data: st.DataObject | None
) -> None:
    fields = [_field(sorted(map(str.encode, terms))) for terms in (first, second)]
    found = Remainders((field, 0) for field in fields)
    terms = first | second
    assert all(term in found for term in terms)
    assert sum(f"{number}!" in found for number in range(100)) < 50
    word = "abcabcabcabc" if data is None else data.draw(st.text("abcʼ", max_size=50))
    expected = [(at, word[:at] in found) for at in range(1, len(word)) if word[at:] in found]
    assert found.cuts(word) == expected


def test_no_terms_are_in_no_set() -> None:
    assert "banjir" not in Remainders([])
