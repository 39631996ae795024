"""Arrays that do not fit each other are told of, also where a companion has no postings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.companion import LIGHT_FIELDS, lighten
from index.errors import FileDamaged
from index.segments.checking import faults
from index.segments.container import Section
from index.segments.mapping import MappedFiles
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments
from tests.index.conftest import current


def _opened(directory: Path) -> SegmentReader:
    return open_segment(MappedFiles(directory), read_segments(directory)[0])


@pytest.fixture
def light(sample_index: Path, tmp_path: Path) -> SegmentReader:
    lighten(current(sample_index), tmp_path)
    return _opened(tmp_path)


def _put(segment: SegmentReader, field: str, part: str, items: NDArray[np.generic]) -> None:
    """Have the field read other items, as from a file of which checksums fit."""
    index = segment.fields[field]
    section = next(
        name
        for name, one in index.container.sections.items()
        if name.endswith(f".{part}") and one is index.section(part)
    )
    container = index.container
    container.sections[section] = Section.held(container.name, section, items)


def _told(segment: SegmentReader, light: frozenset[str] = LIGHT_FIELDS) -> list[str]:
    found = list(faults(segment, light=light))
    assert all(isinstance(one, FileDamaged) for one in found)
    return [str(one) for one in found]


def test_nothing_is_wrong_with_what_was_written(light: SegmentReader, sample_index: Path) -> None:
    assert _told(light) == []
    assert _told(_opened(current(sample_index)), frozenset()) == []


def test_a_light_field_has_no_postings(sample_index: Path) -> None:
    (told,) = _told(_opened(current(sample_index)))
    assert "is to have none" in told


@pytest.mark.parametrize("count", [1, 2, 50])
def test_fewer_documents_than_terms_say_are_told_of(light: SegmentReader, count: int) -> None:
    _put(light, "body", "documents", np.zeros(count, "<u2"))
    (told,) = _told(light)
    assert "body has postings" in told


@pytest.mark.parametrize("field", sorted(LIGHT_FIELDS))
@pytest.mark.parametrize("more", [0, 1])
def test_no_term_is_in_more_documents_than_there_are(
    light: SegmentReader, field: str, more: int
) -> None:
    starts = light.fields[field].all_of("posting_at").astype("<u4")
    starts[-1] = starts[-2] + light.size + more
    _put(light, field, "posting_at", starts)
    told = _told(light)
    assert ["more documents" in one for one in told] == [True] * more
