"""The generation in use, opened, and opened anew where another one was published."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import IndexMissing
from index.store import Store
from search.local.plan import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Opened:
    """An open generation and what is kept of it for one ranking."""

    name: str
    snapshot: Snapshot
    rows: Rows
    plans: Plans


class Current:
    """The generation that an index directory names as the one in use. Shared by threads.

    Nothing is opened before it is asked for, so that one may be made before a process forks.
    """

    def __init__(self, path: Path, ranking: Ranking) -> None:
        self._store = Store(path)
        self._ranking = ranking
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._file = str(path / "CURRENT")
        self._seen: tuple[int, ...] | None = None

    def name(self) -> str:
        """The name in CURRENT. Raises ``IndexMissing`` and ``IndexDamaged``."""
        name = self._store.current_name()
        if name is None:
            raise IndexMissing(self._store.path)
        return name

    def close(self) -> None:
        """Let go of the open generation; whoever asks next opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.snapshot.close()
                self._opened = self._seen = None

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """The generation in use; damage found while it is read becomes ``IndexDamaged``.

        Raises ``IndexDirectoryError`` where it cannot be opened.
        """
        opened = self._current()
        with opened.snapshot.generation.reading():
            yield opened

    def _current(self) -> Opened:
        opened = self._opened
        seen = self._current_file()
        if opened is not None and seen is not None and seen == self._seen:
            return opened
        name = self.name()
        if opened is not None and opened.name == name:
            self._seen = seen
            return opened
        with self._lock:
            if self._opened is None or self._opened.name != name:
                # Whoever still reads the old one keeps it open by holding it.
                snapshot = Snapshot(self._store.path)
                rows = Rows(snapshot, self._ranking.model)
                self._opened = Opened(snapshot.name, snapshot, rows, Plans(rows, self._ranking))
                self._seen = None
            return self._opened

    def _current_file(self) -> tuple[int, ...] | None:
        """What tells one CURRENT from the next, which is always another file."""
        try:
            status = os.stat(self._file)  # noqa: PTH116 - a third of the time of Path's
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


class Pinned(Current):
    """One open generation of the directory, whatever is published after it. Shared by threads."""

    def __init__(self, path: Path, ranking: Ranking, opened: Opened) -> None:
        super().__init__(path, ranking)
        self._pinned = opened

    def name(self) -> str:
        """Its name."""
        return self._pinned.name

    def close(self) -> None:
        """Nothing: others may read the same; it is closed when nobody holds it."""

    def _current(self) -> Opened:
        return self._pinned
