"""A backup into a directory that is itself an index: links where the file system has them.

The generation is held meanwhile, so that a writer may publish and prune beside it. What is a link
costs no space and no time but that of reading it once, and does not outlive the disk: a backup
against that goes to another. The manifest is always a copy, because readers lock it, and a reader
of the backup must not keep the index from pruning. Every file is read again and compared with the
manifest before CURRENT names the generation, which is last; what was killed before that has no
manifest, and the next backup sweeps it away.
"""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from pathlib import Path

from index.backup.contents import (
    MARK,
    MARK_TEXT,
    BackedUp,
    copied,
    reading,
    stepping,
    total_bytes,
    unread,
)
from index.bilingual import Text
from index.errors import BackupFailed, BackupRefused, IndexUnavailable, WritingFailed
from index.generation import GENERATIONS, Generation, damaged, open_generation
from index.manifest import MANIFEST, FileEntry, fault
from index.store import KEEP, Store
from index.store.current import CURRENT, point_to
from index.store.durable import (
    flush,
    flush_around,
    make_directories,
    remove_directory,
    write_durably,
)
from index.target import Progress, no_progress


def back_up(index: Path, place: Path, progress: Progress = no_progress) -> BackedUp:
    """Make the generation in use of ``index`` the one in use of the backup at ``place``.

    An index of another version is backed up, too. The last ``KEEP`` generations of the backup stay.
    Raises ``BackupRefused``, ``BackupFailed``, ``IndexLocked`` where another backup goes there, and
    what opening the index does; ``IndexDamaged`` also where a file of it is not right.
    """
    with Store(index).open_current(any_version=True) as generation:
        try:
            _claim(index, place)
            with Store(place).writing(wait=False):
                return _Work(generation, place, progress).done()
        except WritingFailed as failed:
            error = failed.__cause__
            assert isinstance(error, OSError)
            raise BackupFailed(str(place), error) from error
        except OSError as error:
            raise BackupFailed(str(place), error) from error


def _claim(index: Path, place: Path) -> None:
    """Make the directory, and mark it as a backup. Raises ``BackupRefused``."""
    ours, theirs = index.resolve(), place.resolve()
    if ours == theirs or ours in theirs.parents or theirs in ours.parents:
        reason = Text(f"it and the index {index} overlap", f"bertumpang tindih dengan {index}")
        raise BackupRefused(str(place), reason)
    if place.is_symlink() and not place.exists():
        raise BackupRefused(str(place), Text("it is a dangling link", "tautan ke yang tidak ada"))
    if place.exists() and not place.is_dir():
        raise BackupRefused(str(place), Text("it is no directory", "bukan direktori"))
    make_directories(place)
    if (place / GENERATIONS).is_symlink():
        reason = Text("its generations are a link", "generations di sana sebuah tautan")
        raise BackupRefused(str(place), reason)
    names = {entry.name for entry in place.iterdir()}
    if names and MARK not in names:
        is_index = names & {CURRENT, GENERATIONS}
        raise BackupRefused(
            str(place),
            Text("it is an index that something may use", "itu indeks yang mungkin dipakai")
            if is_index
            else Text("it is not empty", "direktori itu tidak kosong"),
        )
    if MARK not in names:
        (place / MARK).write_text(MARK_TEXT, "utf-8")
        flush(place / MARK)
        flush(place)
        flush_around(place)
    make_directories(place / GENERATIONS)


class _Work:
    """One backup; the writer's lock of ``place`` is held."""

    def __init__(self, generation: Generation, place: Path, progress: Progress) -> None:
        self._from = generation
        self._store = Store(place)
        self._place = place
        self._new = place / GENERATIONS / generation.name
        self._step = stepping(progress, generation.manifest)
        self._linked = self._copied = 0

    def done(self) -> BackedUp:
        manifest = self._from.manifest
        is_there = self._is_there()
        if not is_there:
            self._write()
        if self._store.repairable_name() != self._from.name:
            flush(self._place)  # CURRENT must not be there before the folder of generations is.
            point_to(self._place, self._from.name)
        removed: tuple[str, ...] = ()
        with suppress(OSError, IndexUnavailable):  # The backup is done; the next prunes again.
            removed = self._store.prune(KEEP).removed
        return BackedUp(
            self._from.name,
            manifest.articles,
            total_bytes(manifest),
            self._linked,
            self._copied,
            len(manifest.files) if is_there else 0,
            removed,
        )

    def _is_there(self) -> bool:
        """Whether the backup has the generation, every byte of it intact."""
        if not (self._new / MANIFEST).is_file():
            return False
        content = (self._new / MANIFEST).read_bytes()
        return content == self._from.content and all(
            self._is_right(file, entry) for file, entry in self._from.manifest.files.items()
        )

    def _write(self) -> None:
        if self._new.exists():  # It is damaged, or has no manifest.
            remove_directory(self._new, MANIFEST)
        before = self._before()
        try:
            self._new.mkdir()
            with before or nullcontext():
                for file, entry in self._from.manifest.files.items():
                    self._take(file, entry, before)
            flush(self._new)  # The manifest must not be there before a file that it names.
            write_durably(self._new / MANIFEST, self._from.content)
            flush(self._new.parent)
        except BaseException:
            with suppress(OSError):  # The next backup sweeps it away.
                remove_directory(self._new, MANIFEST)
            raise

    def _before(self) -> Generation | None:
        """The generation of the backup before, held, if it is intact as far as opening tells."""
        name = self._store.repairable_name()
        if name is None or name == self._from.name:
            return None
        with suppress(IndexUnavailable, OSError):
            return open_generation(self._place, name)
        return None

    def _take(self, file: str, entry: FileEntry, before: Generation | None) -> None:
        """Link or copy a file, and read it. Raises ``IndexDamaged`` where the index's is wrong."""
        sources = [self._from.path / file]
        if before is not None and before.manifest.files.get(file) == entry:
            sources.append(before.path / file)
        if any(_link(source, self._new / file) for source in sources):
            with suppress(OSError):
                if self._is_right(file, entry):
                    self._linked += 1
                    self._step(entry.bytes)
                    return
            # It may be a link to a file of the backup before that has gone bad.
            (self._new / file).unlink()
        index = self._from.index
        with (
            reading(index, self._from.name, file) as read,
            (self._new / file).open("xb") as target,
        ):
            if copied(read, target.write, entry) != entry:
                raise damaged(index, self._from.name, file, "its checksum does not fit")
        flush(self._new / file)
        if not self._is_right(file, entry):
            raise OSError(None, f"{self._new / file}: it does not hold what was written to it")
        self._copied += 1
        self._step(entry.bytes)

    def _is_right(self, file: str, entry: FileEntry) -> bool:
        """Whether the backup's file is. Raises ``IndexDamaged`` where the index's own cannot be."""
        try:
            return fault(self._new / file, entry, contents=True) is None
        except OSError as error:
            if _is_same(self._new / file, self._from.path / file):
                raise unread(self._from.index, self._from.name, file, error) from None
            raise


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are hard links to one file."""
    with suppress(OSError):
        return one.samefile(other)
    return False


def _link(source: Path, target: Path) -> bool:
    """Make a hard link where that can be; a symbolic link's file must be copied."""
    if source.is_symlink():
        return False
    try:
        os.link(source, target)
    except OSError:
        return False
    return True
