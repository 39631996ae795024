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

_KINDS = (POSTINGS, DOCUMENTS, DERIVED)  # what is learned comes last


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
        self._flushed: dict[ArraySegment, FlushedAhead] = {}
        self._deriving: Deriving | None = None

    def add(self, articles: Sequence[Article], first: int) -> None:
        segments = self._builder.segments
        before = len(segments)
        self._builder.add(articles, None if self._first is None else self._first + first)
        # The disk has nothing to do yet. Of segments that are merged in the end few are flushed.
        for number in range(before, len(segments)):
            if self._stay(segments[: number + 1]):
                self._flush(segments[number])

    def finish(self) -> Written:
        deriving = self._deriving = self._builder.write()
        segments = self._builder.segments
        if deriving is None:
            return Written(segments, {}, frozenset())
        learned = deriving.segment.make_filename(DERIVED)
        unfinished = {learned}
        if self._stay(segments):
            self._files = [file for one in segments for file in self._files_of(one)]
            unfinished = {file.name for file in self._files}
            for one in segments:
                self._flush(one, but=learned)
        cases = {deriving.segment.segment_id(): deriving.cases()}
        return Written(segments, cases, frozenset(unfinished))

    def complete(self) -> Sums:
        sums: Sums = {}
        if self._deriving is not None:
            self._deriving.finish()
            sums = sums_of(self._files)
            if self._files:
                flush(self._files_of(self._deriving.segment)[-1])
        for one in self._flushed.values():
            one.wait()
        return sums

    def _stay(self, segments: Sequence[ArraySegment]) -> bool:
        """Whether this process is to flush and sum these, as it seems by now."""
        return bool(self._workers) and not due([*segments] * self._workers)

    def _files_of(self, segment: ArraySegment) -> list[Path]:
        folder = Path(self._builder.storage.folder)
        return [folder / segment.make_filename(kind) for kind in _KINDS]

    def _flush(self, segment: ArraySegment, *, but: str = "") -> None:
        """Flush its files, but for one of that name, unless that was begun before."""
        if segment not in self._flushed:
            files = [file for file in self._files_of(segment) if file.name != but]
            self._flushed[segment] = FlushedAhead(files)


def load_and_work(batches: Connection, reports: Connection) -> None:
    """What a worker does that was forked ahead: it loads what most work needs, while it waits."""
    Encoder(analysis(NO_WORDS)).encode(["memuat"])
    load_packing()
    do_work(batches, reports)
