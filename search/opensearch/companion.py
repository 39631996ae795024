"""The companion of a cluster's index, opened: a snapshot without postings and texts of bodies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.analysis import analysis, use_words
from index.companion.lightening import LIGHT_FIELDS
from index.errors import FileDamaged
from index.segments.mapping import MappedFiles
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments
from index.words_file import read_generation_words
from search.local.reading.columns import hash_column
from search.local.reading.dictionary import Dictionary
from search.local.reading.snapshot import Snapshot

if TYPE_CHECKING:
    from index.kernels.counting import Counter
    from index.kernels.postings import Field


class Companion(Snapshot):
    """The light generation in a directory, for planning questions.

    Counts, columns, titles and what was learned are those of the whole index. What reads postings
    or positions of bodies raises ``FileDamaged``.
    """

    def __init__(self, directory: Path, name: str) -> None:
        """``name``: of the generation that it belongs to. Raises ``FileDamaged`` and OSError."""
        words = read_generation_words(directory)
        use_words(words)
        files = MappedFiles(directory)
        segments = [open_segment(files, one) for one in read_segments(directory)]
        self._hold(name, files, segments, analysis(words))
        self.dictionary = _Counts(self.segments, self.bases, self.size)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The texts that several articles have, by their hashes as the cluster keeps them."""
        texts, counts = np.unique(hash_column(self.segments), return_counts=True)
        return frozenset(f"{text:016x}" for text in texts[counts > 1].tolist())

    def compiled(self, field: str) -> list[Any]:
        """A field of each segment as kernels read it. Raises ``FileDamaged`` for one of bodies."""
        _require_postings(self.segments, field)
        return super().compiled(field)


class _Counts(Dictionary):
    """A dictionary that counts terms of bodies, and refuses to look into their postings."""

    def counting(self, field: str) -> list[Field | None]:
        """The field of every segment as kernels read it. Raises ``FileDamaged`` as above."""
        _require_postings(self._segments, field)
        return super().counting(field)

    def _counter(self, field: str) -> Counter | None:
        return None if field in LIGHT_FIELDS else super()._counter(field)


def _require_postings(segments: Sequence[SegmentReader], field: str) -> None:
    for one in segments:
        found = one.fields.get(field)
        if found is not None and not found.has_postings:
            raise FileDamaged(one.container.name, f"a companion has no postings of {field}")
