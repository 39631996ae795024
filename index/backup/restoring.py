"""A backup put to use: verified while it is copied, then published as a new generation.

Files are copied, never linked: whoever may write to the backup must not be able to change the index
afterwards. The old generation stays, for ``rollback``.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, Self

from index.analysis import use_words
from index.backup.contents import (
    NO_BACKUP,
    NOT_RIGHT,
    NOT_THERE,
    Read,
    believable,
    copied,
    stepping,
    total_bytes,
    unreadable,
)
from index.backup.stream import StreamedBackup
from index.bilingual import Text
from index.errors import (
    BackupDamaged,
    BackupOutdated,
    FileDamaged,
    FlushFailed,
    RestoreRefused,
    StemmerUnknown,
    WordsInvalid,
)
from index.generation import GENERATIONS
from index.light_dataclass import dataclass
from index.manifest import MANIFEST, MOST, Manifest
from index.regular_file import open_folder, open_regular
from index.schema import READ_VERSIONS, VERSION
from index.segments.checking import faults_in
from index.segments.toc import read_segments
from index.store import Store
from index.store.current import CURRENT
from index.store.names import is_name
from index.stored_values import checked
from index.target import Progress, Published, no_progress
from index.words_file import WORDS, read_generation_words


class _Backup(Protocol):
    """What is restored: ``name`` is the generation's, ``files`` can be read in their order."""

    @property
    def place(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def manifest(self) -> Manifest: ...
    def files(self) -> Generator[tuple[str, Read]]: ...


@dataclass(frozen=True, slots=True)
class Restored:
    """``generation`` is in use now and holds what ``source``, one of a backup, did."""

    generation: str
    source: str
    articles: int
    bytes: int


def restore(
    source: Path | BinaryIO,
    index: Path,
    *,
    wait: bool = False,
    progress: Progress = no_progress,
) -> Restored:
    """Publish a backup: a directory, a file with a tar stream, or such a stream.

    Raises ``BackupDamaged``, ``BackupOutdated``, ``WritingFailed`` and ``IndexLocked``, which leave
    the index as it was, and ``FlushFailed``.
    """
    with _opened(source, index) as backup:
        manifest = backup.manifest
        if manifest.version not in READ_VERSIONS:
            raise BackupOutdated(backup.place, manifest.version, VERSION)
        store = Store(index)
        with store.writing(wait=wait):
            _check_room(index, manifest)
            directory = store.begin()
            try:
                _fill(directory, backup, progress)
                _check(directory, backup)
                # When it was rebuilt stays as it was: restoring is no rebuild.
                parameters = {
                    name: value for name, value in manifest.parameters.items() if name != "command"
                }
                name = store.publish(directory, articles=manifest.articles, parameters=parameters)
            except FlushFailed as error:
                error.published = Published(error.generation, manifest.articles)
                raise
            except BaseException:
                store.discard(directory)
                raise
        return Restored(name, backup.name, manifest.articles, total_bytes(manifest))


@contextmanager
def _opened(source: Path | BinaryIO, index: Path) -> Iterator[_Backup]:
    if not isinstance(source, Path):
        yield StreamedBackup(source, "-")
        return
    place = str(source)
    if source.is_dir():
        if source.resolve() == index.resolve():
            raise RestoreRefused(place)
        with _Directory(source) as backup:
            yield backup
        return
    try:
        stream = source.open("rb")
    except OSError as error:
        unreadable(place, source.name, error)
    with stream:
        yield StreamedBackup(stream, place)


class _Directory:
    """A backup that is a directory, held against pruning; links and devices in it are refused.

    That is so for its folders, too: each is opened from the one around it, and no link followed.
    """

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        with ExitStack() as opened:
            root = self._folder(opened, path)
            with self._open(CURRENT, root) as stream:
                name = self._reader(stream, CURRENT)(64).decode("ascii", "replace")
            self.name = name.removesuffix("\n")
            if not is_name(self.name):
                raise BackupDamaged(self.place, CURRENT, NO_BACKUP)
            generations = self._folder(opened, Path(GENERATIONS), root)
            self._at = self._folder(opened, Path(self.name), generations)
            hold = opened.enter_context(self._open(MANIFEST, self._at))
            fcntl.flock(hold, fcntl.LOCK_SH)
            self.manifest = believable(self._reader(hold, MANIFEST)(MOST + 1), self.place)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def files(self) -> Generator[tuple[str, Read]]:
        for name in self.manifest.files:
            with self._open(name, self._at) as stream:
                yield name, self._reader(stream, name)

    def _reader(self, stream: BinaryIO, name: str) -> Read:
        def read(most: int) -> bytes:
            try:
                return stream.read(most)
            except OSError as error:
                unreadable(self.place, name, error)

        return read

    def _folder(self, opened: ExitStack, path: Path, around: int | None = None) -> int:
        with self._refusing(path.name):
            folder = open_folder(path, around)
        opened.callback(os.close, folder)
        return folder

    def _open(self, name: str, folder: int) -> BinaryIO:
        with self._refusing(name):
            return open_regular(Path(name), follow=False, folder=folder)

    @contextmanager
    def _refusing(self, name: str) -> Iterator[None]:
        """While something of the backup is opened. Raises ``BackupDamaged``."""
        try:
            yield
        except FileNotFoundError:
            raise BackupDamaged(self.place, name, NOT_THERE) from None
        except OSError as error:
            unreadable(self.place, name, error)


def _check_room(index: Path, manifest: Manifest) -> None:
    """Refuse what cannot fit before it fills the disk. Raises OSError."""
    if total_bytes(manifest) > shutil.disk_usage(index).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(index))


def _fill(directory: Path, backup: _Backup, progress: Progress) -> None:
    """Copy every file, compared with the manifest. Raises ``BackupDamaged``."""
    step = stepping(progress, backup.manifest)
    with closing(backup.files()) as files:
        for name, read in files:
            entry = backup.manifest.files[name]
            with (directory / name).open("xb") as target:
                found = copied(read, target.write, entry)
            if found != entry:
                raise BackupDamaged(backup.place, name, NOT_RIGHT)
            step(entry.bytes)


def _check(directory: Path, backup: _Backup) -> None:
    """Look at all of what was copied, as an index: a manifest can be made to fit anything.

    Raises ``BackupDamaged``.
    """
    try:
        words = read_generation_words(directory)
        if words.digest != backup.manifest.words:
            raise BackupDamaged(backup.place, WORDS, NOT_RIGHT)
        use_words(words)
        segments = read_segments(directory)
        # Checksums fit whatever was written: what verify looks at is looked at now.
        for fault in faults_in(directory, partial(checked, body=True)):
            raise fault
    except FileDamaged as error:
        raise BackupDamaged(backup.place, error.file, error.told) from None
    except (WordsInvalid, StemmerUnknown) as error:
        raise BackupDamaged(backup.place, WORDS, Text(error.english, error.indonesian)) from None
    found = sum(segment.doc_count() for segment in segments)
    if found != backup.manifest.articles:
        reason = Text(
            f"it says {backup.manifest.articles} articles, and {found} are there",
            f"menyebut {backup.manifest.articles} artikel, padahal ada {found}",
        )
        raise BackupDamaged(backup.place, MANIFEST, reason)
