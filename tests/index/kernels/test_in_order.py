"""Texts are put together, and pairs counted, by the kernel as by NumPy."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.derived import in_order, pairs
from index.errors import FileDamaged
from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field

pytestmark = pytest.mark.skipif(kernel("in_order") is None, reason="the kernels are not in use")

TEXTS = st.lists(st.lists(st.integers(0, 7), max_size=12), min_size=1, max_size=12)


def field_of(texts: list[list[int]], *, behind: int = 0, number: int = 0) -> FieldIndex:
    """``behind`` and ``number`` are added to the last position and the last document."""
    places: dict[int, dict[int, list[int]]] = {}
    for document, text in enumerate(texts):
        for position, term in enumerate(text):
            places.setdefault(term, {}).setdefault(document, []).append(position)
    terms = sorted(places)
    counts = np.array([len(places[term]) for term in terms], np.int64)
    found = [one for term in terms for one in places[term].values()]
    documents = np.array([one for term in terms for one in places[term]], np.int64)
    positions = np.array([place for one in found for place in one], np.uint32)
    documents[-1:] += number
    positions[-1:] += np.uint32(behind)
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    facts = write_field(
        writer,
        0,
        FieldArrays(
            "body_exact",
            [b"%04d" % term for term in terms],
            counts,
            documents,
            np.array([len(one) for one in found], np.uint8),
            np.array([sum(map(len, places[term].values())) for term in terms], np.int64),
            positions,
        ),
        max(len(texts), 1 + int(documents.max(initial=0))),
    )
    writer.finish({"segment": "one", "fields": [facts]})
    return Postings(storage, "one.inv").fields["body_exact"]


def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_order, "_kernel", None)
    monkeypatch.setattr(pairs, "_kernel", None)


@given(TEXTS, st.none() | st.integers(1, 30), st.sampled_from([1, 2, 3]))
def test_texts_and_pairs_are_those_of_numpy(
    texts: list[list[int]], most: int | None, fewest: int
) -> None:
    field = field_of(texts)
    terms = np.arange(0, field.terms, 1 + (fewest == 3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "FEWEST", fewest)
        compiled = in_order.in_order(field, len(texts), terms, most)
        counted = pairs.counted(compiled, field.terms, len(texts))
        without_kernel(patch)
        by_numpy = in_order.in_order(field, len(texts), terms, most)
        expected = pairs.counted(by_numpy, field.terms, len(texts))
    assert compiled.tokens.tolist() == by_numpy.tokens.tolist()
    assert compiled.starts.tolist() == by_numpy.starts.tolist()
    assert compiled.step == by_numpy.step
    for name in ("firsts", "counts", "seconds", "bodies"):
        assert getattr(counted, name).tolist() == getattr(expected, name).tolist()


@pytest.mark.parametrize("kernels", [True, False])
@pytest.mark.parametrize(("behind", "number"), [(1000, 0), (2**31, 0), (0, 5), (0, 60_000)])
def test_what_leads_outside_is_damage(
    monkeypatch: pytest.MonkeyPatch, *, kernels: bool, behind: int, number: int
) -> None:
    rng = random.Random(5)
    field = field_of([rng.choices(range(8), k=9) for _ in range(6)], behind=behind, number=number)
    if not kernels:
        without_kernel(monkeypatch)
    with pytest.raises((FileDamaged, IndexError)):
        in_order.in_order(field, 6)
