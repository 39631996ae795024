"""Which words are in small letters wherever they stand: kept by the builder, handed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.derived.small import are_small, cases_in, small_in
from index.fields import EXACT, TEXTS
from index.segments.derived import EXTENSION
from index.segments.hashing import distinct, numbers_of, term_numbers
from index.segments.reader import SegmentReader, open_segment
from tests.conftest import article


@contextmanager
def built(parts: Sequence[Sequence[str]], *, merge: bool = False) -> Iterator[list[SegmentReader]]:
    """Segments of bodies, each of a builder of its own."""
    with TemporaryDirectory() as name:
        segments = []
        for part in parts:
            builder = SegmentBuilder(Path(name), NO_WORDS, 1 << 28)
            builder.add([article(number, "Kabar", body) for number, body in enumerate(part)])
            builder.flush()
            segments += builder.segments
        storage = FileStorage(name)
        if merge:
            segments = [merged(storage, segments, NO_WORDS)]
        yield [open_segment(storage, segment) for segment in segments]


CASES = {
    "small letters": ([["soal hargarumah itu"]], True),
    "a capital": ([["soal Hargarumah itu"]], False),
    "all capitals": ([["soal HARGARUMAH itu"]], False),
    "both in an article": ([["soal hargarumah dan Hargarumah"]], False),
    "both in a segment": ([["soal hargarumah", "Hargarumah itu"]], False),
    "both in two segments": ([["soal hargarumah"], ["Hargarumah itu"]], False),
    "a part of another word in one": ([["situs hargarumah.com"], ["soal hargarumah"]], True),
    "a capital in a part of another": ([["situs Hargarumah-murah"], ["soal hargarumah"]], False),
    "small letters in two segments": ([["soal hargarumah"], ["hargarumah itu"]], True),
    "a capital in a part that is no word": ([["di-Hargarumah-kan"], ["soal hargarumah"]], False),
    "a capital beside a hyphen": ([["hargarumah", "Hargarumah-murah"]], False),
    "beside a hyphen only": ([["si hargarumah-murah"]], False),
    "with a letter that is none of ASCII": ([["hargarumah\u00e9"]], False),
    "no such word": ([["harga rumah"]], False),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("merge", [False, True])
def test_a_word_without_a_capital_anywhere_is_small(
    parts: list[list[str]], expected: bool, merge: bool
) -> None:
    with built(parts, merge=merge) as segments:
        (number,) = numbers_of([b"hargarumah"])
        assert (number in cases_in(segments).small) == expected
        if any("hargarumah" in body.lower().split() for part in parts for body in part):
            assert are_small(segments, ["hargarumah"]) == [expected]


def test_a_merged_segment_knows_of_capitals_of_words_that_are_none_of_its_own(
    tmp_path: Path,
) -> None:
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    for number, body in enumerate(("di-Hargarumah-kan", "kabar lain", "soal hargarumah")):
        builder.add([article(number, "Kabar", body)])
        builder.flush()
    storage = FileStorage(str(tmp_path))
    *some, last = builder.segments
    segments = [open_segment(storage, one) for one in (merged(storage, some, NO_WORDS), last)]
    (number,) = numbers_of([b"hargarumah"])
    assert number in cases_in(segments).capital
    assert are_small(segments, ["hargarumah"]) == [False]


_FIELDS = tuple(one + EXACT for one in TEXTS)
_WORDS = "hargarumah", "Hargarumah", "HARGARUMAH", "sepakbola", "Sepakbola", "2hargarumah"
_TIED = st.sampled_from([*_WORDS, "di-Hargarumah-kan", "si-sepakbola", "2Sepakbola"])
_BODIES = st.lists(st.lists(_TIED, max_size=3).map(" ".join), max_size=3)


@given(st.lists(st.tuples(_BODIES, st.booleans()), min_size=1, max_size=3))
def test_a_few_words_are_told_as_all_are(parts: list[tuple[list[str], bool]]) -> None:
    """Also where segments know nothing of it, as those of Whoosh's own writer."""
    with built([["kabar", *bodies] for bodies, _ in parts]) as segments:
        for segment, (_, knows) in zip(segments, parts, strict=True):
            if not knows:
                segment.storage.delete_file(segment.segment.make_filename(EXTENSION))
        words = sorted({word.lower() for word in _WORDS})
        numbers = numbers_of([word.encode() for word in words])
        small = cases_in(segments).small
        assert are_small(segments, words) == [number in small for number in numbers]
        fields = [
            field for one in segments for field in one.fields.values() if field.name in _FIELDS
        ]
        every = distinct(np.concatenate([*map(term_numbers, fields)]))
        places = {field: every.searchsorted(term_numbers(field)) for field in fields}
        assert small_in(segments, every, places.get).tolist() == np.isin(every, small).tolist()
