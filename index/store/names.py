"""Names of generations: ``<time>-<random>``, in UTC, in whose order generations were made."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.errors import IndexUnreadable
from index.generation import GENERATIONS
from index.manifest import MANIFEST
from index.regular_file import broken_link

_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")
_STAMP = "%Y%m%dT%H%M%S%f"


def is_name(text: str) -> bool:
    """Whether a generation can have that name."""
    return _NAME.fullmatch(text) is not None


def generation_names(index: Path) -> list[str]:
    """The names in the index directory, the oldest first. Raises ``IndexUnreadable``."""
    try:
        return sorted(filter(is_name, os.listdir(index / GENERATIONS)))  # noqa: PTH208
    except FileNotFoundError:
        broken = broken_link(index / GENERATIONS)
        if broken is not None:
            raise IndexUnreadable(index, GENERATIONS, broken) from None
        return []
    except (OSError, ValueError) as error:
        raise IndexUnreadable(index, GENERATIONS, error) from None


def completed_names(index: Path) -> list[str]:
    """Those of them that have a manifest, be it damaged or unreadable."""
    return [name for name in generation_names(index) if has_manifest(index, name)]


def has_manifest(index: Path, name: str) -> bool:
    """Whether anything is under the name of a generation's manifest, or nobody can tell."""
    try:
        (index / GENERATIONS / name / MANIFEST).lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def next_name(names: Sequence[str], now: datetime) -> str:
    """A name after all others, even where the clock was set back.

    No name comes after one of the end of the year 9999, or of no day at all: a name of ``now`` is
    given then, and what came before is still told by manifests.
    """
    latest = max(names, default="")
    name = f"{now.astimezone(UTC).strftime(_STAMP)}-{os.urandom(4).hex()}"
    if name > latest:
        return name
    try:
        before = datetime.strptime(latest.split("-")[0], _STAMP).replace(tzinfo=UTC)
        after = before + timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return name
    return f"{after.strftime(_STAMP)}-{os.urandom(4).hex()}"
