"""The index target over a directory: every command publishes a new generation."""

from __future__ import annotations

import os
from array import array
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.analysis import NO_WORDS, UserWords, use_words
from index.article import Article
from index.build.segment_builder import SegmentBuilder
from index.build.stored_articles import stored_articles
from index.build.tiers import merge_tiers, merged
from index.build.workers import Workers, most_workers
from index.errors import (
    ArticlesLost,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    NothingToIndex,
    WordsDiffer,
    WritingFailed,
)
from index.generation import reading
from index.schema import INDEX_NAME, schema
from index.segments.postings import FieldIndex
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.store import Store
from index.target import (
    BuildOptions,
    Damage,
    GenerationFacts,
    MadeFrom,
    Progress,
    Published,
    no_progress,
)
from index.words_file import WORDS, read_words

_BATCH = 256
_BATCH_CHARACTERS = 1 << 22
"""A batch ends at so many characters of text, too: several wait for every worker."""

_WORTH_WORKERS = 8
"""Batches from which on processes are worth their start."""

_MEBIBYTE = 1 << 20

_MANY = 200
"""Ids from which on reading all of a segment's is faster than looking each up."""


class LocalTarget:
    """Writes the index directory at ``path``. See ``index.target.IndexTarget``."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path)
        self.path = path

    def rebuild(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Replace everything by ``articles``."""
        with self._new_generation(options) as directory:
            words = self._words(options)
            save_words(directory, words)
            built = build(directory, articles, words, options, progress)
            if not built.articles:
                raise NothingToIndex("the sources")
            storage = FileStorage(str(directory))
            segments = [
                merged(storage, [segment]) if segment.has_deletions() else segment
                for segment in built.segments
                if segment.doc_count()
            ]
            _write_toc(directory, merge_tiers(storage, segments), words)
            name = self._publish(directory, built.articles, options)
        return Published(name, built.articles, added=built.articles, repeated=built.repeated)

    def update(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Insert articles, or replace those of the same id; makes the index where there is none."""
        with self._new_generation(options) as directory:
            if self._store.current_name() is None:
                write_nothing(directory, options.words or NO_WORDS)
            else:
                self._copy_current(directory)
                if options.words not in {None, read_words(directory)}:
                    raise WordsDiffer(self.path)
            words = read_words(directory)
            old = _read_toc(directory)
            before = sum(segment.doc_count() for segment in old)
            built = build(directory, articles, words, options, progress)
            if not built.articles:
                raise NothingToIndex("the sources")
            storage = FileStorage(str(directory))
            replaced = len(_delete(storage, old, built.ids))
            _write_toc(directory, merge_tiers(storage, [*old, *built.segments]), words)
            total = before - replaced + built.articles
            name = self._publish(directory, total, options)
        return Published(
            name, total, added=built.articles, replaced=replaced, repeated=built.repeated
        )

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id; nothing is published where none of them is there."""
        self._store.require()
        wanted = list(dict.fromkeys(ids))
        with self._new_generation(options) as directory:
            current = self._copy_current(directory)
            segments = _read_toc(directory)
            before = sum(segment.doc_count() for segment in segments)
            storage = FileStorage(str(directory))
            deleted = _delete(storage, segments, wanted)
            total = before - len(deleted)
            if deleted:
                words = read_words(directory)
                _write_toc(directory, merge_tiers(storage, segments), words)
                current = self._publish(directory, total, options)
            else:
                self._store.discard(directory)
        unknown = tuple(one for one in wanted if one not in deleted)
        return Published(current, total, deleted=len(deleted), unknown=unknown)

    def verify(self) -> list[Damage]:
        """Compare every file with its checksum."""
        return self._store.verify()

    def rollback(self) -> str:
        """Go back one generation."""
        with suppress(IndexDamaged):  # Going back is the remedy.
            self._store.require()
        with self._store.writing(wait=False):
            return self._store.rollback()

    def prune(self, keep: int) -> list[str]:
        """Drop all but the last ``keep`` generations; the names dropped."""
        self._store.require()
        with self._store.writing(wait=False):
            return self._store.prune(keep)

    def _words(self, options: BuildOptions) -> UserWords:
        """The words to build with: those given, else those of the index that is there."""
        return self._store.current_words() if options.words is None else options.words

    @contextmanager
    def _new_generation(self, options: BuildOptions) -> Iterator[Path]:
        with self._store.writing(wait=options.wait):
            current = self._store.repairable_name()
            directory = self._store.begin()
            try:
                # What is read here was linked from the generation in use.
                with reading(self.path, current or directory.name):
                    yield directory
            except OSError as error:
                self._store.discard(directory)
                published = directory.name == self._store.repairable_name()
                if published or not _is_of(directory, error):
                    raise
                raise WritingFailed(self.path, error) from error
            except BaseException:
                self._store.discard(directory)
                raise

    def _copy_current(self, directory: Path) -> str:
        with self._store.open_current() as generation:
            self._store.link_files(generation, directory)
            return generation.name

    def _publish(self, directory: Path, articles: int, options: BuildOptions) -> str:
        found = sum(segment.doc_count() for segment in _read_toc(directory))
        if found != articles:
            raise ArticlesLost(articles, found)
        parameters: dict[str, str | int] = {
            "workers": options.workers,
            "memory": options.memory,
            "fingerprint": options.fingerprint,
        }
        return self._store.publish(directory, articles=articles, parameters=parameters)

    def generations(self) -> list[GenerationFacts]:
        """The generations in the directory."""
        return self._store.generations()

    def stored_articles(self) -> Iterator[Article]:
        """Every live article of the generation in use."""
        return stored_articles(self.path)

    def made_from(self) -> MadeFrom | None:
        """What the generation in use was made from, if it is intact and of this version."""
        try:
            generation = self._store.open_current()
        except (IndexMissing, IndexOutdated, IndexDamaged):
            return None
        with generation:
            manifest = generation.manifest
            fingerprint = str(manifest.parameters.get("fingerprint", ""))
            return MadeFrom(generation.name, manifest.articles, fingerprint, generation.words)


def _is_of(directory: Path, error: OSError) -> bool:
    """Whether an error is one of writing to ``directory``: writing itself names no file."""
    if isinstance(error, ConnectionError):
        return False
    return error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(directory)


@dataclass
class Built:
    """New segments; of articles with one id all but the last are deleted in them.

    ``ids``: those of the articles that count, each with the number of its article in the order of
    reading.
    """

    segments: list[ArraySegment] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    repeated: int = 0

    @property
    def articles(self) -> int:
        return len(self.ids)


def build(
    directory: Path,
    articles: Iterable[Article],
    words: UserWords,
    options: BuildOptions,
    progress: Progress,
) -> Built:
    """Write the articles as segments into ``directory``, analysed with the user's words.

    Few articles are indexed here, many by ``options.workers`` processes while more are read, or by
    as many as ``options.memory`` has room for.
    Raises ``WorkerDied`` where one of them was killed.
    """
    use_words(words)
    built = Built()
    repeated: set[str] = set()
    starts = array("q")

    def read() -> Iterator[list[Article]]:
        number = 0
        for batch in _batches(articles):
            starts.append(number)
            for article in batch:
                if article.id in built.ids:
                    repeated.add(article.id)
                    built.repeated += 1
                built.ids[article.id] = number
                number += 1
            yield batch
        starts.append(number)

    incoming = read()
    memory = options.memory * _MEBIBYTE
    count = min(options.workers, most_workers(memory))
    first = deque(islice(incoming, _WORTH_WORKERS)) if count > 1 else deque()
    many = len(first) == _WORTH_WORKERS
    waiting = chain((first.popleft() for _ in range(len(first))), incoming)
    if many:
        with Workers(directory, words, count, memory) as workers:
            for batch in waiting:
                workers.add(batch, progress)
            by_worker = workers.finish(progress)
            batches_of = [np.array(numbers) for numbers in workers.batches]
    else:
        builder = SegmentBuilder(directory, words, memory)
        done = 0
        for batch in waiting:
            builder.add(batch)
            done += len(batch)
            progress("index", done, None)
        builder.flush()
        by_worker = [builder.segments]
        batches_of = [np.arange(len(starts) - 1)]
        progress("index", done, done)
    last = {one: built.ids[one] for one in repeated}
    for segments, batches in zip(by_worker, batches_of, strict=True):
        _drop_superseded(FileStorage(str(directory)), segments, _numbers(batches, starts), last)
    built.segments = [segment for segments in by_worker for segment in segments]
    return built


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in batches of ``_BATCH``, less where their texts are long."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.body)
        if len(batch) == _BATCH or characters >= _BATCH_CHARACTERS:
            yield batch
            batch = []
            characters = 0
    if batch:
        yield batch


def _numbers(batches: NDArray[np.int64], starts: Sequence[int]) -> NDArray[np.int64]:
    """The numbers of the articles of some batches, one batch's after the other's: (n,).

    ``batches``: (b,) numbers of batches; ``starts``: where each batch begins, and where the last
    ends.
    """
    first = np.array(starts, np.int64)
    sizes = np.diff(first)[batches]
    before = np.cumsum(sizes) - sizes
    return np.repeat(first[batches] - before, sizes) + np.arange(int(sizes.sum()))


def _drop_superseded(
    storage: FileStorage,
    segments: list[ArraySegment],
    numbers: NDArray[np.int64],
    last: Mapping[str, int],
) -> None:
    """Of the articles with one id delete all but the one with the number in ``last``.

    ``numbers``: (n,) those of the articles that the segments hold, in their order.
    """
    wanted = {one.encode("utf-8"): number for one, number in last.items()}
    before = 0
    for segment in segments if last else ():
        field = open_segment(storage, segment).fields["id"]
        superseded = []
        for term, ordinal in _ordinals(field, wanted):
            places = field.documents(ordinal).astype(np.int64)
            superseded.append(places[numbers[before + places] != wanted[term]])
        segment.delete_many(np.concatenate([np.zeros(0, np.int64), *superseded]))
        before += segment.doc_count_all()


def write_nothing(directory: Path, words: UserWords = NO_WORDS) -> None:
    """Make ``directory`` an index without articles."""
    save_words(directory, words)
    _write_toc(directory, [], words)


def save_words(directory: Path, words: UserWords) -> None:
    """Write the user's words, if there are any, into a private generation."""
    use_words(words)
    if words != NO_WORDS:
        (directory / WORDS).write_text(words.to_text(), "utf-8")


def _read_toc(directory: Path) -> list[ArraySegment]:
    segments: list[ArraySegment] = TOC.read(FileStorage(str(directory)), INDEX_NAME).segments
    return segments


def _write_toc(directory: Path, segments: list[ArraySegment], words: UserWords) -> None:
    """Make the segments the index in ``directory``."""
    for toc in directory.glob(f"_{INDEX_NAME}_*.toc"):
        toc.unlink()
    TOC(schema(words.digest), segments, 1).write(FileStorage(str(directory)), INDEX_NAME)


def _delete(storage: FileStorage, segments: Iterable[ArraySegment], ids: Iterable[str]) -> set[str]:
    """Delete the articles with the ids; the ids that were there."""
    wanted = {one.encode("utf-8"): one for one in ids}
    found = set()
    for segment in segments:
        field = open_segment(storage, segment).fields["id"]
        numbers = []
        for term, ordinal in _ordinals(field, wanted):
            # Superseded copies of an article may be there too, deleted before.
            live = [
                number
                for number in field.documents(ordinal).tolist()
                if not segment.is_deleted(number)
            ]
            if live:
                numbers += live
                found.add(wanted[term])
        if numbers:
            segment.delete_many(np.array(numbers))
    return found


def _ordinals(field: FieldIndex, wanted: Collection[bytes]) -> Iterator[tuple[bytes, int]]:
    """Those of the wanted terms that the field has, each with its ordinal."""
    if len(wanted) > _MANY:
        for ordinal, term in enumerate(field.texts(0, field.terms)):
            if term in wanted:
                yield term, ordinal
        return
    for term in wanted:
        ordinal = field.find(term)
        if ordinal >= 0:
            yield term, ordinal
