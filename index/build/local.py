"""The index target over a directory: every command publishes a new generation."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, UserWords, analysis, chosen, use_words
from index.article import Article
from index.build.deletion import delete_articles
from index.build.held_articles import GenerationArticles
from index.build.new_segments import build_segments
from index.build.stored_articles import stored_articles
from index.build.tiers import merge_tiers, merged
from index.errors import (
    ArticlesLost,
    FileDamaged,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    IndexUnreadable,
    NewFileDamaged,
    NothingToIndex,
    WordsDiffer,
    WritingFailed,
)
from index.generation import damaged
from index.glued import write_glued
from index.segments.reader import open_segment
from index.segments.toc import read_segments, write_toc
from index.store import Store
from index.target import (
    BuildOptions,
    Damage,
    GenerationFacts,
    HeldArticles,
    MadeFrom,
    Progress,
    Published,
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
            words = self._words(options)
            save_words(directory, words)
            built = build_segments(directory, articles, words, options, progress)
            if not built.articles:
                raise NothingToIndex("the sources")
            storage = FileStorage(str(directory))
            segments = [
                merged(storage, [segment]) if segment.has_deletions() else segment
                for segment in built.segments
                if segment.doc_count()
            ]
            write_toc(directory, merge_tiers(storage, segments), words)
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
                write_nothing(directory, chosen(options.words, options.stemmer, NO_WORDS))
            else:
                self._copy_current(directory)
                kept = read_generation_words(directory)
                if chosen(options.words, options.stemmer, kept) != kept:
                    raise WordsDiffer(self.path)
            words = read_generation_words(directory)
            old = read_segments(directory)
            before = sum(segment.doc_count() for segment in old)
            built = build_segments(directory, articles, words, options, progress)
            if not built.articles:
                raise NothingToIndex("the sources")
            storage = FileStorage(str(directory))
            replaced = len(delete_articles(storage, old, built.ids))
            write_toc(directory, merge_tiers(storage, [*old, *built.segments]), words)
            total = before - replaced + built.articles
            name = self._publish(directory, total, options)
        return Published(
            name, total, added=built.articles, replaced=replaced, repeated=built.repeated
        )

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id; nothing is published where none of them is there."""
        self._store.require()
        distinct = list(dict.fromkeys(ids))
        with self._new_generation(options) as directory:
            current = self._copy_current(directory)
            segments = read_segments(directory)
            before = sum(segment.doc_count() for segment in segments)
            storage = FileStorage(str(directory))
            deleted = delete_articles(storage, segments, distinct)
            total = before - len(deleted)
            if deleted:
                words = read_generation_words(directory)
                write_toc(directory, merge_tiers(storage, segments), words)
                options = replace(options, account=self._kept_account)
                current = self._publish(directory, total, options)
            else:
                self._store.discard(directory)
        unknown = tuple(one for one in distinct if one not in deleted)
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
        """The words and the stemmer to build with: those given, else those of the index there."""
        store = self._store
        words = store.current_words() if options.words is None else options.words
        return replace(words, stemmer=options.stemmer or store.current_stemmer())

    @contextmanager
    def _new_generation(self, options: BuildOptions) -> Iterator[Path]:
        with self._store.writing(wait=options.wait):
            current = self._store.repairable_name()
            directory = self._store.begin()
            try:
                yield directory
            except FileDamaged as error:
                is_old = current is not None and self._store.is_of(current, directory / error.file)
                self._store.discard(directory)
                if current is not None and is_old:
                    raise damaged(self.path, current, error.file, error.reason) from None
                raise NewFileDamaged(self.path, error.file, error.reason) from error
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

    def _kept_account(self) -> dict[str, Any]:
        """What the current generation says of what was skipped and repaired."""
        with self._store.open_current() as generation:
            made = generation.manifest.parameters
        return {key: made[key] for key in ("skipped", "repaired") if key in made}

    def _publish(self, directory: Path, articles: int, options: BuildOptions) -> str:
        segments = read_segments(directory)
        found = sum(segment.doc_count() for segment in segments)
        if found != articles:
            raise ArticlesLost(articles, found)
        storage = FileStorage(str(directory))
        readers = [open_segment(storage, segment) for segment in segments]
        write_glued(directory, readers, analysis(read_generation_words(directory)))
        parameters: dict[str, Any] = {
            "workers": options.workers,
            "memory": options.memory,
            "fingerprint": options.fingerprint,
            **options.account(),
        }
        return self._store.publish(directory, articles=articles, parameters=parameters)

    def generations(self) -> list[GenerationFacts]:
        """The generations in the directory."""
        return self._store.generations()

    def stored_articles(self) -> Iterator[Article]:
        """Every live article of the generation in use."""
        self._store.require()  # Now, and not when the first is asked for and a build has begun.
        return stored_articles(self.path)

    @contextmanager
    def held_articles(self) -> Iterator[HeldArticles | None]:
        """The articles of the generation in use, if it is intact and of this version."""
        try:
            generation = self._store.open_current()
        except (IndexMissing, IndexOutdated, IndexDamaged, IndexUnreadable):
            yield None
            return
        with generation:
            yield GenerationArticles(generation)

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


def _is_of(directory: Path, error: OSError) -> bool:
    """Whether an error is one of writing to ``directory``: writing itself names no file."""
    if isinstance(error, ConnectionError):
        return False
    return error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(directory)


def write_nothing(directory: Path, words: UserWords = NO_WORDS) -> None:
    """Make ``directory`` an index without articles."""
    save_words(directory, words)
    write_toc(directory, [], words)


def save_words(directory: Path, words: UserWords) -> None:
    """Write the user's words, if there are any, into a private generation."""
    use_words(words)
    write_generation_words(directory, words)
