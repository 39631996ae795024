"""Sums of numbers as wide as 64 bits do not wrap around in kernels, whoever let them in.

``FieldIndex`` refuses such sections (see ``test_hostile``); here they take their places behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldIndex, Postings
from index.segments.postings_writer import FieldArrays, write_field
from tests.index.kernels.memory import apart
from tests.index.kernels.words import scorer_of

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

FAR = 1 << 44
WRAPPING = [2**64 - FAR, FAR + 1, 1]
"""The first two add up to 1."""

SIZE = 3


def _index() -> FieldIndex:
    """Two terms, of which the first two stand in all of three documents, at places 0 and 1."""
    storage = RamStorage()
    writer = ContainerWriter(storage, "one.inv", KIND)
    field = FieldArrays(
        LEAD_FIELD,
        (b"a", b"b"),
        np.array([SIZE, SIZE]),
        np.array([0, 1, 2] * 2),
        np.array([1, 1, 2] * 2),
        np.array([4, 4]),
        np.array([0, 0, 0, 9, 1, 1, 1, 8]),
    )
    writer.finish({"segment": "one", "fields": [write_field(writer, 0, field, SIZE)]})
    return Postings(storage, "one.inv").fields[LEAD_FIELD]


def _wide(times: list[int]) -> Any:
    """The field with these frequencies of 8 bytes, as kernels read it."""
    index = _index()
    index._frequencies = apart("0.frequencies", np.array(times * 2, "<u8"))
    return kernel("postings").Field(index)


def _documents(*numbers: int) -> Any:
    return np.array(numbers, np.int32)


def _standing(field: Any) -> Any:
    return kernel("verbatim").Standing([field], [(0, SIZE, None)], (1, 1, 1, 1))


def _lengths() -> Any:
    return np.full(SIZE, 2, np.float32)


def _raised(field: Any, *numbers: int) -> Any:
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    sought = kernel("candidates").Sought(scorer, [field], (("a", "b", 1, 1.0),), 1.0)
    count = len(numbers)
    return sought.raised(_documents(*numbers), np.ones(count), np.arange(count), (), 1e-6)


def _beside(field: Any, *terms: str) -> Any:
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    return kernel("beside").beside(scorer, (), ((_standing(field), terms),), 1 << 40)


def _together(field: Any, most: int) -> int:
    lookup, levels = kernel("postings").Lookup([field]), np.zeros(SIZE, np.uint8)
    asked = kernel("neighbours").Neighbours(lookup, lambda _: levels, list, most)
    found: int = asked.together("a", "b")
    return found


ROADS: dict[str, Callable[[Any], object]] = {
    "bits": lambda field: kernel("positions").bits(field, 0, _documents(1)),
    "places": lambda field: kernel("positions").places(field, 0, _documents(1)),
    "runs": lambda field: _standing(field).runs(("a", "b"), 1 << 40),
    "titles": lambda field: _standing(field).titles(("a",) * 2, _lengths(), False, 1 << 40),
    "scattered": lambda field: _standing(field).titles(("a",) * 2, _lengths(), True, 1 << 40),
    "beside": lambda field: _beside(field, "a", "b"),
    "three beside": lambda field: _beside(field, "a", "b", "a"),
    "headlines": lambda field: kernel("headlines").inside(
        _standing(field), ("a", "b", "a"), _lengths(), 2, 1 << 40
    ),
    "raised": lambda field: _raised(field, 1),
    "neighbours": lambda field: _together(field, 2 * SIZE),
    "sampled": lambda field: _together(field, 1),
    "company": lambda field: kernel("company").beside(field, 0, 1),
}


@pytest.mark.parametrize("road", ROADS)
def test_what_fits_is_read(road: str) -> None:
    assert ROADS[road](_wide([1, 1, 2])) is not None


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(
    "times", [WRAPPING, [5, 2**64 - 5, 1], [2**64 - 1, 2, 1], [1, 2**63, 2], [2**63, 2**63, 2]]
)
def test_what_wraps_around_is_refused(road: str, times: list[int]) -> None:
    field = _wide(times)
    with pytest.raises(FileDamaged):
        ROADS[road](field)


def test_numbers_of_documents_are_not_cut() -> None:
    index = _index()
    index.container.sections["0.documents"] = apart(
        "0.documents", np.array([0, 1 << 32, 2] * 2, "<u8")
    )
    postings = kernel("in_order").Postings(index)
    with pytest.raises(FileDamaged, match="a document too many"):
        postings.lengths(SIZE)
    with pytest.raises(FileDamaged, match="behind its text"):
        postings.put(np.zeros(8, np.uint32), np.array([0, 2, 4, 8]), np.arange(2), 1)
