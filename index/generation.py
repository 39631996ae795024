"""Opens a generation: holds it against pruning, and checks it against its manifest.

A generation is a directory ``generations/<time>-<random>`` in the index directory; its manifest
names its files. Whoever reads it holds a shared lock on the manifest, so that pruning leaves it
alone.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Self

from index.analysis import UserWords, use_words
from index.bilingual import Text
from index.errors import (
    FileDamaged,
    IndexDamaged,
    IndexOutdated,
    IndexUnreadable,
    StemmerUnknown,
    WartaError,
    WordsInvalid,
)
from index.light_dataclass import dataclass
from index.manifest import (
    MANIFEST,
    MISSING,
    MOST,
    NO_MANIFEST,
    ForeignManifest,
    Manifest,
    fault,
    from_bytes,
)
from index.regular_file import identity, open_regular, read_bounded
from index.schema import READ_VERSIONS, VERSION
from index.system_errors import reason
from index.target import Damage
from index.words_file import STEMMER, WORDS, read_generation_words

GENERATIONS = "generations"
"""The folder of an index directory that holds its generations."""

_CHECKED_AT_OPEN = 1 << 16
_SELF_CHECKING = (".inv", ".doc", ".der")
_OTHER_WORDS = "it is missing or another"
_STRAY = "it was not published with this generation; remove it"


@dataclass(frozen=True)
class Generation:
    """A generation of the index directory ``index`` that is held until it is closed.

    ``content``: the bytes of its manifest. ``words``: the user's words that it was built with;
    analyzers of its schema know them.
    """

    index: Path
    name: str
    path: Path
    manifest: Manifest
    content: bytes
    words: UserWords
    hold: BinaryIO

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go: pruning may remove it now."""
        self.hold.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While its files are read, ``FileDamaged`` becomes ``IndexDamaged``.

        What the system does not let be read becomes ``IndexUnreadable``. Only here it is known of
        which index the file is, and where to go back in.
        """
        try:
            yield
        except FileDamaged as error:
            raise damaged(self.index, self.name, error.file, error.told) from None
        except WartaError:
            raise
        except OSError as error:
            raise unreadable(self.index, self.name, error) from error


def damaged(index: Path, name: str, file: str, reason: str | Text) -> IndexDamaged:
    """The error that names a file of a generation, and the directory to go back in."""
    return IndexDamaged(index, f"{GENERATIONS}/{name}/{file}", reason)


def unreadable(index: Path, name: str, error: OSError | ValueError) -> IndexUnreadable:
    """The error that names the file of a generation that the system does not let be read."""
    file = getattr(error, "filename", None)
    file = Path(os.fsdecode(file)).name if isinstance(file, str | bytes) else ""
    parts = [GENERATIONS, name, *([file] if file and file != name else [])]
    return IndexUnreadable(index, "/".join(parts), error)


def open_generation(index: Path, name: str) -> Generation:
    """Hold a generation of any version, and verify its manifest and what does not check itself.

    Raises ``IndexDamaged``, ``IndexUnreadable``, ``IndexOutdated`` where another version has given
    its manifest a shape that this one does not know, and ``FileNotFoundError`` where it is not
    there, or not any more.
    """
    path = index / GENERATIONS / name
    with _reading(index, name):
        hold = open_regular(path / MANIFEST)
        try:
            fcntl.flock(hold, fcntl.LOCK_SH)
            content = read_bounded(hold, MOST, path / MANIFEST)
            manifest = _checked(index, path, content)
            words = _words(index, path, manifest)
        except BaseException:
            hold.close()
            raise
    use_words(words)
    return Generation(index, name, path, manifest, content, words, hold)


@contextmanager
def _reading(index: Path, name: str) -> Iterator[None]:
    """What the system does not let be read becomes ``IndexUnreadable``, unless it is not there."""
    try:
        yield
    except (FileNotFoundError, WartaError):
        raise
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it.
        raise unreadable(index, name, error) from None


def damages(index: Path, name: str, intact: set[Hashable] | None = None) -> list[Damage]:
    """Read all of a generation: what is not as it was published. It is held meanwhile.

    ``intact``: what was found to be so in generations before, which share files with this one; it
    is not read again, and what is found now is added. Raises ``FileNotFoundError`` where it has no
    manifest, and ``IndexUnreadable``.
    """
    path = index / GENERATIONS / name
    with _reading(index, name), open_regular(path / MANIFEST) as hold:
        fcntl.flock(hold, fcntl.LOCK_SH)
        content = read_bounded(hold, MOST, path / MANIFEST)
        if not (path / MANIFEST).exists():
            return []  # It was pruned before it was held.
        try:
            manifest = from_bytes(content)
        except ForeignManifest as error:
            is_ours = error.version in READ_VERSIONS
            return [Damage(name, MANIFEST, NO_MANIFEST if is_ours else str(error))]
        except ValueError as error:
            return [Damage(name, MANIFEST, str(error))]
        intact = set() if intact is None else intact
        found = file_damages(path, manifest, contents=True, intact=intact)
        found += [Damage(name, file, _STRAY) for file in _strays(path, manifest)]
        # Checksums fit whatever was written; whoever wrote it may not have been Warta.
        return found or [
            Damage(name, error.file, error.reason) for error in _misfits(path, manifest, intact)
        ]


def _misfits(path: Path, manifest: Manifest, intact: set[Hashable]) -> Iterator[FileDamaged]:
    """What in the files of a generation cannot be what Warta writes. Raises OSError.

    Nothing of a generation of another version, which is not read before it is rebuilt.
    """
    if manifest.version not in READ_VERSIONS:
        return
    try:
        words = read_generation_words(path)
    except WordsInvalid as error:
        yield FileDamaged(WORDS, error.english)
        return
    except StemmerUnknown as error:
        yield FileDamaged(STEMMER, error.english)
        return
    if words.digest != manifest.words:
        yield FileDamaged(WORDS, _OTHER_WORDS)
    from index.segments.checking import faults_in
    from index.stored_values import checked

    def check(file: str, stored: dict[str, Any]) -> object:
        return checked(file, stored, body=True)

    yield from faults_in(path, check, intact=intact, articles=manifest.articles)


def file_damages(
    path: Path, manifest: Manifest, *, contents: bool, intact: set[Hashable] | None = None
) -> list[Damage]:
    """What is wrong with the files of a generation; only with ``contents`` they are read.

    ``intact``: as in ``damages``.
    """
    intact = set() if intact is None else intact
    found = []
    for file, entry in manifest.files.items():
        try:
            read = (identity(path / file), entry.checksum) if contents else None
            told = fault(path / file, entry, contents=contents and read not in intact)
        except OSError as error:
            found.append(not_read(path.name, file, reason(error)))
        else:
            if told is not None:
                found.append(Damage(path.name, file, told))
            elif read is not None:
                intact.add(read)
    return found


def not_read(name: str, file: str, why: Text) -> Damage:
    """The damage of a file that the system does not let be read, and that may be intact."""
    return Damage(name, file, f"it cannot be read ({why.english})", unreadable=True)


def _checked(index: Path, path: Path, content: bytes) -> Manifest:
    """The manifest of that content, its files there and of the right size, small ones verified."""
    try:
        manifest = from_bytes(content)
    except ForeignManifest as error:
        if error.version in READ_VERSIONS:
            raise damaged(index, path.name, MANIFEST, NO_MANIFEST) from None
        raise IndexOutdated(index, error.version, VERSION) from None
    except ValueError as error:
        raise damaged(index, path.name, MANIFEST, str(error)) from None
    for file, entry in manifest.files.items():
        # Segments' files check themselves, block by block, when they are read; others must be
        # right before.
        contents = entry.bytes <= _CHECKED_AT_OPEN or not file.endswith(_SELF_CHECKING)
        told = fault(path / file, entry, contents=contents)
        if told is not None:
            if told == MISSING and not (path / MANIFEST).exists():
                raise FileNotFoundError(errno.ENOENT, told, str(path / file))  # It was pruned.
            raise damaged(index, path.name, file, told)
    for file in _strays(path, manifest):
        raise damaged(index, path.name, file, _STRAY)
    return manifest


def _words(index: Path, path: Path, manifest: Manifest) -> UserWords:
    try:
        words = read_generation_words(path)
    except WordsInvalid as error:
        raise damaged(index, path.name, WORDS, Text(error.english, error.indonesian)) from None
    except StemmerUnknown as error:
        raise damaged(index, path.name, STEMMER, Text(error.english, error.indonesian)) from None
    # Another version may have made another digest of the same words.
    if manifest.version in READ_VERSIONS and words.digest != manifest.words:
        raise damaged(index, path.name, WORDS, _OTHER_WORDS)
    return words


def _strays(path: Path, manifest: Manifest) -> list[str]:
    """Tables of contents that were not published: the newest would be read."""
    found = os.listdir(path)  # noqa: PTH208 - as text, and OSError is raised
    return sorted(name for name in found if name.endswith(".toc") and name not in manifest.files)
