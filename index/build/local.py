"""The index target over a directory: every command publishes a new generation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, UserWords, analysis, chosen, use_words
from index.article import Article
from index.build.deletion import delete_articles
from index.build.held_articles import CurrentArticles
from index.build.merges import merge_tiers
from index.build.new_segments import NewSegments, build_segments
from index.build.stored_articles import stored_articles
from index.build.tiers import planned
from index.errors import (
    ArticlesLost,
    FileDamaged,
    FlushFailed,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnreadable,
    NewFileDamaged,
    NothingToIndex,
    WartaError,
    WordsDiffer,
)
from index.generation import damaged
from index.glued import write_glued
from index.segments.checking import misreading_of
from index.segments.reader import open_segment, reading_order
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments, write_toc
from index.store import Store
from index.target import (
    BuildOptions,
    Damage,
    GenerationFacts,
    HeldArticles,
    MadeFrom,
    Progress,
    Pruned,
    Published,
    RolledBack,
    no_progress,
)
from index.words_file import read_generation_words, write_generation_words


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
            words = self.words_for(options)
            save_words(directory, words)
            with build_segments(directory, _named(articles), words, options, progress) as built:
                if not built.articles:
                    raise NothingToIndex("the sources")
                if not _stay(built.segments, purely=True):
                    built.complete()
                storage = FileStorage(str(directory))
                segments = merge_tiers(storage, built.segments, words, options, purely=True)
                write_toc(directory, segments, words)
                done = Published("", built.articles, added=built.articles, repeated=built.repeated)
                return self._publish(directory, "rebuild", done, options, built)

    def update(
        self,
        articles: Iterable[Article],
        options: BuildOptions,
        progress: Progress = no_progress,
    ) -> Published:
        """Insert articles, or replace those of the same id; makes the index where there is none."""
        with self._new_generation(options) as directory:
            if self._store.is_new():
                write_nothing(directory, chosen(options.words, options.stemmer, NO_WORDS))
            else:
                self._copy_current(directory)
                kept = read_generation_words(directory)
                if chosen(options.words, options.stemmer, kept) != kept:
                    raise WordsDiffer(self.path)
            words = read_generation_words(directory)
            with misreading_of(directory):
                old = read_segments(directory)
                before = sum(segment.doc_count() for segment in old)
                first = _next_number(directory, old)
            articles = _named(articles)
            with build_segments(directory, articles, words, options, progress, first) as built:
                if not built.articles:
                    raise NothingToIndex("the sources")
                storage = FileStorage(str(directory))
                with misreading_of(directory):  # The old table of contents is there still.
                    replaced = len(delete_articles(storage, old, built.ids))
                segments = [*old, *built.segments]
                if not _stay(segments):
                    built.complete()
                with misreading_of(directory):
                    segments = merge_tiers(storage, segments, words, options)
                write_toc(directory, segments, words)
                total = before - replaced + built.articles
                done = Published(
                    "", total, added=built.articles, replaced=replaced, repeated=built.repeated
                )
                return self._publish(directory, "update", done, options, built)

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id; nothing is published where none of them is there."""
        self._store.finish_first()
        self._store.require()
        distinct = list(dict.fromkeys(ids))
        with self._new_generation(options) as directory:
            current = self._copy_current(directory)
            storage = FileStorage(str(directory))
            with misreading_of(directory):
                segments = read_segments(directory)
                before = sum(segment.doc_count() for segment in segments)
                deleted = delete_articles(storage, segments, distinct)
            unknown = tuple(one for one in distinct if one not in deleted)
            total = before - len(deleted)
            done = Published(current, total, deleted=len(deleted), unknown=unknown)
            if not deleted:
                self._store.discard(directory)
                return done
            words = read_generation_words(directory)
            with misreading_of(directory):
                segments = merge_tiers(storage, segments, words, options)
            write_toc(directory, segments, words)
            options = replace(options, account=self._kept_account)
            return self._publish(directory, "delete", done, options)

    def verify(self) -> list[Damage]:
        """Compare every file with its checksum."""
        return self._store.verify()

    def rollback(self, name: str | None = None) -> RolledBack:
        """Go back to the generation of the name, or to the nearest intact one."""
        self._store.require_any()  # Going back is the remedy where CURRENT is damaged or lost.
        with self._store.writing(wait=False):
            return self._store.rollback(name)

    def prune(self, keep: int) -> Pruned:
        """Drop all but the last ``keep`` generations."""
        self._store.finish_first()
        self._store.require()
        with self._store.writing(wait=False):
            return self._store.prune(keep)

    @contextmanager
    def _new_generation(self, options: BuildOptions) -> Iterator[Path]:
        try:
            with self._store.writing(wait=options.wait):
                current = self._store.repairable_name()
                directory = self._store.begin()
                try:
                    yield directory
                except FileDamaged as error:
                    is_old = current is not None and self._store.is_of(
                        current, directory / error.file
                    )
                    self._store.discard(directory)
                    if current is not None and is_old:
                        raise damaged(self.path, current, error.file, error.told) from None
                    raise NewFileDamaged(self.path, error.file, error.reason) from error
                except BaseException:
                    self._store.discard(directory)
                    raise
        except _SourceFailed as failed:
            raise failed.error from None

    def _copy_current(self, directory: Path) -> str:
        with self._store.open_current() as generation:
            self._store.link_files(generation, directory)
            return generation.name

    def _kept_account(self) -> dict[str, Any]:
        """What the current generation says of what was skipped and repaired."""
        with self._store.open_current() as generation:
            made = generation.manifest.parameters
        return {key: made[key] for key in ("skipped", "repaired") if key in made}

    def _publish(
        self,
        directory: Path,
        command: str,
        done: Published,
        options: BuildOptions,
        built: NewSegments | None = None,
    ) -> Published:
        """Put a generation to use; ``done`` with its name. Raises ``FlushFailed``, which has it.

        ``built``: its new segments, which need not be complete: glued words are decided meanwhile.
        """
        segments = read_segments(directory)
        found = sum(segment.doc_count() for segment in segments)
        if found != done.articles:
            raise ArticlesLost(done.articles, found)
        storage = FileStorage(str(directory))
        how = analysis(read_generation_words(directory))
        cases = {} if built is None else built.cases
        ahead = self._store.checksums_ahead(directory, () if built is None else built.unfinished)
        with misreading_of(directory):
            readers = [open_segment(storage, one, cases.get(one.segment_id())) for one in segments]
            write_glued(directory, readers, how)
        if built is not None:
            if built.unfinished:  # Others have something to do yet.
                ahead.add_small(built.unfinished)
            ahead.add(built.complete())
        parameters: dict[str, Any] = {
            "command": command,
            "workers": options.workers,
            "memory": options.memory,
            "fingerprint": options.fingerprint,
            **options.account(),
        }
        try:
            name = self._store.publish(
                directory, articles=done.articles, parameters=parameters, ahead=ahead
            )
        except FlushFailed as error:
            error.published = replace(done, generation=error.generation)
            raise
        return replace(done, generation=name)

    def generations(self) -> list[GenerationFacts]:
        """The generations in the directory."""
        return self._store.generations()

    def stored_articles(self) -> Iterator[Article]:
        """Every live article of the generation in use."""
        self._store.require()  # Now, and not when the first is asked for and a build has begun.
        return stored_articles(self.path)

    @contextmanager
    def held_articles(self) -> Iterator[HeldArticles]:
        """The articles of what is in use when they are asked for."""
        with closing(CurrentArticles(self._store)) as articles:
            yield articles

    def words_for(self, options: BuildOptions) -> UserWords:
        """The words and the stemmer to build with: those given, else those of the index there."""
        store = self._store
        words = store.current_words() if options.words is None else options.words
        return replace(words, stemmer=options.stemmer or store.current_stemmer())

    def made_from(self) -> MadeFrom | None:
        """What the generation in use was made from, if it is intact and of this version."""
        try:
            generation = self._store.open_current()
        except (IndexMissing, IndexOutdated, IndexDamaged, IndexUnreadable):
            return None
        with generation:
            manifest = generation.manifest
            fingerprint = str(manifest.parameters.get("fingerprint", ""))
            return MadeFrom(generation.name, manifest.articles, fingerprint, generation.words)


class _SourceFailed(Exception):
    """An error of the system while articles were read, which is none of writing the index."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


def _named(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles; errors of the system in reading them are told from those in writing."""
    try:
        yield from articles
    except OSError as error:
        if isinstance(error, WartaError):
            raise
        raise _SourceFailed(error) from error


def write_nothing(directory: Path, words: UserWords = NO_WORDS) -> None:
    """Make ``directory`` an index without articles."""
    save_words(directory, words)
    write_toc(directory, [], words)


def save_words(directory: Path, words: UserWords) -> None:
    """Write the user's words, if there are any, into a private generation."""
    use_words(words)
    write_generation_words(directory, words)


def _stay(segments: Sequence[ArraySegment], *, purely: bool = False) -> bool:
    """Whether ``merge_tiers`` leaves segments as they are: none merged, written anew or removed."""
    are_live = all(one.doc_count() for one in segments)
    return are_live and not any(one.is_written for one in planned(segments, purely=purely))


def _next_number(directory: Path, segments: Sequence[ArraySegment]) -> int | None:
    """The place of the next article in the order of reading; None where the others have none.

    Raises ``FileDamaged``.
    """
    storage = FileStorage(str(directory))
    numbers = reading_order([open_segment(storage, one) for one in segments])
    if numbers is None:
        return None
    return int(numbers.max()) + 1 if len(numbers) else 0
