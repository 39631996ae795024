"""How often two words stand beside each other: as counting in the texts says."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.segment_builder import SegmentBuilder
from index.errors import FileDamaged
from index.glued import neighbours as counting
from index.glued.neighbours import Neighbours
from index.kernels import kernel
from index.segments.reader import open_segment
from index.stored_values import text_hash
from tests.conftest import article, examples

_WORDS = ("harga", "rumah", "murah", "naik")
_BODIES = st.lists(st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join), max_size=8)


@settings(max_examples=examples(15))
@given(st.lists(_BODIES, max_size=3))
def test_places_are_counted_in_all_segments(parts: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        builder = SegmentBuilder(Path(name), NO_WORDS, 1 << 28)
        for part in parts:
            builder.add([article(number, "", body) for number, body in enumerate(part)])
            builder.flush()
        storage = FileStorage(name)
        neighbours = Neighbours([open_segment(storage, one) for one in builder.segments])
        pairs = [pair for part in parts for body in part for pair in pairwise(body.split())]
        for one in _WORDS:
            for two in (*_WORDS, "asing"):
                assert neighbours.together(one, two) == pairs.count((one, two))


@settings(max_examples=examples(15))
@given(_BODIES, st.integers(1, 4))
def test_the_kernel_counts_as_numpy_does_of_as_many_articles(bodies: list[str], most: int) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_MOST", most)
        builder = SegmentBuilder(Path(name), NO_WORDS, 1 << 28)
        builder.add([article(number, "", body) for number, body in enumerate(["harga", *bodies])])
        builder.flush()
        readers = [open_segment(FileStorage(name), one) for one in builder.segments]
        compiled = Neighbours(readers)
        found = {pair: compiled.together(*pair) for pair in product(_WORDS, repeat=2)}
        patch.setattr(counting, "_kernel", None)
        by_numpy = Neighbours(readers)
        assert found == {pair: by_numpy.together(*pair) for pair in found}


@settings(max_examples=examples(15))
@given(_BODIES, st.integers(1, 4), st.randoms())
def test_the_same_is_counted_in_whatever_order_and_pieces(
    bodies: list[str], most: int, random: Random
) -> None:
    """Of more articles than are looked at, too."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_MOST", most)
        for pieces in (1, 3):
            with TemporaryDirectory() as name:
                builder = SegmentBuilder(Path(name), NO_WORDS, 1 << 28)
                for piece in range(pieces):
                    some = ["harga rumah", *bodies][piece::pieces]
                    builder.add([article(number, "", body) for number, body in enumerate(some)])
                    builder.flush()
                readers = [open_segment(FileStorage(name), one) for one in builder.segments]
                neighbours = Neighbours(readers)
                found.append([neighbours.together(*pair) for pair in product(_WORDS, repeat=2)])
            random.shuffle(bodies)
    assert found[0] == found[1]


def test_of_many_copies_few_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And as many places are counted on both roads, in whatever order and pieces."""
    monkeypatch.setattr(counting, "_MOST", 10)
    copy = next(
        one
        for one in (f"rumah murah {number}" for number in range(10_000))
        if text_hash(one).bit_length() <= 56
    )
    bodies = [*[copy] * 300, *(f"rumah naik {number}" for number in range(100))]
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    for some in (bodies, bodies[::-2], bodies[::2]):
        builder.add([article(number, "", body) for number, body in enumerate(some)])
        builder.flush()
    whole, *halves = (open_segment(FileStorage(str(tmp_path)), one) for one in builder.segments)
    found = []
    for road in (counting._kernel, None):
        monkeypatch.setattr(counting, "_kernel", road)
        for readers in ([whole], halves):
            neighbours = Neighbours(readers)
            found.append([neighbours.together("rumah", word) for word in ("murah", "naik")])
    assert found[0][0] == 20
    assert 5 <= found[0][1] <= 20
    assert found == found[:1] * 4


@pytest.mark.parametrize("known", [0, 1])
@pytest.mark.parametrize("road", [counting._kernel, None])
def test_a_document_that_is_none_of_the_segment_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, road: Any, known: int
) -> None:
    monkeypatch.setattr(counting, "_MOST", 1)
    monkeypatch.setattr(counting, "_kernel", road)
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    builder.add([article(number, "", "harga rumah") for number in range(3)])
    builder.flush()
    neighbours = Neighbours([open_segment(FileStorage(str(tmp_path)), *builder.segments)])
    (field,) = neighbours._fields
    field.levels = np.zeros(known, np.uint8)
    with pytest.raises(FileDamaged, match="none of the segment"):
        neighbours.together("harga", "rumah")


@pytest.mark.skipif(kernel("neighbours") is None, reason="the kernels are not in use")
def test_of_a_sample_that_was_made_smaller_no_more_is_read_than_is_there(tmp_path: Path) -> None:
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    builder.add([article(number, "", "harga rumah") for number in range(9)])
    builder.flush()
    reader = open_segment(FileStorage(str(tmp_path)), *builder.segments)
    lookup = kernel("postings").Lookup([reader.fields["body_exact"].compiled])

    def found(thinned: Any, most: int = 1) -> Any:
        levels = np.zeros(9, np.uint8)
        asked = kernel("neighbours").Neighbours(lookup, lambda _: levels, thinned, most)
        return asked.together("harga", "rumah")

    assert found(lambda parts: [one[:2] for one in parts]) == 2
    assert found(lambda parts: [np.empty((1 << 20, 0), np.uint32) for _ in parts]) == 0
    with pytest.raises(IndexError):
        found(lambda _: [])
    for most in (0, -(2**63)):
        with pytest.raises(ValueError, match="at least"):
            found(lambda parts: parts, most)
