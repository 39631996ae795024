"""Segments are completed before they need more memory than they may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import NO_WORDS
from index.article import Article
from index.build.segment_builder import LEAST_BYTES, PROCESS_BYTES, SegmentBuilder
from tests.conftest import article


@pytest.mark.parametrize(
    "one",
    [
        article(0, "j", "i"),
        article(0, "j", "i", author="a" * 5000),
        replace(article(0, "j", "i"), id="i" * 5000),
    ],
    ids=["many", "long facets", "long ids"],
)
def test_what_is_kept_beside_tokens_counts_as_memory(tmp_path: Path, one: Article) -> None:
    builder = SegmentBuilder(tmp_path, NO_WORDS, PROCESS_BYTES + LEAST_BYTES)
    for first in range(0, 20_000, 400):
        builder.add([replace(one, id=f"{n}{one.id}") for n in range(first, first + 400)])
    assert builder.segments
    builder.flush()


def test_long_facets_count_as_memory_also_where_they_are_stored_apart(tmp_path: Path) -> None:
    """Forty articles, all of them of little else."""
    builder = SegmentBuilder(tmp_path, NO_WORDS, PROCESS_BYTES + LEAST_BYTES)
    for number in range(40):
        author = f"{number}" + "a" * (LEAST_BYTES // 20)
        builder.add([article(number, "j", "i", author=author)])
    assert builder.segments
    builder.flush()
