"""Counting what is asked, for whoever runs the server and chose so: ``warta queries`` shows it.

A process counts in memory and now and then adds its counts to the file of the day, under a lock, by
putting a new file in its place; also when it ends. Only a process that is killed loses counts,
those since it last wrote. See ``web.query_counts`` for the files. When a day is over, queries that
were asked seldom are dropped from its file; when it is long over, the file is removed.
"""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from index.dates import WIB
from search.response import SearchResponse
from web.query_counts import (
    AT_LEAST,
    Asked,
    Counts,
    days_in,
    file_of,
    fitting,
    read_counts,
    to_bytes,
    together,
    without_rare,
)
from web.work import Took

INTERVAL = 60.0
"""Seconds between two times that a process writes."""

MOST_IN_MEMORY = 2_000
"""So many queries a process counts one by one until it writes; of more, only how often."""

LONGEST = 200
"""A query of more characters is hardly asked by many, and is counted among the others."""

_SETTLED = timedelta(hours=1)
"""So long after a day its counts may still come from processes that are slow to write."""

_PATIENCE = 5.0
"""Seconds that a process waits for another that writes."""

_MOST_DAYS = 3

_log = logging.getLogger("web.queries")


def normalised(query: str) -> str:
    """The query in the form in which it is counted: NFC, small letters, single spaces."""
    text = query.encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


@dataclass(slots=True)
class _Tally:
    """What a process counted of a day and has not written yet."""

    queries: dict[str, Asked] = field(default_factory=dict)
    refined: int = 0
    others: int = 0

    def add(self, query: str | None, one: Asked) -> None:
        if query is None:
            self.refined += 1
            return
        known = self.queries.get(query)
        if known is not None:
            one = known.plus(one)
        elif len(self.queries) >= MOST_IN_MEMORY or len(query) > LONGEST:
            self.others += 1
            return
        self.queries[query] = one


class QueryLog:
    """Counts queries into files of ``folder``, which is made if its parent is there.

    May be made before a process forks: nothing is opened and no thread runs before the first
    question. Safe to use from several threads. What cannot be written, whatever the reason, is told
    in the log once, and tried again; meanwhile the counts stay in memory, up to their bound. Files
    are removed after ``kept_days``.
    """

    def __init__(self, folder: Path, kept_days: int, interval: float = INTERVAL) -> None:
        self._folder = folder
        self._kept_days = kept_days
        self._interval = interval
        self._counting = threading.Lock()
        self._writing = threading.Lock()
        self._days: dict[date, _Tally] = {}
        self._owner: int | None = None
        self._failed = False

    def note(self, query: str | None, answer: SearchResponse, took: Took) -> None:
        """Count a question that was answered; None for one that only refines another."""
        ms = took.processor * 1000
        zero = not answer.total
        nothing = zero and not answer.partial_total
        corrected = answer.corrected is not None
        one = Asked(1, int(zero), int(nothing), int(corrected), int(answer.partial), ms, ms)
        query = None if query is None else normalised(query)
        today = _today()
        with self._counting:
            if self._owner != os.getpid():
                self._start()
            self._days.setdefault(today, _Tally()).add(query, one)

    def flush(self) -> None:
        """Write what was counted so far, and look after the files of earlier days."""
        if self._owner != os.getpid():
            return  # What a process counted before it forked is written there.
        with self._writing:
            with self._counting:
                waiting, self._days = self._days, {}
            try:
                with _locked(self._folder):
                    while waiting:
                        day = next(iter(waiting))
                        _add(self._folder, day, waiting[day])
                        del waiting[day]
                    _tidy(self._folder, self._kept_days)
            except OSError as error:
                self._say(failed=True, error=error)
            else:
                self._say(failed=False)
            finally:
                if waiting:
                    with self._counting:
                        self._days = _put_back(waiting, self._days)

    def _start(self) -> None:
        """Begin to write now and then; each process for itself."""
        self._owner = os.getpid()
        self._days = {}
        atexit.register(self._end)
        threading.Thread(target=self._keep_writing, name="warta-queries", daemon=True).start()

    def _end(self) -> None:
        """Write what waits when the process ends; where nothing does, nobody misses its folder."""
        if self._days:
            self.flush()

    def _keep_writing(self) -> None:
        while True:
            time.sleep(self._interval)
            try:
                self.flush()
            except Exception as error:  # noqa: BLE001 - the thread's edge: nobody else would tell
                self._say(failed=True, error=error)

    def _say(self, *, failed: bool, error: Exception | None = None) -> None:
        """Tell in the log when writing begins to fail, and when it works again."""
        if failed and not self._failed:
            _log.error(
                "the query log %s cannot be written (%s); answers go on, counts are kept in memory",
                self._folder,
                getattr(error, "strerror", None) or repr(error),
                exc_info=None if isinstance(error, OSError) else error,
            )
        elif self._failed and not failed:
            _log.warning("the query log %s is written again", self._folder)
        self._failed = failed


def _today() -> date:
    return datetime.now(WIB).date()


def _put_back(waiting: dict[date, _Tally], newer: dict[date, _Tally]) -> dict[date, _Tally]:
    for day, tally in newer.items():
        kept = waiting.setdefault(day, _Tally())
        kept.refined += tally.refined
        kept.others += tally.others
        for query, one in tally.queries.items():
            if query in kept.queries or len(kept.queries) < MOST_IN_MEMORY:
                kept.add(query, one)
            else:
                kept.others += one.asked
    # A disk that stays full must not fill the memory day by day.
    return dict(sorted(waiting.items())[-_MOST_DAYS:])


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises ``OSError``, where another has it too long as well."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _add(folder: Path, day: date, tally: _Tally) -> None:
    """Add counts to those of the day. A closed day takes no new rare queries."""
    before = _read(folder, day)
    new = Counts(tally.queries, tally.refined, tally.others)
    counts = together([before, new])
    if before.closed:
        counts = without_rare(counts, AT_LEAST)
    _write(folder, day, fitting(counts))


def _tidy(folder: Path, kept_days: int) -> None:
    """Drop rare queries of days that are over, and days that are long over."""
    settled = (datetime.now(WIB) - _SETTLED).date()
    oldest = _today() - timedelta(days=kept_days)
    for day in days_in(folder):
        if day < oldest:
            file_of(folder, day).unlink(missing_ok=True)
        elif day < settled and not (counts := _read(folder, day)).closed:
            _write(folder, day, replace(without_rare(counts, AT_LEAST), closed=True))


def _read(folder: Path, day: date) -> Counts:
    """The counts of a day so far; a file that has none is put aside under another name."""
    path = file_of(folder, day)
    try:
        return read_counts(path)
    except FileNotFoundError:
        return Counts()
    except ValueError as error:
        aside = path.with_name(f"{path.name}.damaged")
        path.replace(aside)
        _log.error("%s: %s; it is now %s", path, error, aside.name)
        return Counts()


def _write(folder: Path, day: date, counts: Counts) -> None:
    """Put a new file in the place of the day's. The lock must be held."""
    new = folder / ".new"
    try:
        with open(new, "wb", opener=_private) as stream:
            stream.write(to_bytes(day, counts))
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file_of(folder, day))
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
