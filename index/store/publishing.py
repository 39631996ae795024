"""Completes a private generation and puts it to use.

Files first, then their names, then the manifest, then CURRENT, each flushed to disk before the
next: whatever interrupts it, the old generation or the new one is in use, and whole.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from index.generation import GENERATIONS, Generation, damaged
from index.manifest import (
    MANIFEST,
    MISSING,
    FileEntry,
    Manifest,
    Parameters,
    file_checksum,
    find_manifest,
    to_bytes,
)
from index.schema import WRITTEN_VERSIONS
from index.store.ahead import ChecksumsAhead, FileKey, key_of
from index.store.current import point_to
from index.store.durable import flush, flush_around, link_or_copy, write_durably
from index.words_file import read_generation_words

REBUILT = "rebuilt"
"""The parameter that tells when the last rebuild was published, whatever updates came after it."""


def link_files(generation: Generation, target: Path) -> None:
    """Hard-link the generation's files (not its manifest) into ``target``, or copy them.

    Raises ``IndexDamaged`` where one is missing, and OSError.
    """
    for name in generation.manifest.files:
        try:
            link_or_copy(generation.path / name, target / name)
        except FileNotFoundError:
            raise damaged(generation.index, generation.name, name, MISSING) from None


def publish(
    index: Path,
    directory: Path,
    current: str | None,
    articles: int,
    parameters: Parameters,
    *,
    ahead: ChecksumsAhead | None = None,
) -> None:
    """Complete the private generation in ``directory`` and put it to use instead of ``current``.

    Checksums of files that are hard links into the current generation carry forward; of others
    those are taken that were worked out ``ahead``. Raises
    ``FlushFailed`` where it is in use all the same, and OSError.
    """
    known = known_files(index, current)
    files = {}
    for file in sorted(directory.iterdir()):
        status = file.stat()
        entry = known.get(key_of(file, status))
        if entry is None:
            checksum = None if ahead is None else ahead.of(file, status)
            if checksum is None:
                flush(file)
                checksum = file_checksum(file)
            entry = FileEntry(status.st_size, checksum)
        files[file.name] = entry
    words = read_generation_words(directory)
    published = datetime.now(UTC)
    manifest = Manifest(
        version=WRITTEN_VERSIONS[words.stemmer],
        words=words.digest,
        published=published,
        previous=current,
        articles=articles,
        parameters=_dated(index, current, parameters, published),
        files=files,
    )
    flush(directory)  # The manifest must not be there before a file that it names.
    write_durably(directory / MANIFEST, to_bytes(manifest))
    flush(index / GENERATIONS)
    if current is None:
        flush(index)
        flush_around(index)  # Whoever made it may have been killed before this.
    point_to(index, directory.name)


def _dated(
    index: Path, current: str | None, parameters: Parameters, published: datetime
) -> Parameters:
    """The parameters with the time of the last rebuild, where it is known."""
    command = parameters.get("command")
    if command == "rebuild":
        return {**parameters, REBUILT: published.isoformat()}
    before = None if current is None else find_manifest(index / GENERATIONS / current)
    rebuilt = None if before is None or command is None else before.parameters.get(REBUILT)
    return parameters if rebuilt is None else {**parameters, REBUILT: rebuilt}


def known_files(index: Path, current: str | None) -> dict[FileKey, FileEntry]:
    """The current generation's files."""
    path = None if current is None else index / GENERATIONS / current
    manifest = None if path is None else find_manifest(path)
    if path is None or manifest is None:
        return {}
    known = {}
    for file, entry in manifest.files.items():
        try:
            status = (path / file).stat()
        except FileNotFoundError:
            continue
        known[status.st_dev, status.st_ino, entry.bytes, file] = entry
    return known
