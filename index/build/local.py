"""The index target over a directory: every command publishes a new generation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from index.analysis import NO_WORDS, UserWords, use_words
from index.article import Article
from index.build.documents import document
from index.build.segments import remove_working_files, write_segments
from index.build.spool import Spool, read
from index.errors import ArticlesLost, NothingToIndex, WordsDiffer
from index.schema import schema
from index.store import WORDS, Store, read_words
from index.target import BuildOptions, Damage, Progress, Published, no_progress

_SPOOL = "spool.jsonl"
_PROGRESS_EVERY = 25


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
            spool = Spool(directory / _SPOOL)
            spool.fill(articles)
            if not len(spool):
                raise NothingToIndex("the sources")
            words = self._words(options)
            save_words(directory, words)
            write_segments(directory, spool, words, options, progress)
            spool.path.unlink()
            name = self._publish(directory, len(spool), options)
        return Published(name, len(spool), added=len(spool), repeated=spool.repeated)

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
            spool = Spool(directory / _SPOOL)
            spool.fill(articles)
            if not len(spool):
                raise NothingToIndex("the sources")
            with _writer(directory, options) as (reader, writer):
                before = reader.doc_count()
                replaced = sum(_remove(reader, writer, known) for known in spool.ids())
                for done, article in enumerate(read(spool.path, spool.shares(1)[0]), start=1):
                    writer.add_document(**document(article))
                    if done % _PROGRESS_EVERY == 0 or done == len(spool):
                        progress("index", done, len(spool))
            spool.path.unlink()
            total = before - replaced + len(spool)
            name = self._publish(directory, total, options)
        return Published(name, total, added=len(spool), replaced=replaced, repeated=spool.repeated)

    def delete(self, ids: Iterable[str], options: BuildOptions) -> Published:
        """Remove articles by id; nothing is published where none of them is there."""
        unknown = []
        deleted = 0
        with self._new_generation(options) as directory:
            current = self._copy_current(directory)
            with _writer(directory, options) as (reader, writer):
                before = reader.doc_count()
                for wanted in dict.fromkeys(ids):
                    if _remove(reader, writer, wanted):
                        deleted += 1
                    else:
                        unknown.append(wanted)
            total = before - deleted
            if deleted:
                current = self._publish(directory, total, options)
            else:
                self._store.discard(directory)
        return Published(current, total, deleted=deleted, unknown=tuple(unknown))

    def verify(self) -> list[Damage]:
        """Compare every file with its checksum."""
        return self._store.verify()

    def rollback(self) -> str:
        """Go back one generation."""
        with self._store.writing(wait=False):
            return self._store.rollback()

    def prune(self, keep: int) -> list[str]:
        """Drop all but the last ``keep`` generations; the names dropped."""
        with self._store.writing(wait=False):
            return self._store.prune(keep)

    def _words(self, options: BuildOptions) -> UserWords:
        """The words to build with: those given, else those of the index that is there."""
        return self._store.current_words() if options.words is None else options.words

    @contextmanager
    def _new_generation(self, options: BuildOptions) -> Iterator[Path]:
        with self._store.writing(wait=options.wait):
            directory = self._store.begin()
            try:
                yield directory
            except BaseException:
                self._store.discard(directory)
                raise

    def _copy_current(self, directory: Path) -> str:
        generation = self._store.open_current()
        with generation.hold:
            self._store.link_files(generation, directory)
        return generation.name

    def _publish(self, directory: Path, articles: int, options: BuildOptions) -> str:
        remove_working_files(directory)
        index = whoosh_index.open_dir(str(directory))
        found = index.doc_count()
        index.close()
        if found != articles:
            raise ArticlesLost(articles, found)
        parameters: dict[str, str | int] = {
            "workers": options.workers,
            "memory": options.memory,
            "fingerprint": options.fingerprint,
        }
        return self._store.publish(directory, articles=articles, parameters=parameters)


def write_nothing(directory: Path, words: UserWords = NO_WORDS) -> None:
    """Make ``directory`` an index without articles."""
    save_words(directory, words)
    whoosh_index.create_in(str(directory), schema(words.digest)).close()


def save_words(directory: Path, words: UserWords) -> None:
    """Write the user's words, if there are any, into a private generation."""
    use_words(words)
    if words != NO_WORDS:
        (directory / WORDS).write_text(words.to_text(), "utf-8")


@contextmanager
def _writer(directory: Path, options: BuildOptions) -> Iterator[tuple[IndexReader, IndexWriter]]:
    """A reader of what is there and a writer that commits in the end, merging small segments."""
    index = whoosh_index.open_dir(str(directory))
    reader = index.reader()
    writer = index.writer(limitmb=max(16, options.memory), compound=False)
    try:
        yield reader, writer
    except BaseException:
        writer.cancel()
        raise
    else:
        writer.commit()
    finally:
        reader.close()
        index.close()


def _remove(reader: IndexReader, writer: IndexWriter, wanted: str) -> int:
    """Delete the article with the id; 1 where there was one, else 0."""
    if ("id", wanted) not in reader:
        return 0
    found = list(reader.postings("id", wanted).all_ids())
    for number in found:
        writer.delete_document(number)
    return len(found)
