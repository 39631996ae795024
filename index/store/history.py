"""Which generations came before the one in use, and going back to them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path

from index.bilingual import Text
from index.errors import IndexMissing, NoEarlierGeneration, RollbackRefused
from index.generation import GENERATIONS
from index.manifest import find_manifest
from index.store.current import point_to
from index.store.names import completed_names, generation_names
from index.store.verifying import obstacle
from index.target import Damage, RolledBack


def rollback(index: Path, current: str | None, name: str | None) -> RolledBack:
    """Put the generation of the name, or the nearest intact one before ``current``, to use.

    The writer's lock must be held. Raises ``RollbackRefused``, ``NoEarlierGeneration``,
    ``IndexMissing``, ``FlushFailed`` and OSError.
    """
    if name is not None:
        return _go_to(index, current, name)
    skipped: list[Damage] = []
    intact: set[Hashable] = set()
    for one in before(index, current):
        found = obstacle(index, one, intact=intact)
        if found is None:
            point_to(index, one)
            return RolledBack(one, current, tuple(skipped))
        skipped.append(found)
    if current is None and not skipped:
        raise IndexMissing(index)
    raise NoEarlierGeneration(index, skipped)


def _go_to(index: Path, current: str | None, name: str) -> RolledBack:
    """Put the generation of the name to use. Raises ``RollbackRefused``."""
    if name not in generation_names(index):
        why = Text("there is no such generation", "tidak ada generasi bernama itu")
        raise RollbackRefused(index, name, why, current)
    if name == current:
        why = Text("it is in use already", "generasi itu sudah dipakai")
        raise RollbackRefused(index, name, why, current)
    found = obstacle(index, name)
    if found is not None:
        told = found.told
        why = Text(f"{found.file}: {told.english}", f"{found.file}: {told.indonesian}")
        raise RollbackRefused(index, name, why, current)
    point_to(index, name)
    return RolledBack(name, current)


def before(index: Path, current: str | None) -> Iterator[str]:
    """The generations before the one in use, the nearest first, damaged ones among them.

    Each is the one that the manifest of the next says was in use when that was published, so that
    one which was rolled back from is not met again. Where a manifest does not tell, it is the next
    by name; where nothing says which is in use, the newest comes first.
    """
    names = completed_names(index)
    at, seen = current, {current}
    while True:
        manifest = find_manifest(index / GENERATIONS / at) if at in names else None
        if manifest is not None:
            at = manifest.previous
        else:
            at = max((name for name in names if at is None or name < at), default=None)
        if at is None or at in seen:
            return
        seen.add(at)
        if at in names:
            yield at
