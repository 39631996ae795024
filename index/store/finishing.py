"""Puts to use what a killed first build had completed but not yet named in CURRENT.

An index's very first generation is complete once its manifest is there; CURRENT follows. Whoever
kills the build between them leaves a whole generation that nothing names, and every reader would
miss an index. So would one whose CURRENT was lost later; where no generation was in use when
another was published, it is the newest that was, or was about to be.
"""

from __future__ import annotations

from pathlib import Path

from index.errors import IndexDamaged
from index.generation import GENERATIONS
from index.manifest import find_manifest
from index.store.current import point_to, read_current
from index.store.names import completed_names
from index.store.verifying import obstacle


def first_unnamed(index: Path) -> str | None:
    """The intact generation that no CURRENT names, where it can be no other; all of it is read.

    None where CURRENT is there, whatever it holds, and where one of the manifests cannot be read or
    names a generation before its own: then it is for the operator to say which is right. Raises
    ``IndexUnreadable``.
    """
    try:
        if read_current(index) is not None:
            return None
    except IndexDamaged:
        return None
    names = completed_names(index)
    manifests = [find_manifest(index / GENERATIONS / name) for name in names]
    if not names or any(one is None or one.previous is not None for one in manifests):
        return None
    return names[-1] if obstacle(index, names[-1]) is None else None


def finish_first(index: Path) -> None:
    """Put that generation to use. The writer's lock must be held.

    Raises ``FlushFailed``, ``IndexUnreadable`` and OSError.
    """
    name = first_unnamed(index)
    if name is not None:
        point_to(index, name)
