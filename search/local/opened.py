"""The generation in use, opened, and opened anew where another one was published.

Where what was published last cannot be opened, the open one is served on: it is complete, held
against pruning, and all of its files are mapped. What was refused is told (``Current.refused``,
and once in the log) and tried again where CURRENT names another, or after ``RETRY_SECONDS``.
"""

from __future__ import annotations

import errno
import logging
import os
import threading
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.errors import (
    FileDamaged,
    IndexDamaged,
    IndexMissing,
    IndexUnavailable,
    IndexUnreadable,
    IndexUnusable,
)
from index.generation import GENERATIONS
from index.kept import kept
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.manifest import MANIFEST
from index.reading_errors import system_errors_of
from index.segments.checking import MISREAD, faults
from index.store import Store
from search.limits import FINDING, PAGE
from search.local.completing.suggest import Completions
from search.local.page.at_once import answering_of
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.response import SearchResponse
from search.standing import Refused, refused

if TYPE_CHECKING:
    from index.kernels.answering import Answering

RETRY_SECONDS = 5.0
"""What could not be opened is not tried at every request."""

LEARNING_SECONDS = 0.1
"""Seconds of the processor for which words that are known of one generation are learned of the next
before that takes its place, those asked for first: some 4,000 of 27,091 articles. Other readers are
served by the one before meanwhile."""

_log = logging.getLogger(__name__)
_files = kernel("files")

_Stamp = bytes | tuple[int, ...]
"""What tells a file from others that had its name."""

_GONE = Text(
    "its files were removed while it was open",
    "berkasnya dihapus ketika sedang terbuka",
)


@dataclass(frozen=True)
class Opened:
    """An open generation and what is kept of it for one ranking.

    ``finding`` and ``of_page``: the work that finding a question's articles may cost, and their
    page.
    """

    name: str
    snapshot: Snapshot
    rows: Rows
    plans: Plans
    completions: Completions
    ranking: Ranking
    finding: int
    of_page: int

    @classmethod
    def of(cls, snapshot: Snapshot, rows: Rows, plans: Plans, ranking: Ranking) -> Opened:
        """What is open."""
        size, completions = snapshot.size, Completions(snapshot)
        most = FINDING.of(size), PAGE.of(size)
        return cls(snapshot.name, snapshot, rows, plans, completions, ranking, *most)

    @kept
    def answering(self) -> Answering[SearchResponse] | None:
        """What answers most questions at once; None without kernels. Raises ``FileDamaged``."""
        most = self.finding, self.of_page
        return answering_of(self.rows, self.plans, self.ranking, most)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What could not be opened while CURRENT was that file, and when it is tried again."""

    seen: _Stamp | None
    told: Refused
    error: IndexUnavailable
    again: float


class Reading:
    """What ``Current.reading`` gives; as a generator it would take thrice as long to enter."""

    __slots__ = ("_current", "_opened")

    def __init__(self, current: Current) -> None:
        self._current = current

    def __enter__(self) -> Opened:
        opened = self._opened = self._current.take()
        return opened

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            self._current.misread(self._opened, error)


class Current:
    """The generation that an index directory names as the one in use. Shared by threads.

    Nothing is opened before it is asked for, so that one may be made before a process forks.
    """

    def __init__(self, path: Path, ranking: Ranking) -> None:
        self._store = Store(path)
        self._ranking = ranking
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._file = _as_bytes(path / "CURRENT")
        self._seen: _Stamp | None = None
        self._failure: _Failure | None = None
        self._fault: tuple[str, FileDamaged | None] = ("", None)

    def name(self) -> str:
        """The name of the generation that is served, or would be if it could be opened.

        Raises ``IndexUnusable`` where there is none.
        """
        try:
            return self._current().name
        except IndexUnusable:
            # Some answers need none opened; those that do say themselves what is wrong.
            name = self._store.current_name()
            if name is None:
                raise
            return name

    def refused(self) -> Refused | None:
        """Why another generation is served than the published one, or none; None where it is."""
        try:
            opened = self._current()
        except IndexUnavailable as error:
            failure = self._failure
            return refused("", error) if failure is None else failure.told
        failure = self._failure
        return self._lost(opened) if failure is None else failure.told

    def _lost(self, opened: Opened) -> Refused | None:
        """What became of the directory that is served: nobody prunes what is held."""
        try:
            os.stat(opened.snapshot.generation.path / MANIFEST)  # noqa: PTH116 - as above
        except FileNotFoundError:
            return Refused(opened.name, "missing", f"generations/{opened.name}", _GONE)
        except OSError as error:
            file = f"generations/{opened.name}/{MANIFEST}"
            return refused(opened.name, IndexUnreadable(self._store.path, file, error))
        return None

    def close(self) -> None:
        """Let go of the open generation; whoever asks next opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.snapshot.close()
            self._opened = self._seen = self._failure = None

    def reading(self) -> Reading:
        """The generation that is served; damage found while it is read becomes ``IndexDamaged``.

        Raises ``IndexUnusable`` where none can be opened, or it cannot be read.
        """
        return Reading(self)

    def take(self) -> Opened:
        """The generation that is served, none of whose files was cut."""
        opened, seen = self._opened, self._seen
        if opened is not None and self._failure is None and type(seen) is bytes:
            files = opened.snapshot.files
            if files.are_as_seen(self._file, seen):  # as most questions find it, in one call
                return opened
        opened = self._current()
        try:
            opened.snapshot.files.require_whole()
        except (FileDamaged, OSError) as error:
            self.misread(opened, error)
            raise
        return opened

    def misread(self, opened: Opened, error: BaseException) -> None:
        """Raise ``IndexDamaged`` or ``IndexUnreadable`` where an error is of what was read."""
        if not isinstance(error, (*MISREAD, FileDamaged, OSError)):
            return
        with opened.snapshot.generation.reading(), system_errors_of(self._store.path):
            if isinstance(error, MISREAD):
                # Checksums fit whatever was written: whoever wrote it may not have been Warta.
                self._require_sound(opened)
            raise error

    def _require_sound(self, opened: Opened) -> None:
        """Raise ``FileDamaged`` where arrays do not fit each other; looked at once a generation."""
        name, fault = self._fault
        if name != opened.name:
            found = (fault for segment in opened.snapshot.segments for fault in faults(segment))
            fault = next(found, None)
            self._fault = opened.name, fault
        if fault is not None:
            raise FileDamaged(fault.file, fault.reason)

    def _current(self) -> Opened:
        opened, seen = self._opened, self._current_file()
        if opened is not None and seen is not None and seen == self._seen:
            if self._failure is not None:
                self._failure = None
                _log.warning("generation %s is the published one again", opened.name)
            return opened
        failure = self._failure
        if failure is not None and failure.seen == seen and monotonic() < failure.again:
            if opened is None:
                raise failure.error.with_traceback(None)
            return opened
        # Who has one goes on with it while another thread opens the next.
        if not self._lock.acquire(blocking=opened is None):
            assert opened is not None
            return opened
        try:
            return self._look(seen, failure)
        finally:
            self._lock.release()

    def _look(self, seen: _Stamp | None, failure: _Failure | None) -> Opened:
        """Open what CURRENT names, or go on with what is open. The lock must be held."""
        if self._failure is not failure and self._failure is not None:
            failed = self._failure  # Another thread was faster.
            if failed.seen == seen and self._opened is None:
                raise failed.error.with_traceback(None)
        name = ""
        try:
            with system_errors_of(self._store.path):
                found = self._store.current_name()
                if found is None:
                    raise IndexMissing(self._store.path)
                name = found
                if self._opened is None or self._opened.name != name:
                    self._opened = self._open(name)
        except IndexUnusable as error:
            # CURRENT may name another by now than what was tried: the error knows.
            name = _generation_in(getattr(error, "file", "")) or name
            self._fail(_Failure(seen, refused(name, error), error, monotonic() + RETRY_SECONDS))
            if self._opened is None:
                raise
        else:
            if self._failure is not None:
                _log.warning("generation %s is served", self._opened.name)
            self._seen, self._failure = seen, None
        assert self._opened is not None
        return self._opened

    def _open(self, name: str) -> Opened:
        """What CURRENT names by now, and named ``name`` before.

        Whoever still reads the one before keeps it open by holding it.
        """
        try:
            snapshot = Snapshot(self._store.path)
            name = snapshot.name
            try:
                with snapshot.generation.reading(), system_errors_of(self._store.path):
                    if self._opened is not None:
                        snapshot.require_intact(self._opened.snapshot)
                    rows = Rows(snapshot, self._ranking.model)
                    plans = Plans(rows, self._ranking)
                    plans.prepare()
                    if self._opened is not None:
                        plans.learn(self._opened.plans.learned, LEARNING_SECONDS)
                    return Opened.of(snapshot, rows, plans, self._ranking)
            except BaseException:
                snapshot.close()  # What is refused is not held: it may be pruned.
                raise
        except (*MISREAD, MemoryError) as error:
            if self._opened is None and isinstance(error, MemoryError):
                lack = OSError(errno.ENOMEM, "")
                raise IndexUnreadable(self._store.path, f"{GENERATIONS}/{name}", lack) from None
            # Be it a mistake of this program: what is open is served on.
            _log.exception("generation %s cannot be opened", name)
            reason = f"it cannot be opened ({type(error).__name__})"
            file = f"{GENERATIONS}/{name}"
            raise IndexDamaged(self._store.path, file, reason) from None

    def _fail(self, failure: _Failure) -> None:
        # They hold what was opened before it failed.
        error = failure.error.with_traceback(None)
        if error.__cause__ or error.__context__:
            error.__cause__ = error.__context__ = None
        before = self._failure
        self._failure = failure
        if self._opened is not None and (before is None or before.told != failure.told):
            _log.warning(
                "generation %s is not served: %s: %s; generation %s is served on",
                failure.told.generation or "(unknown)",
                failure.told.file or failure.told.problem,
                failure.told.reason.english,
                self._opened.name,
            )

    def _current_file(self) -> _Stamp | None:
        """What tells one CURRENT from the next, which is always another file."""
        try:
            if _files is not None:
                known: bytes | None = _files.stamp(self._file)
                return known
            status = os.stat(self._file)  # noqa: PTH116 - a third of the time of Path's
        except (OSError, ValueError):
            return None
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _as_bytes(path: Path) -> bytes:
    """A path as the system takes it; one that nothing can have where it takes none such."""
    try:
        return os.fsencode(path)
    except UnicodeEncodeError:
        return b"\0"


def _generation_in(file: str) -> str:
    """The generation in whose folder a file of the index is; empty where it is in none."""
    parts = file.split("/")
    return parts[1] if len(parts) > 1 and parts[0] == GENERATIONS else ""


class Pinned(Current):
    """One open generation of the directory, whatever is published after it. Shared by threads."""

    def __init__(self, path: Path, ranking: Ranking, opened: Opened) -> None:
        super().__init__(path, ranking)
        self._pinned = opened

    def close(self) -> None:
        """Nothing: others may read the same; it is closed when nobody holds it."""

    def _current(self) -> Opened:
        return self._pinned
