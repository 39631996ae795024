"""Titles in their order and their ends sorted, against a twin that sorts lists of words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, analysis
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.derived.titles import FIELD, _stable_order, build, titles_of
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article


def built(directory: Path, parts: Sequence[Sequence[str]], *, merge: bool) -> list[SegmentReader]:
    """A segment for each part, or all of them merged."""
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    number = 0
    for titles in parts:
        builder.add([article(number + at, title, "Isi.") for at, title in enumerate(titles)])
        number += len(titles)
        builder.flush()
    storage = FileStorage(str(directory))
    segments = [merged(storage, builder.segments, NO_WORDS)] if merge else builder.segments
    return [open_segment(storage, segment) for segment in segments]


def twin(titles: Sequence[str]) -> list[tuple[list[str], int, int]]:
    """Every end of every title, in order: its words, the title's number, where it begins."""
    found = []
    for number, title in enumerate(titles):
        words = [token.surface for token in analysis().tokens(title)]
        found += [(words[at:], number, at) for at in range(len(words))]
    return sorted(found)


def read(reader: SegmentReader) -> list[tuple[list[str], int, int]]:
    """The same of a segment's arrays."""
    titles = titles_of(reader)
    if titles is None:
        return []
    index = reader.fields[FIELD]
    found = []
    for place in titles.suffixes.tolist():
        number = int(titles.starts.searchsorted(place, "right")) - 1
        words, at = [], place
        while titles.words[at]:
            words.append(index.text(int(titles.words[at]) - 1).decode())
            at += 1
        found.append((words, number, place - int(titles.starts[number])))
    return found


TITLES = st.lists(
    st.lists(st.sampled_from(["api", "kereta", "ke", "cepat"]), max_size=6).map(" ".join),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(TITLES, TITLES)
def test_ends_of_titles_are_in_the_order_of_their_words(some: list[str], more: list[str]) -> None:
    for merge in (False, True):
        with TemporaryDirectory() as name:
            readers = built(Path(name), [some, more], merge=merge)
            expected = [some + more] if merge else [some, more]
            assert [read(one) for one in readers] == [twin(titles) for titles in expected]


def test_what_was_kept_is_what_is_computed(tmp_path: Path) -> None:
    (reader,) = built(tmp_path, [["Kereta cepat", "Kereta api ke Bandung", ""]], merge=False)
    kept, computed = titles_of(reader), build(reader)
    assert kept is not None
    for name, items in computed.items():
        assert getattr(kept, name).tolist() == items.tolist()
    reader.derived.verify()


@given(st.lists(st.integers(0, 9) | st.integers(0, (1 << 40) - 1), max_size=30))
def test_numbers_are_put_in_order_with_their_places_or_without(numbers: list[int]) -> None:
    keys = np.array(numbers, np.int64)
    expected = sorted(range(len(numbers)), key=numbers.__getitem__)
    assert [_stable_order(keys, bits).tolist() for bits in (40, 63)] == [expected] * 2
