"""Places of terms are found by the kernel as by arithmetic over whole arrays."""

from __future__ import annotations

from itertools import accumulate
from random import Random

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

positions = kernel("positions")
pytestmark = pytest.mark.skipif(positions is None, reason="the kernels are not in use")

SIZE = 200
Having = dict[int, list[int]]
"""Where a term stands by documents."""

_having = st.dictionaries(
    st.integers(0, SIZE - 1),
    st.sets(st.sampled_from([0, 1, 2, 3, 40, 63, 64, 65, 300, 70_000]), min_size=1).map(sorted),
    min_size=1,
    max_size=40,
).map(lambda having: dict(sorted(having.items())))
_terms = st.lists(_having, min_size=1, max_size=4)


def field_of(terms: list[Having], size: int = SIZE) -> FieldIndex:
    """A field of so many documents in which term number n is the byte n."""
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    places = [where for having in terms for where in having.values()]
    field = FieldArrays(
        "body",
        [bytes([number]) for number in range(len(terms))],
        np.array([len(having) for having in terms]),
        np.array([document for having in terms for document in having]),
        np.array([len(where) for where in places]),
        np.array([sum(map(len, having.values())) for having in terms]),
        np.array([position for where in places for position in where]),
    )
    facts = write_field(writer, 0, field, size)
    writer.finish({"segment": "one", "fields": [facts]})
    return Postings(storage, "one.inv").fields["body"]


def _numbers(values: set[int] | list[int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(sorted(values), np.int32)


@given(_terms, st.none() | st.sets(st.integers(0, SIZE - 1)))
def test_documents_that_have_all_terms(terms: list[Having], deleted: set[int] | None) -> None:
    field = field_of(terms).compiled
    gone = None
    if deleted is not None:
        gone = np.zeros(SIZE, np.bool_)
        gone[sorted(deleted)] = True
    common = set.intersection(*map(set, terms)) - (deleted or set())
    found = positions.having_all(field, list(range(len(terms))), SIZE, gone)
    assert found.dtype == np.int32
    assert found.tolist() == sorted(common)
    names = [chr(number) for number in range(len(terms))]
    across = positions.Across([None, field, field])
    rarest, stops = min(map(len, terms)), list(accumulate(map(len, terms), initial=0))
    places = list(zip(range(len(terms)), stops, stops[1:], strict=False))
    assert across.find(names) == [(1, places, rarest), (2, places, rarest)]
    assert across.find([*names, "none"]) == []


BATCHES = 1, 255, 256, 257, 511, 512, 513
"""Of documents, which are looked for 256 at a time."""


@pytest.mark.parametrize("size", [1000, 65_536, 65_537], ids=["small", "two bytes", "four bytes"])
@pytest.mark.parametrize("length", BATCHES)
def test_documents_of_more_than_a_batch(size: int, length: int) -> None:
    random = Random(size + length)
    some = sorted({size - 1, *random.sample(range(size - 1), length - 1)})
    every = sorted({*some, *random.sample(range(size), min(size, 2000) // 2)})
    others = sorted({*some[::2], *random.sample(range(size), 300)})
    terms = [{document: [0] for document in documents} for documents in (every, some, others)]
    index = field_of(terms, size)
    assert index.documents(0).dtype == (np.uint16 if size <= 65_536 else np.uint32)
    gone = np.zeros(size, np.bool_)
    gone[random.sample(some, length // 3)] = True
    for ordinals in ([1], [0, 1], [1, 2], [0, 1, 2]):
        common = set.intersection(*[set(terms[one]) for one in ordinals])
        for left_out in (None, gone):
            live = common if left_out is None else common - {*np.flatnonzero(gone).tolist()}
            found = positions.having_all(index.compiled, ordinals, size, left_out)
            assert found.tolist() == sorted(live)
    with pytest.raises(FileDamaged, match="is none"):
        positions.having_all(index.compiled, [0, 1], size - 1, None)
    found = positions.places(index.compiled, 1, _numbers(some))
    assert found.tolist() == [at << 32 for at in range(length)]


@given(_having, st.data())
def test_places_and_bits_of_a_term(having: Having, data: st.DataObject) -> None:
    field = field_of([having]).compiled
    chosen = sorted(data.draw(st.sets(st.sampled_from([*having]))))
    places = [
        (number << 32) + position
        for number, document in enumerate(chosen)
        for position in having[document]
    ]
    assert positions.places(field, 0, _numbers(chosen)).tolist() == places
    bits, count = positions.bits(field, 0, _numbers(chosen))
    early = [sum(1 << p for p in having[document] if p < 64) for document in chosen]
    assert (bits.tolist(), count) == (early, len(places))


@given(*[st.sets(st.integers(0, 2**40), max_size=30)] * 3)
def test_common_places(one: set[int], two: set[int], both: set[int]) -> None:
    few, many = (np.array(sorted(some | both), np.int64) for some in (one, two))
    assert positions.common(few, many).tolist() == sorted((one | both) & (two | both))


def test_what_does_not_fit_is_damage() -> None:
    field = field_of([{1: [4], 3: [5, 6]}])
    with pytest.raises(FileDamaged, match="do not ascend"):
        positions.places(field.compiled, 0, _numbers([2]))
    with pytest.raises(FileDamaged, match="is none"):
        positions.having_all(field.compiled, [0], 3, None)
    bounds = field.section("position_at")
    assert bounds is not None
    shorter = np.array(bounds.array)
    shorter[-1] -= 1
    bounds.array, bounds._blocks = shorter, shorter.view(np.uint8).data
    misfit = kernel("postings").Field(field)
    for read in (positions.places, positions.bits):
        with pytest.raises(FileDamaged, match="do not fit"):
            read(misfit, 0, _numbers([1, 3]))
