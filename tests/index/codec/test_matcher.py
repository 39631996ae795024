"""The matcher walks like a plain list of postings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.codec.base import OutOfOrderError
from whoosh.filedb.filestore import RamStorage
from whoosh.matching import ReadTooFar
from whoosh.scoring import BaseScorer
from whoosh.system import pack_uint

from index.codec.codec import ArrayCodec
from index.codec.matcher import BLOCK, PostingMatcher
from index.codec.terms_reader import TermsReader

_FORMAT = formats.Frequency()
_FIELD = fields.FieldType(_FORMAT, IDAnalyzer(), scorable=True)


def _matcher(
    documents: Sequence[int], frequencies: Sequence[int], scorer: BaseScorer | None = None
) -> PostingMatcher:
    codec, storage = ArrayCodec(), RamStorage()
    segment = codec.new_segment(storage, "name")
    size = documents[-1] + 1
    writer = codec.per_document_writer(storage, segment)
    for number in range(size):
        writer.start_doc(number)
        writer.add_field("field", _FIELD, None, 1 + number % 7)
        writer.finish_doc()
    writer.close()
    field_writer = codec.field_writer(storage, segment)
    field_writer.start_field("field", _FIELD)
    field_writer.start_term(b"term")
    for number, frequency in zip(documents, frequencies, strict=True):
        field_writer.add(number, float(frequency), pack_uint(frequency), None)
    field_writer.finish_term()
    field_writer.finish_field()
    field_writer.close()
    reader = codec.terms_reader(storage, segment)
    return reader.matcher("field", b"term", _FORMAT, scorer)


class _Product(BaseScorer):  # type: ignore[misc]
    """Scores by frequency over length, in whole numbers."""

    def supports_block_quality(self) -> bool:
        return True

    def score(self, matcher: PostingMatcher) -> float:
        return matcher.weight() * (8 - (1 + matcher.id() % 7))

    def max_quality(self) -> float:
        return 1e9

    def block_quality(self, matcher: PostingMatcher) -> float:
        return matcher.block_max_weight() * (8 - matcher.block_min_length())


_documents = st.sets(st.integers(0, 1500), min_size=1).map(sorted)


@given(_documents, st.lists(st.integers(0, 70_000)))
def test_skipping_goes_to_the_first_that_is_not_before(
    documents: list[int], targets: list[int]
) -> None:
    matcher = _matcher(documents, [1] * len(documents))
    at = 0
    for target in targets:
        if not matcher.is_active():
            with pytest.raises(ReadTooFar):
                matcher.skip_to(target)
            with pytest.raises(ReadTooFar):
                matcher.next()
            assert matcher.id() == documents[-1]
            break
        matcher.skip_to(target)
        at = max(at, int(np.searchsorted(documents, target)))
        assert matcher.is_active() == (at < len(documents))
        if matcher.is_active():
            assert matcher.id() == documents[at]
            assert list(matcher.all_ids()) == documents[at:]
    matcher.reset()
    assert list(matcher.all_ids()) == documents


_edges = st.builds(lambda block, by: block * BLOCK + by, st.integers(1, 4), st.integers(-1, 1))


@given(st.sets(_edges), st.integers(0, 9), st.integers(0, 100))
def test_skipping_by_quality_leaves_out_only_what_scores_no_more(
    peaks: set[int], frequency: int, least: int
) -> None:
    size = 5 * BLOCK - 9
    frequencies = [9 if number in peaks else frequency for number in range(size)]
    matcher = _matcher(range(size), frequencies, _Product())
    expected = []
    found = []
    other = matcher.copy()
    while other.is_active():
        if other.score() > least:
            expected.append(other.id())
        other.next()
    assert matcher.id() == 0
    while matcher.is_active():
        if matcher.block_quality() <= least:
            assert matcher.skip_to_quality(least) >= 1
            continue
        assert matcher.block_min_length() <= 1 + matcher.id() % 7 <= matcher.block_max_length()
        if matcher.score() > least:
            found.append(matcher.id())
        matcher.next()
    assert found == expected


def _write(
    format_: formats.Format, postings: Sequence[tuple[bytes, int, float, bytes]]
) -> TermsReader:
    codec, storage = ArrayCodec(), RamStorage()
    segment = codec.new_segment(storage, "name")
    writer = codec.field_writer(storage, segment)
    writer.add_postings(
        {"field": fields.FieldType(format_, IDAnalyzer())}, None, [("field", *p) for p in postings]
    )
    writer.close()
    return codec.terms_reader(storage, segment)


@pytest.mark.parametrize(
    ("format_", "values"),
    [
        (formats.Positions(), [b"", b"what", formats.Positions().encode([3, 1])]),
        (formats.Frequency(), [b"", b"1", b"12345"]),
        (formats.Characters(), [b"", b"any"]),
    ],
)
def test_values_of_others_stay_as_they_are(format_: formats.Format, values: list[bytes]) -> None:
    for value in values:
        matcher = _write(format_, [(b"a", 2, 1.0, value)]).matcher("field", b"a", format_)
        assert matcher.value() == value


def test_frequencies_and_positions_are_kept_beside_weights() -> None:
    positions = formats.Positions()
    for weight in (2.0, 7.0, 0.25):
        value = positions.encode([4, 9])
        matcher = _write(positions, [(b"a", 2, weight, value)]).matcher("field", b"a", positions)
        assert matcher.weight() == weight
        assert matcher.value_as("positions") == [4, 9]
        assert matcher.value_as("frequency") == 2
        assert matcher.value() == value


def test_postings_of_one_document_are_one() -> None:
    for format_, first, second in (
        (formats.Existence(), b"", b""),
        (formats.Frequency(), pack_uint(1), pack_uint(2)),
        (formats.Positions(), formats.Positions().encode([5]), formats.Positions().encode([2, 3])),
        (
            formats.PositionBoosts(),
            formats.PositionBoosts().encode([(5, 1.0)]),
            formats.PositionBoosts().encode([(2, 1.0), (3, 1.0)]),
        ),
    ):
        postings = [(b"a", 2, 1.0, first), (b"a", 2, 2.0, second), (b"a", 3, 1.0, first)]
        matcher = _write(format_, postings).matcher("field", b"a", format_)
        assert (list(matcher.all_ids()), matcher.weight()) == ([2, 3], 3.0)
        if format_.supports("positions"):
            assert matcher.value_as("positions") == [2, 3, 5]
        if not isinstance(format_, formats.Existence):
            assert matcher.value_as("frequency") == 3


def test_terms_and_documents_must_ascend() -> None:
    for postings in (
        [(b"b", 1, 1.0, b""), (b"a", 1, 1.0, b"")],
        [(b"a", 2, 1.0, b""), (b"a", 1, 1.0, b"")],
    ):
        with pytest.raises(OutOfOrderError):
            _write(formats.Existence(), postings)
