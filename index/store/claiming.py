"""No index is made in a directory that has other files: they may be a database, or a home."""

from __future__ import annotations

import os
from pathlib import Path

from index.errors import DirectoryTaken, IndexDamaged, IndexUnreadable
from index.generation import GENERATIONS
from index.store.current import CURRENT, read_current
from index.store.lock import LOCK

_OF_NOBODY = frozenset((LOCK, "lost+found"))


def check_claim(index: Path) -> None:
    """Raise ``DirectoryTaken`` where an index would be made among files of somebody else.

    Hidden files are those of the system, as is ``lost+found``. What has generations is an index, be
    it damaged, and so is what has a CURRENT that names one: other programs have files of that name.
    """
    try:
        names = sorted(os.listdir(index))  # noqa: PTH208
    except (OSError, ValueError):
        return  # It is not there, or writing tells why it cannot be.
    if GENERATIONS in names or (CURRENT in names and _names_one(index)):
        return
    others = [name for name in names if name[0] != "." and name not in _OF_NOBODY]
    if others:
        raise DirectoryTaken(index, others[0])


def _names_one(index: Path) -> bool:
    try:
        return read_current(index) is not None
    except (IndexDamaged, IndexUnreadable):
        return False
