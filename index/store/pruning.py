"""Removes old generations that nobody needs."""

from __future__ import annotations

import fcntl
import os
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from index.errors import PruneFailed
from index.generation import GENERATIONS
from index.manifest import MANIFEST
from index.regular_file import open_regular
from index.store.durable import remove_directory
from index.store.history import before
from index.store.names import completed_names
from index.store.verifying import obstacle
from index.target import Kept, Pruned


def prune(index: Path, current: str | None, keep: int, *, contents: bool) -> Pruned:
    """Remove all but the last ``keep`` generations that nobody reads.

    The one in use always stays, and, unless ``keep`` is 1, the one that rolling back would put to
    use; with ``contents`` that is told by checksums, else by sizes. The writer's lock must be held.
    Raises ``PruneFailed``, after all others were removed.
    """
    names = completed_names(index)
    why = _reasons(index, current, keep, names, contents=contents)
    removed: list[str] = []
    left: list[str] = []
    failed: OSError | None = None
    for name in names:
        if name in why:
            continue
        try:
            obstructed = _remove(index / GENERATIONS / name)
        except OSError as error:
            failed = failed or error  # One that cannot be removed does not keep the others.
            left.append(name)
            continue
        if obstructed:
            why[name].append(obstructed)
        else:
            removed.append(name)
    if failed is not None:
        raise PruneFailed(index, removed, left, failed) from failed
    return Pruned(
        tuple(removed), tuple(Kept(name, tuple(why[name])) for name in names if why[name])
    )


def _reasons(
    index: Path, current: str | None, keep: int, names: Sequence[str], *, contents: bool
) -> defaultdict[str, list[str]]:
    """Why generations stay, by name."""
    why: defaultdict[str, list[str]] = defaultdict(list)
    if current is not None:
        why[current].append("in_use")
    if keep > 1:
        for name in before(index, current):
            found = obstacle(index, name, contents=contents)
            if found is None:
                why[name].append("rollback")
                break
            if found.unreadable:
                why[name].append("unreadable")  # It may be the one, when it can be read again.
    for name in names[-max(keep, 1) :]:
        why[name].append("newest")
    return why


def _remove(directory: Path) -> str:
    """Remove a generation, or say why not: ``held`` by a reader, or ``unreadable``.

    Raises OSError where it, or something in it, cannot be removed.
    """
    try:
        manifest = open_regular(directory / MANIFEST)
    except OSError:
        return "unreadable"  # Nobody knows what it is, nor whether it is held.
    with manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return "held"
        remove_directory(directory, MANIFEST)
    with suppress(FileNotFoundError):
        os.rmdir(directory)  # noqa: PTH106 - raises where something is left in it
    return ""
