"""The index directory: which generation is in use, and how another takes its place.

::

    INDEX/CURRENT                      the name of the generation in use, replaced atomically
    INDEX/LOCK                         locked by the one writer
    INDEX/generations/<time>-<random>/ a complete, immutable Whoosh index and its manifest.json

A generation is private until its manifest is there: files first, then the manifest, then their
directory, then CURRENT, each flushed to disk before the next. What a killed writer leaves has no
manifest, and the next writer sweeps it away.

Locks are ``flock`` locks: the kernel drops them with the process that held them.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.analysis import UserWords
from index.errors import (
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
    IndexUnreadable,
    NoEarlierGeneration,
)
from index.generation import GENERATIONS, Generation, damaged, damages, open_generation
from index.manifest import (
    MANIFEST,
    MISSING,
    FileEntry,
    Manifest,
    file_checksum,
    from_bytes,
    to_bytes,
)
from index.schema import VERSION, VERSIONS
from index.stemming import StemmerName
from index.target import Damage, GenerationFacts
from index.words_file import read_generation_words, surviving_stemmer, surviving_words

KEEP = 3
"""How many generations publishing leaves, the current one included."""

_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%S%f"


class Store:
    """The index directory at ``path``, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._generations = path / GENERATIONS

    def current_name(self) -> str | None:
        """The name in CURRENT, or None where nothing was published yet.

        Raises ``IndexDamaged`` where CURRENT holds anything but a name, and ``IndexUnreadable``.
        """
        try:
            content = (self.path / "CURRENT").read_bytes().decode("ascii", "replace")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it.
            raise IndexUnreadable(self.path, "CURRENT", error) from None
        name = content[:-1]
        if not _NAME.fullmatch(name) or content[-1] != "\n":
            raise IndexDamaged(self.path, "CURRENT", "it does not name a generation")
        return name

    def require(self) -> None:
        """Raise ``IndexMissing`` where nothing was published, or as ``current_name`` does.

        For commands that change an index and should not make the directories of one.
        """
        if self.current_name() is None:
            raise IndexMissing(self.path)

    def repairable_name(self) -> str | None:
        """The same for writers, who can put a good name there: None for a CURRENT that has none."""
        try:
            return self.current_name()
        except IndexDamaged:
            return None

    def open_current(self, *, any_version: bool = False) -> Generation:
        """The generation in use, held against pruning, its manifest and small files verified.

        Raises ``IndexMissing``, ``IndexUnreadable``, ``IndexDamaged``, or, unless ``any_version``,
        ``IndexOutdated``.
        """
        for _ in range(100):
            name = self.current_name()
            if name is None:
                raise IndexMissing(self.path)
            try:
                generation = open_generation(self.path, name)
            except FileNotFoundError as error:
                if name != self.current_name():
                    continue  # It was pruned between two looks at CURRENT: look again.
                file = Path(error.filename or MANIFEST).name
                raise damaged(self.path, name, file, MISSING) from None
            if not any_version and generation.manifest.version not in VERSIONS.values():
                generation.close()
                raise IndexOutdated(self.path, generation.manifest.version, VERSION)
            return generation
        raise IndexLocked(self.path)

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
        return used, [self._generations / one for one in self._names()]

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[None]:
        """Hold the writer's lock. Raises ``IndexLocked`` where another has it and not ``wait``."""
        self._generations.mkdir(parents=True, exist_ok=True)
        with (self.path / "LOCK").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise IndexLocked(self.path) from None
            self._sweep()
            yield

    def begin(self) -> Path:
        """A new, empty, private generation directory. The writer's lock must be held."""
        now = datetime.now(UTC)
        latest = max(self._names(), default=None)
        if latest is not None:
            # Names sort by time even where the clock was set back.
            before = datetime.strptime(latest.split("-")[0], _STAMP).replace(tzinfo=UTC)
            now = max(now, before + timedelta(microseconds=1))
        path = self._generations / f"{now.strftime(_STAMP)}-{secrets.token_hex(4)}"
        path.mkdir()
        return path

    def link_files(self, generation: Generation, target: Path) -> None:
        """Hard-link the generation's files (not its manifest) into ``target``, or copy them."""
        for name in generation.manifest.files:
            try:
                os.link(generation.path / name, target / name)
            except FileNotFoundError:
                raise damaged(self.path, generation.name, name, MISSING) from None
            except OSError:
                shutil.copy2(generation.path / name, target / name)

    def is_of(self, name: str, file: Path) -> bool:
        """Whether a file of a private generation was linked or copied from the generation."""
        manifest = self._manifest(name)
        if manifest is None or file.name not in manifest.files:
            return False
        try:
            # Each generation has a table of contents of the same name, but not written then.
            new, old = file.stat(), (self._generations / name / file.name).stat()
        except FileNotFoundError:
            return True
        return (new.st_size, new.st_mtime_ns) == (old.st_size, old.st_mtime_ns)

    def publish(self, path: Path, *, articles: int, parameters: Mapping[str, str | int]) -> str:
        """Complete the private generation at ``path`` and put it to use; its name.

        Checksums of files that are hard links into the current generation carry forward.
        """
        known = self._known_files()
        files = {}
        for file in sorted(path.iterdir()):
            status = file.stat()
            entry = known.get((status.st_ino, status.st_size, file.name))
            if entry is None:
                _flush(file)
                entry = FileEntry(status.st_size, file_checksum(file))
            files[file.name] = entry
        words = read_generation_words(path)
        manifest = Manifest(
            version=VERSIONS[words.stemmer],
            words=words.digest,
            published=datetime.now(UTC),
            previous=self.repairable_name(),
            articles=articles,
            parameters=parameters,
            files=files,
        )
        _write_durably(path / MANIFEST, to_bytes(manifest))
        _flush(path)
        _flush(self._generations)
        self._point_to(path.name)
        with suppress(OSError):  # The work is done; the next publishing prunes again.
            self.prune(KEEP)
        return path.name

    def discard(self, path: Path) -> None:
        """Remove a private generation that will not be published.

        One that CURRENT names stays: then what failed came after it was put to use.
        """
        if path.name != self.repairable_name():
            shutil.rmtree(path, ignore_errors=True)

    def rollback(self) -> str:
        """Put the generation that the current one followed to use; its name.

        The writer's lock must be held. Raises ``NoEarlierGeneration``.
        """
        previous = self._previous()
        if previous is None or previous not in self._complete():
            raise NoEarlierGeneration(self.path)
        self._point_to(previous)
        return previous

    def prune(self, keep: int) -> list[str]:
        """Remove all but the last ``keep`` generations that nobody reads; the names removed.

        The writer's lock must be held. The current generation always stays, and, unless ``keep`` is
        1, the one that rolling back would put to use.
        """
        current = self.repairable_name()
        kept = {current}
        if keep > 1 and current is not None:
            kept.add(self._previous())
        removed = []
        for name in self._complete()[: -max(keep, 1)]:
            path = self._generations / name
            if name in kept:
                continue
            with (path / MANIFEST).open("rb") as stream:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                # Without a manifest it is no generation any more, should the rest be interrupted.
                (path / MANIFEST).unlink()
                shutil.rmtree(path, ignore_errors=True)
                removed.append(name)
        return removed

    def verify(self) -> list[Damage]:
        """Every file of every generation that is not as it was published."""
        try:
            current = self.current_name()
        except IndexDamaged as error:
            return [Damage("", error.file, error.reason), *self._damages(None)]
        if current is None:
            raise IndexMissing(self.path)
        found = self._damages(current)
        if not (self._generations / current).is_dir():
            found.append(Damage(current, "CURRENT", "it names a generation that is not there"))
        return found

    def generations(self) -> list[GenerationFacts]:
        """The generations whose manifests can be read, the oldest first.

        Raises ``IndexMissing`` where there are none.
        """
        current = self.repairable_name()
        if current is None and not self._complete():
            raise IndexMissing(self.path)
        found = []
        for name in self._complete():
            manifest = self._manifest(name)
            if manifest is not None:
                size = sum(entry.bytes for entry in manifest.files.values())
                facts = GenerationFacts(
                    name, manifest.published, manifest.articles, size, name == current
                )
                found.append(facts)
        return found

    def _damages(self, current: str | None) -> list[Damage]:
        """What is wrong with the generations, each held while it is read."""
        found = []
        for name in self._names():
            try:
                found += damages(self.path, name)
            except FileNotFoundError:
                if name == current:
                    found.append(Damage(name, MANIFEST, MISSING))
            except IndexUnreadable as error:
                found.append(Damage(name, MANIFEST, error.reason.english))
        return found

    def _previous(self) -> str | None:
        """The generation before the current one, which may be damaged itself, as CURRENT may be."""
        current = self.repairable_name()
        if current is None:
            if not self._complete():
                raise IndexMissing(self.path)
            return self._complete()[-1]
        manifest = self._manifest(current)
        if manifest is None:
            return max((name for name in self._complete() if name < current), default=None)
        return manifest.previous

    def _manifest(self, name: str) -> Manifest | None:
        """A generation's manifest, or None where it cannot be read or is damaged."""
        try:
            return from_bytes((self._generations / name / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None

    def _names(self) -> list[str]:
        try:
            return sorted(p.name for p in self._generations.iterdir() if _NAME.fullmatch(p.name))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, ValueError) as error:
            raise IndexUnreadable(self.path, GENERATIONS, error) from None

    def _complete(self) -> list[str]:
        return [name for name in self._names() if (self._generations / name / MANIFEST).exists()]

    def _known_files(self) -> dict[tuple[int, int, str], FileEntry]:
        name = self.repairable_name()
        manifest = None if name is None else self._manifest(name)
        if name is None or manifest is None:
            return {}
        path = self._generations / name
        known = {}
        for file, entry in manifest.files.items():
            if (path / file).exists():
                known[(path / file).stat().st_ino, entry.bytes, file] = entry
        return known

    def _point_to(self, name: str) -> None:
        waiting = self.path / "CURRENT.new"
        _write_durably(waiting, f"{name}\n".encode("ascii"))
        waiting.replace(self.path / "CURRENT")
        _flush(self.path)

    def _sweep(self) -> None:
        """Remove what killed writers left. The writer's lock must be held."""
        (self.path / "CURRENT.new").unlink(missing_ok=True)
        current = self.repairable_name()
        for entry in self._generations.iterdir():
            if entry.name != current and not (entry / MANIFEST).exists():
                shutil.rmtree(entry, ignore_errors=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _flush(path: Path) -> None:
    """Flush a file's or a directory's content to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
