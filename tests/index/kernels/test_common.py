"""Documents of 32 bits that two terms have in common, by eight of them at once or one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field

company, positions = kernel("company"), kernel("positions")
pytestmark = pytest.mark.skipif(positions is None, reason="the kernels are not in use")

SIZE = 70_000
Documents = dict[int, int]
"""Where a term stands, once in each document."""


def _documents(least: int, most: int) -> st.SearchStrategy[Documents]:
    """Some that are near each other, so that two terms have many in common, and one far behind."""
    near = st.dictionaries(st.integers(least, least + most), st.integers(0, 3), max_size=60)
    return near.map(lambda having: dict(sorted(having.items())) | {SIZE - 1: 0})


def _field(terms: list[Documents]) -> FieldIndex:
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    lengths = np.array(list(map(len, terms)))
    documents = np.array([document for term in terms for document in term])
    places = np.array([place for term in terms for place in term.values()])
    field = FieldArrays(
        "body",
        [bytes([97 + number]) for number in range(len(terms))],
        lengths,
        documents,
        np.ones(len(documents), np.int64),
        lengths,
        places,
    )
    facts = write_field(writer, 0, field, SIZE)
    writer.finish({"segment": "one", "fields": [facts]})
    return Postings(storage, "one.inv").fields["body"]


@given(
    st.lists(
        _documents(0, 120) | _documents(0, 1000) | _documents(66_000, 90), min_size=2, max_size=3
    )
)
def test_documents_in_common(terms: list[Documents]) -> None:
    field = _field(terms).compiled
    assert field is not None
    every = set.intersection(*map(set, terms))
    found = positions.having_all(field, list(range(len(terms))), SIZE, None)
    assert found.tolist() == sorted(every)
    one, two = terms[:2]
    both = set(one) & set(two)
    behind = [document for document in both if one[document] + 1 == two[document]]
    assert company.both([field], "a", "b") == [(0, 0, 1, len(one), len(two), len(both))]
    assert company.beside(field, 0, 1) == (len(behind), 2 * len(both))
    assert company.stand_beside([field], "a", "b", SIZE)[0] == bool(behind)
