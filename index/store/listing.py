"""Facts about the generations that are there, for whoever chooses one to go back to."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from index.errors import IndexMissing
from index.generation import GENERATIONS
from index.manifest import find_manifest
from index.store.names import generation_names, has_manifest
from index.store.verifying import obstacle
from index.target import GenerationFacts


def list_generations(index: Path, current: str | None) -> list[GenerationFacts]:
    """The generations that have a manifest, be it damaged, and the one in use; all is read.

    Raises ``IndexMissing`` where there are none, and ``IndexUnreadable``.
    """
    names = [
        name for name in generation_names(index) if name == current or has_manifest(index, name)
    ]
    if current is None and not names:
        raise IndexMissing(index)
    intact: set[Hashable] = set()
    return [_facts(index, name, intact, in_use=name == current) for name in names]


def _facts(index: Path, name: str, intact: set[Hashable], *, in_use: bool) -> GenerationFacts:
    directory = index / GENERATIONS / name
    manifest = find_manifest(directory)
    found = obstacle(index, name, intact=intact)
    if manifest is None:
        size = _bytes(directory)
        return GenerationFacts(name, None, None, size, in_use, found is None, found)
    return GenerationFacts(
        name,
        manifest.published,
        manifest.articles,
        sum(entry.bytes for entry in manifest.files.values()),
        in_use,
        found is None,
        found,
        manifest.version,
    )


def _bytes(directory: Path) -> int | None:
    """What the files of a directory hold together; None where they cannot be looked at."""
    try:
        return sum(file.lstat().st_size for file in directory.iterdir())
    except OSError:
        return None
