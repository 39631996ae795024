"""Sweeps away what killed writers left: generations that were never completed.

A writer gives a generation its manifest last, in one step. So one without a manifest was never
completed, or was being pruned. Writers of before could leave an empty or a cut manifest: such a
generation counts as never completed, unless CURRENT or another manifest names it, for then it was
in use once and was damaged later. What was damaged, or cannot be read, is kept for ``verify`` to
tell: it may be mended.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from index.generation import GENERATIONS
from index.manifest import MANIFEST, MOST, find_manifest, is_cut
from index.regular_file import open_regular, read_bounded
from index.store.current import CURRENT
from index.store.durable import remove_directory, waiting_name
from index.store.names import generation_names


def sweep(index: Path, current: str | None) -> None:
    """Remove what is left in the index directory. The writer's lock must be held.

    ``current``: the generation in use, which stays. Raises OSError and ``IndexUnreadable``.
    """
    waiting_name(index / CURRENT).unlink(missing_ok=True)
    names = generation_names(index)
    manifests = {name: find_manifest(index / GENERATIONS / name) for name in names}
    # Where nothing good is in use, what is cut may be the last copy there is.
    is_safe = current is not None and manifests.get(current) is not None
    once_used = {one.previous for one in manifests.values() if one is not None}
    for name in names:
        if manifests[name] is None and name != current:
            with suppress(OSError):  # The next sweep tries again.
                _sweep(index / GENERATIONS / name, cut=is_safe and name not in once_used)


def _sweep(directory: Path, *, cut: bool) -> None:
    """Remove a generation that has no manifest, or, if ``cut``, a part of one."""
    try:
        manifest = open_regular(directory / MANIFEST)
    except FileNotFoundError:
        if os.path.isdir(directory):  # noqa: PTH112 - raises nothing
            remove_directory(directory, MANIFEST)
        return
    with manifest:
        if cut and is_cut(read_bounded(manifest, MOST, directory)):
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove_directory(directory, MANIFEST)
