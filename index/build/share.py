"""What one process does of a build: its share of the articles becomes segments.

When their postings are there the others are told; what is learned of the last segment beyond that,
and the checksums of files that stay, follow while those go on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index.analysis import NO_WORDS, UserWords, analysis, use_words
from index.analysis.bulk import Encoder
from index.article import Article
from index.build.segment_builder import SegmentBuilder
from index.build.tiers import due
from index.build.workers import do_work
from index.derived import Deriving
from index.frames import load_packing
from index.light_dataclass import dataclass
from index.segments.derived import EXTENSION as DERIVED
from index.segments.documents import EXTENSION as DOCUMENTS
from index.segments.postings import EXTENSION as POSTINGS
from index.segments.segment import ArraySegment
from index.store.ahead import FlushedAhead, Sums, sums_of
from index.store.durable import flush

_KINDS = (POSTINGS, DOCUMENTS, DERIVED)


@dataclass(frozen=True, slots=True)
class Written:
    """The segments that one process wrote.

    ``cases``: by the name of the last, whose file of what was learned is not written yet, the
    sections of that which tell how words are written (``Deriving.cases``). ``unfinished``: names of
    files that the process has yet to write, flush or sum.
    """

    segments: list[ArraySegment]
    cases: Mapping[str, Mapping[str, NDArray[Any]]]
    unfinished: frozenset[str]


@dataclass(frozen=True, slots=True)
class SegmentsOf:
    """Workers write segments into ``directory``; ``memory``, in bytes, is for each of them.

    ``first``: see ``build_segments``. Each of so many ``workers`` flushes and sums its files, if
    none are to be merged where the others have as many; of none (0) whoever publishes does.
    """

    directory: Path
    words: UserWords
    memory: int
    first: int | None = 0
    workers: int = 0

    def begin(self) -> Share:
        """A worker's builder."""
        use_words(self.words)
        builder = SegmentBuilder(self.directory, self.words, self.memory)
        return Share(builder, self.first, self.workers)


class Share:
    """What one process does of a build. See ``Job``, and ``SegmentsOf`` of its parameters."""

    def __init__(self, builder: SegmentBuilder, first: int | None, workers: int) -> None:
        self._builder = builder
        self._first = first
        self._workers = workers
        self._files: list[Path] = []
        self._flushed: FlushedAhead | None = None
        self._deriving: Deriving | None = None

    def add(self, articles: Sequence[Article], first: int) -> None:
        self._builder.add(articles, None if self._first is None else self._first + first)

    def finish(self) -> Written:
        deriving = self._deriving = self._builder.write()
        segments = self._builder.segments
        if deriving is None:
            return Written(segments, {}, frozenset())
        learned = deriving.segment.make_filename(DERIVED)
        unfinished = {learned}
        if self._workers and not due(segments * self._workers):
            unfinished = {one.make_filename(kind) for one in segments for kind in _KINDS}
            folder = Path(self._builder.storage.folder)
            self._files = [folder / name for name in sorted(unfinished)]
            self._flushed = FlushedAhead([one for one in self._files if one.name != learned])
        cases = {deriving.segment.segment_id(): deriving.cases()}
        return Written(segments, cases, frozenset(unfinished))

    def complete(self) -> Sums:
        if self._deriving is None:
            return {}
        self._deriving.finish()
        sums = sums_of(self._files)
        if self._flushed is not None:
            flush(Path(self._builder.storage.folder, self._deriving.segment.make_filename(DERIVED)))
            self._flushed.wait()
        return sums


def load_and_work(batches: Connection, reports: Connection) -> None:
    """What a worker does that was forked ahead: it loads what most work needs, while it waits."""
    Encoder(analysis(NO_WORDS)).encode(["memuat"])
    load_packing()
    do_work(batches, reports)
