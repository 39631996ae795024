"""All merges that are due, in this process or, where they are large, in several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage

from index.analysis import UserWords, use_words
from index.build.merging import merged, remove
from index.build.segment_builder import PROCESS_BYTES
from index.build.tasks import done_by_processes
from index.build.tiers import planned
from index.light_dataclass import dataclass
from index.segments.segment import ArraySegment
from index.target import BuildOptions

_WORTH_PROCESSES = 100_000
"""Documents of all merges but the largest from which on processes are worth their start."""

_DOCUMENT_BYTES = 800
"""Memory that is taken for each document of a segment while that is written (measured)."""

_MEBIBYTE = 1 << 20


def merge_tiers(
    storage: FileStorage,
    segments: Sequence[ArraySegment],
    words: UserWords,
    options: BuildOptions,
    *,
    purely: bool = False,
) -> list[ArraySegment]:
    """The segments after all merges that ``tiers`` plans; files of merged ones are removed.

    Segments without a live document are left out; ``purely``: so is every deleted document. Raises
    ``FileDamaged``, and ``WorkerDied`` where one of up to ``options.workers`` processes was killed.
    """
    plan = planned(segments, purely=purely)
    for segment in segments:
        if not segment.doc_count():
            remove(storage, segment)
    written = [one for one in plan if one.is_written]
    written.sort(key=lambda one: one.doc_count(), reverse=True)
    tasks = [_Merge(Path(storage.folder), one.parts, words) for one in written]
    sizes = [one.doc_count() for one in written]
    processes = _processes(sizes, options) if tasks else 1
    many = processes > 1
    made = done_by_processes(tasks, processes) if many else [task.done() for task in tasks]
    by_plan = dict(zip(written, made, strict=True))
    return [by_plan[one] if one.is_written else one.parts[0] for one in plan]


def _processes(sizes: Sequence[int], options: BuildOptions) -> int:
    """How many processes beside this one do merges of so many documents, descending, best."""
    if sum(sizes[1:]) < _WORTH_PROCESSES:
        return 1
    room = options.memory * _MEBIBYTE - PROCESS_BYTES
    fit = room // (PROCESS_BYTES + sizes[0] * _DOCUMENT_BYTES)
    return max(min(options.workers, len(sizes), fit), 1)


@dataclass(frozen=True, slots=True)
class _Merge:
    """Segments in a directory that become one."""

    directory: Path
    parts: tuple[ArraySegment, ...]
    words: UserWords

    def done(self) -> ArraySegment:
        """The segment."""
        use_words(self.words)
        return merged(FileStorage(str(self.directory)), self.parts, self.words)
