"""Facts about the generations that are there, for whoever chooses one to go back to."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path

from index.errors import IndexMissing
from index.generation import GENERATIONS
from index.manifest import find_manifest
from index.store.names import generation_names, has_manifest
from index.store.verifying import obstacle
from index.target import GenerationFacts


def list_generations(index: Path, current_name: Callable[[], str | None]) -> list[GenerationFacts]:
    """The generations that have a manifest, be it damaged, and the one in use; all is read.

    ``current_name`` says which that is, and is asked again when all is read, which takes long: what
    was pruned meanwhile is left out, and what was put to use is told. Raises ``IndexMissing`` where
    there are none, and ``IndexUnreadable``.
    """
    current = current_name()
    found: dict[str, GenerationFacts] = {}
    intact: set[Hashable] = set()
    for name in generation_names(index):
        if name == current or has_manifest(index, name):
            found[name] = _facts(index, name, intact)
    again = None
    while (current := current_name()) is not None and current != again:
        again = current
        if current not in found or found[current].damage is not None:
            found[current] = _facts(index, current, intact)
    names = generation_names(index)
    told = [
        replace(found[name], in_use=name == current)
        for name in sorted(found)
        if name in names and (name == current or has_manifest(index, name))
    ]
    if current is None and not told:
        raise IndexMissing(index)
    return told


def _facts(index: Path, name: str, intact: set[Hashable]) -> GenerationFacts:
    directory = index / GENERATIONS / name
    manifest = find_manifest(directory)
    found = obstacle(index, name, intact=intact)
    if manifest is None:
        size = _bytes(directory)
        return GenerationFacts(name, None, None, size, False, found is None, found)
    return GenerationFacts(
        name,
        manifest.published,
        manifest.articles,
        sum(entry.bytes for entry in manifest.files.values()),
        False,
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
