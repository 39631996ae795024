"""How often two words stand beside each other: as counting in the texts says."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.segment_builder import SegmentBuilder
from index.glued.neighbours import Neighbours
from index.segments.reader import open_segment
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
