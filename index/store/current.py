"""``CURRENT``: the file that names the generation in use."""

from __future__ import annotations

from pathlib import Path

from index.errors import FlushFailed, IndexDamaged, IndexUnreadable
from index.regular_file import broken_link, read_regular
from index.store.durable import NotFlushed, write_durably
from index.store.names import is_name
from index.system_errors import TOO_LARGE, NotAFile

CURRENT = "CURRENT"

_MOST = 4096


def read_current(index: Path) -> str | None:
    """The name in CURRENT, or None where nothing was published yet.

    It never waits, whatever is in CURRENT's place. Raises ``IndexDamaged`` where CURRENT holds
    anything but a name, and ``IndexUnreadable``.
    """
    file = index / CURRENT
    try:
        content = read_regular(file, _MOST).decode("ascii", "replace")
    except FileNotFoundError:
        _check_directory(index)
        return None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it.
        _check_directory(index)
        if isinstance(error, NotAFile) and error.why is TOO_LARGE:
            raise IndexDamaged(index, CURRENT, "it does not name a generation") from None
        raise IndexUnreadable(index, CURRENT, error) from None
    if not is_name(content[:-1]) or content[-1] != "\n":
        raise IndexDamaged(index, CURRENT, "it does not name a generation")
    return content[:-1]


def _check_directory(index: Path) -> None:
    """Raise ``IndexUnreadable`` where the directory itself is a link that leads nowhere."""
    try:
        broken = broken_link(index)
    except (OSError, ValueError):
        return
    if broken is not None:
        raise IndexUnreadable(index, "", broken) from None


def point_to(index: Path, name: str) -> None:
    """Put the generation to use.

    Raises ``FlushFailed`` where it is in use, but may not be after a power failure, and OSError
    where the one before stays in use.
    """
    try:
        write_durably(index / CURRENT, f"{name}\n".encode("ascii"))
    except NotFlushed as error:
        raise FlushFailed(index, name, error) from error
