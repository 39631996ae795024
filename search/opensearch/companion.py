"""The companion of a cluster's index, opened: a snapshot without postings and texts of bodies."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.analysis import analysis, use_words
from index.companion import LIGHT_FIELDS
from index.errors import FileDamaged, FileMissing
from index.glued.table import FILE as GLUED
from index.segments.checking import faults
from index.segments.mapping import MappedFiles
from index.segments.reader import are_distinct, noted_order, open_segment
from index.segments.toc import read_segments
from index.words_file import read_generation_words
from search.local.reading.columns import Columns, hash_column
from search.local.reading.dictionary import Dictionary
from search.local.reading.snapshot import Snapshot

if TYPE_CHECKING:
    from index.kernels.counting import Counter


class Companion(Snapshot):
    """The light generation in a directory, for planning questions and for suggestions.

    Counts, columns, titles and what was learned are those of the whole index, but that deleted
    articles count until a rebuild (``index.companion.extending``). What reads postings or positions
    of bodies raises ``PostingsAbsent``. What is open stays so, whatever becomes of the directory.
    """

    def __init__(self, directory: Path, name: str) -> None:
        """``name``: of the generation that it belongs to.

        Raises ``FileDamaged``, ``WordsInvalid``, ``StemmerUnknown`` and OSError.
        """
        words = read_generation_words(directory)
        use_words(words)
        files = MappedFiles(directory)
        segments = [open_segment(files, one) for one in read_segments(directory)]
        for one in segments:
            with suppress(FileMissing):
                _ = one.derived
        with suppress(FileMissing):
            files.mapped(GLUED)
        self.files = files
        self._hold(name, files, segments, analysis(words))
        self.dictionary = _Counts(self.segments, self.bases, self.size)
        self.columns = _Columns(self.segments, self.size)

    @cached_property
    def repeated(self) -> dict[str, int]:
        """How many articles have each text that several have, by its hash as the cluster keeps it.

        In order.
        """
        texts, counts = np.unique(hash_column(self.segments), return_counts=True)
        several = counts > 1
        found = zip(texts[several].tolist(), counts[several].tolist(), strict=True)
        return {f"{text:016x}": count for text, count in found}

    @cached_property
    def fault(self) -> FileDamaged | None:
        """What is wrong with its arrays, the first thing; all of them are looked at, once."""
        found = (fault for one in self.segments for fault in faults(one, light=LIGHT_FIELDS))
        return next(found, None)

    def close(self) -> None:
        """Nothing is held: files that are mapped go with the last who reads them."""


class _Columns(Columns):
    """Columns of segments of which each update's are numbered from 0 on."""

    @cached_property
    def numbers(self) -> NDArray[np.uint32]:
        """As there, where each document has another one; else those of the documents."""
        found = noted_order(self._segments)
        if found is None or not are_distinct(found):
            return np.arange(self._size, dtype=np.uint32)
        return found


class _Counts(Dictionary):
    """A dictionary that counts terms of bodies without kernels, which read postings."""

    def counter(self, field: str) -> Counter | None:
        """What counts a field's terms; None of bodies."""
        return None if field in LIGHT_FIELDS else super().counter(field)
