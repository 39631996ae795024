"""Arrays of term ids to postings, beside dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.analysis.bulk import Names
from index.analysis.learning import heads_of
from index.build.inversion import (
    batch,
    invert,
    invert_numbers,
    invert_values,
    room_for,
    sorting,
    vocabulary,
)
from index.joined import joined
from index.segments.postings_writer import FieldArrays

NAMES = [f"kata{number}" for number in range(12)]
GROUPS = st.lists(
    st.lists(st.lists(st.integers(0, len(NAMES) - 1), max_size=9), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
)


def unpacked(field: FieldArrays) -> dict[bytes, list[tuple[int, int]]]:
    """Term to documents with frequencies."""
    bounds = np.concatenate([[0], np.cumsum(field.counts)]).tolist()
    frequencies = field.frequencies
    if frequencies is None:
        frequencies = np.ones(len(field.documents), np.int64)
    postings = list(zip(field.documents.tolist(), frequencies.tolist(), strict=True))
    return {
        term: postings[start:stop]
        for term, (start, stop) in zip(field.terms, pairwise(bounds), strict=True)
    }


def named(names: Sequence[str]) -> Names:
    """The names as an encoder has them."""

    def texts(ids: NDArray[np.int64]) -> list[bytes]:
        return [names[one].encode() for one in ids.tolist()]

    return Names(len(names), lambda ids: joined(texts(ids)), lambda ids: heads_of(texts(ids)))


@given(GROUPS, st.sampled_from([1, 70_000]))
def test_every_token_is_where_it_was(groups: list[list[list[int]]], spread: int) -> None:
    # Ids beyond 16 bits take the second pass of the sort.
    names = [""] * (len(NAMES) * spread)
    names[::spread] = NAMES
    expected: dict[bytes, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(document for group in groups for document in group):
        for position, term in enumerate(document):
            expected[NAMES[term].encode()][number].append(position)
    sort = sorting()
    batches = [
        batch(
            np.array([term * spread for document in group for term in document], np.uint32),
            np.array([len(document) for document in group], np.int64),
            sort,
        )
        for group in groups
    ]
    # Another field had the room before, and left in it what it had.
    room = room_for([batches, batches[:1]])
    room.fill(0xFF)
    terms = vocabulary(named(names), np.arange(0, len(names), spread))
    field = invert("body", terms, batches, room)
    assert list(field.terms) == sorted(expected)
    assert unpacked(field) == {
        term: [(number, len(places)) for number, places in documents.items()]
        for term, documents in expected.items()
    }
    assert field.positions is not None
    assert field.positions.tolist() == [
        place for term in sorted(expected) for places in expected[term].values() for place in places
    ]
    assert field.occurrences is not None
    assert field.occurrences.tolist() == [
        sum(map(len, expected[term].values())) for term in sorted(expected)
    ]


@given(st.lists(st.none() | st.sampled_from([b"b", b"a", b"", b"\xff"])))
def test_values_are_terms(values: list[bytes | None]) -> None:
    found = unpacked(invert_values("source", values))
    assert list(found) == sorted({value for value in values if value is not None})
    assert found == {
        term: [(number, 1) for number, value in enumerate(values) if value == term]
        for term in found
    }


@given(st.lists(st.none() | st.integers(0, 2**64 - 1) | st.integers(0, 300)))
def test_numbers_are_terms_at_every_shift(values: list[int | None]) -> None:
    numbers = np.array([value or 0 for value in values], np.uint64)
    present = np.array([value is not None for value in values], np.bool_)
    found = unpacked(invert_numbers("date", numbers, present, 8))
    assert list(found) == sorted(found)
    expected = defaultdict(list)
    for number, value in enumerate(values):
        if value is not None:
            for shift in range(0, 64, 8):
                term = bytes([shift]) + (value >> shift).to_bytes(8, "big")
                expected[term].append((number, 1))
    assert found == expected


@given(st.lists(st.text("abé", max_size=5).map(lambda end: "a" * 14 + end), unique=True))
def test_terms_that_begin_with_the_same_16_bytes_are_in_order(names: list[str]) -> None:
    found = vocabulary(named(names), np.arange(len(names)))
    assert [*found.terms(found.ascending)] == [name.encode() for name in sorted(names)]
    assert [names[at] for at in found.ascending.tolist()] == sorted(names)


@given(st.lists(st.text("abé", min_size=1, max_size=5), unique=True), st.data())
def test_terms_that_are_not_used_are_left_out(names: list[str], data: st.DataObject) -> None:
    used = sorted(data.draw(st.sets(st.sampled_from(range(len(names))))) if names else set())
    found = vocabulary(named(names), np.array(used, np.int64))
    terms = [*found.terms(found.ascending)]
    assert terms == sorted(names[one].encode() for one in used)
    assert [names[one].encode() for one in found.ascending.tolist()] == terms
