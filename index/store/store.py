"""``Store``: the index directory as those see it who read, write and maintain it.

::

    INDEX/CURRENT                      the name of the generation in use, replaced atomically
    INDEX/LOCK                         locked by the one writer
    INDEX/generations/<time>-<random>/ a complete, immutable Whoosh index and its manifest.json

A generation is private until its manifest is there, and not in use until CURRENT names it (see
``publishing``). What a killed writer leaves has no manifest, and the next writer sweeps it away; a
first generation that was completed and not named yet, it puts to use (see ``finishing``).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import ENOTDIR
from pathlib import Path

from index.analysis import UserWords
from index.errors import (
    IndexBusy,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnavailable,
    Interrupted,
    WartaError,
    WritingFailed,
)
from index.generation import GENERATIONS, Generation, damaged, open_generation
from index.manifest import MANIFEST, MISSING, Parameters, find_manifest
from index.regular_file import identity
from index.schema import READ_VERSIONS, VERSION
from index.stemming import StemmerName
from index.store.ahead import ChecksumsAhead
from index.store.claiming import check_claim
from index.store.current import CURRENT, read_current
from index.store.durable import make_directories, remove_directory
from index.store.finishing import finish_first, first_unnamed
from index.store.history import rollback
from index.store.listing import list_generations
from index.store.lock import locked
from index.store.names import completed_names, generation_names, next_name
from index.store.pruning import prune
from index.store.publishing import known_files, link_files, publish
from index.store.sweeping import sweep
from index.store.verifying import verify
from index.target import Damage, GenerationFacts, Pruned, RolledBack
from index.words_file import surviving_stemmer, surviving_words

KEEP = 3
"""How many generations publishing leaves, the current one included."""


class Store:
    """The index directory at ``path``, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._generations = path / GENERATIONS

    def current_name(self) -> str | None:
        """The name in CURRENT, or None where nothing was published yet.

        Raises ``IndexDamaged`` where CURRENT holds anything but a name, and ``IndexUnreadable``.
        """
        return read_current(self.path)

    def current_file(self) -> tuple[int, ...] | None:
        """What tells one CURRENT from the next, which is always another file; None for none."""
        try:
            return identity(self.path / CURRENT)
        except (OSError, ValueError):
            return None

    def require(self) -> None:
        """Raise ``IndexMissing`` where nothing was published, or as ``current_name`` does.

        For commands that change an index and should not make the directories of one.
        """
        if self.current_name() is None:
            raise self._missing()

    def require_any(self) -> None:
        """Raise ``IndexMissing`` where there is no generation, whatever CURRENT says."""
        if self.repairable_name() is None and not completed_names(self.path):
            raise IndexMissing(self.path)

    def is_new(self) -> bool:
        """Whether nothing was published yet.

        Raises ``IndexMissing`` where something was, and CURRENT is lost.
        """
        if self.current_name() is not None:
            return False
        missing = self._missing()
        if missing.left is not None:
            raise missing
        return True

    def _missing(self) -> IndexMissing:
        return IndexMissing(self.path, max(completed_names(self.path), default=None))

    def repairable_name(self) -> str | None:
        """The same for writers, who can put a good name there: None for a CURRENT that has none."""
        try:
            return self.current_name()
        except IndexDamaged:
            return None

    def open_current(self, *, any_version: bool = False) -> Generation:
        """The generation in use, held against pruning, its manifest and small files verified.

        Raises ``IndexMissing``, ``IndexUnreadable``, ``IndexDamaged``, ``IndexBusy``, or, unless
        ``any_version``, ``IndexOutdated``, always where the manifest has another shape.
        """
        for _ in range(100):
            name = self.current_name()
            if name is None:
                raise self._missing()
            try:
                generation = open_generation(self.path, name)
            except FileNotFoundError as error:
                if name != self.current_name():
                    continue  # It was pruned between two looks at CURRENT: look again.
                generation_names(self.path)  # Raises where they cannot be there at all.
                file = Path(error.filename or MANIFEST).name
                raise damaged(self.path, name, file, MISSING) from None
            if not any_version and generation.manifest.version not in READ_VERSIONS:
                generation.close()
                raise IndexOutdated(self.path, generation.manifest.version, VERSION)
            return generation
        raise IndexBusy(self.path)

    def current_words(self) -> UserWords:
        """The user's words of the generation in use, which may be damaged otherwise.

        Raises ``WordsLost`` where it had, or may have had, some that cannot be read.
        """
        return surviving_words(self.path, *self._survivors())

    def current_stemmer(self) -> StemmerName:
        """The stemmer of the generation in use, which may be damaged otherwise.

        Raises ``StemmerLost`` where it had, or may have had, another than Warta's.
        """
        return surviving_stemmer(self.path, *self._survivors())

    def _survivors(self) -> tuple[Path | None, list[Path]]:
        """The directory of the generation in use, if that is known, and those of all."""
        name = self.repairable_name()
        used = None if name is None else self._generations / name
        return used, [self._generations / one for one in generation_names(self.path)]

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[None]:
        """Hold the writer's lock, in a directory that is made and swept.

        Raises ``DirectoryTaken``, ``IndexLocked`` where another has it and not ``wait``, and
        ``WritingFailed`` where the system does not let the index be changed, then and until the
        lock is let go.
        ``Interrupted`` takes the place of ``KeyboardInterrupt`` and says what is in use.
        """
        before = None
        try:
            with self.telling():
                check_claim(self.path)
                before = self.repairable_name()
                make_directories(self._generations)
                with locked(self.path, wait=wait):
                    before = self.repairable_name()
                    sweep(self.path, before)
                    yield
        except KeyboardInterrupt:
            raise Interrupted(self.path, before, self.repairable_name()) from None

    def require_room(self) -> None:
        """Raise what ``writing`` does where the place is a file or below one, or of others."""
        with self.telling():
            check_claim(self.path)
            there = next(one for one in (self.path, *self.path.absolute().parents) if one.exists())
            if not there.is_dir():
                raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(there))

    @contextmanager
    def telling(self) -> Iterator[None]:
        """While the index is changed, errors of the system become ``WritingFailed``.

        A connection that ended is not the index's.
        """
        try:
            yield
        except (WartaError, ConnectionError):
            raise
        except OSError as error:
            in_use = None
            with suppress(IndexUnavailable):
                in_use = self.current_name()
            raise WritingFailed(self.path, error, in_use) from error

    def finish_first(self) -> None:
        """Put to use what a killed first build had completed; not while another is writing.

        Raises ``WritingFailed``, ``FlushFailed`` and ``IndexUnreadable``.
        """
        if first_unnamed(self.path) is not None:
            with suppress(IndexLocked), self.writing(wait=False):
                finish_first(self.path)

    def open_first(self) -> Generation | None:
        """The generation that ``finish_first`` would put to use, held; nothing is written."""
        name = first_unnamed(self.path)
        return None if name is None else open_generation(self.path, name)

    def begin(self) -> Path:
        """A new, empty, private generation directory. The writer's lock must be held.

        What a killed first build had completed is put to use before, so that it is kept.
        """
        finish_first(self.path)
        path = self._generations / next_name(generation_names(self.path), datetime.now(UTC))
        path.mkdir()
        return path

    def link_files(self, generation: Generation, target: Path) -> None:
        """Hard-link the generation's files (not its manifest) into ``target``, or copy them."""
        link_files(generation, target)

    def is_of(self, name: str, file: Path) -> bool:
        """Whether a file of a private generation was linked or copied from the generation."""
        manifest = find_manifest(self._generations / name)
        if manifest is None or file.name not in manifest.files:
            return False
        try:
            # Each generation has a table of contents of the same name, but not written then.
            new = file.stat()
        except FileNotFoundError:
            return False  # It was not written yet.
        try:
            old = (self._generations / name / file.name).stat()
        except FileNotFoundError:
            return True
        return (new.st_size, new.st_mtime_ns) == (old.st_size, old.st_mtime_ns)

    def checksums_ahead(self, path: Path, others: Collection[str] = ()) -> ChecksumsAhead:
        """Begin to flush and sum the files of the private generation at ``path``, all complete.

        But for ``others``, by name.
        """
        known = known_files(self.path, self.repairable_name())
        return ChecksumsAhead(path, known.keys(), others)

    def publish(
        self,
        path: Path,
        *,
        articles: int,
        parameters: Parameters,
        ahead: ChecksumsAhead | None = None,
    ) -> str:
        """Complete the private generation at ``path`` and put it to use; its name.

        Raises ``FlushFailed`` where it is in use all the same, and OSError where it is not.
        """
        publish(self.path, path, self.repairable_name(), articles, parameters, ahead=ahead)
        with suppress(OSError, IndexUnavailable):  # The next publishing does it again.
            sweep(self.path, path.name)
            prune(self.path, path.name, KEEP, contents=False)
        return path.name

    def discard(self, path: Path) -> None:
        """Remove a private generation that will not be published.

        One that CURRENT names stays: then what failed came after it was put to use. So it does
        where CURRENT cannot be read.
        """
        with suppress(OSError, IndexUnavailable):  # The next writer sweeps it away.
            if path.name != self.repairable_name():
                remove_directory(path, MANIFEST)

    def rollback(self, name: str | None = None) -> RolledBack:
        """Put the generation of that name, or the nearest intact one before, to use.

        The writer's lock must be held. Raises ``RollbackRefused`` and ``NoEarlierGeneration``.
        """
        return rollback(self.path, self.repairable_name(), name)

    def prune(self, keep: int) -> Pruned:
        """Remove all but the last ``keep`` generations that nobody reads.

        The writer's lock must be held. The current generation always stays, and, unless ``keep`` is
        1, the one that rolling back would put to use.
        """
        return prune(self.path, self.repairable_name(), keep, contents=True)

    def verify(self) -> list[Damage]:
        """Every file of every generation that is not as it was published."""
        return verify(self.path)

    def generations(self) -> list[GenerationFacts]:
        """The generations that are there, the oldest first; everything is read.

        Raises ``IndexMissing`` where there are none.
        """
        return list_generations(self.path, self.repairable_name)
