"""The generation in use on a cluster: opened here, and opened anew where it changed.

Whoever asks looks after it, at most once in ``LOOKED_AFTER`` seconds, and one thread at a time: the
others go on with what is open. So does all of it where the cluster cannot be asked, or the next
companion cannot be opened; that is told (``Current.refused``, and once in the log).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

from index.errors import (
    ClusterTroubled,
    FileDamaged,
    IndexDamaged,
    IndexMissing,
    IndexUnavailable,
    WartaError,
)
from index.location import ClusterAlias
from index.opensearch import companion, generations
from index.opensearch.connection import Connection
from index.opensearch.generations import Facts
from index.opensearch.moment import Searched
from index.segments.checking import MISREAD
from search.local.scoring.ranking import Ranking
from search.opensearch.companion import Companion
from search.opensearch.opened import Opened
from search.standing import Refused, refused

LOOKED_AFTER = 1.0
"""Seconds for which a generation is taken to be the one in use."""

TO_ANSWER = 10.0
"""Seconds in which a node must answer: readers have patience for a second one's.

Searches have limits of their own (``search.opensearch.waiting``).
"""

_log = logging.getLogger(__name__)


class Current:
    """The generation that an alias names. Shared by threads.

    Nothing is asked or opened before it is needed, so that one may be made before a process forks.
    """

    def __init__(self, cluster: ClusterAlias, ranking: Ranking) -> None:
        self.connection = Connection(cluster, TO_ANSWER)
        self._ranking = ranking
        self._url = cluster.url
        self._lock = threading.Lock()
        self._opened: Opened | None = None
        self._again = 0.0
        self._failure: tuple[IndexUnavailable, Refused] | None = None
        self.half_changed = ""
        """The generation of which a whole moment was waited for in vain: it is not once more."""

    def name(self) -> str:
        """The name of what is open, empty before anything is; nothing is asked for it."""
        opened = self._opened
        return "" if opened is None else opened.name

    def refused(self) -> Refused | None:
        """Why what the alias names is not served, or None; asks as ``reading`` does."""
        try:
            self._current()
        except IndexUnavailable as error:
            return self._told("", error)
        failure = self._failure
        return None if failure is None else failure[1]

    def close(self) -> None:
        """Let go of what is open; whoever asks next opens it again."""
        with self._lock:
            self._opened = self._failure = None
            self._again = 0.0

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """The generation that is served; damage found meanwhile becomes ``IndexDamaged``.

        Raises ``IndexUnavailable`` where none can be opened: ``IndexMissing`` where the alias is
        not there, also where its index was removed by hand, and ``IndexOutdated``.
        """
        opened = self._current()
        from opensearchpy.exceptions import NotFoundError, TransportError

        try:
            yield opened
        except FileDamaged as error:
            raise self._damaged(opened.name, error) from None
        except MISREAD:
            # Checksums fit whatever was written: whoever wrote it may not have been Warta.
            fault = opened.companion.fault
            if fault is None:
                raise
            raise self._damaged(opened.name, fault) from None
        except NotFoundError:
            raise self._gone() from None
        except TransportError as error:
            from index.opensearch.failures import said

            # Be it a mistake of this program: readers are told that it may work later.
            _log.exception("the cluster refuses a request")
            cluster = self.connection.cluster
            raise ClusterTroubled(cluster.url, cluster.node, said(error)) from None

    def look_again(self, before: Opened) -> bool:
        """Open what the alias names now. Whether that is another than ``before``.

        Where it cannot be asked or opened, ``before`` stays open; that is told, as always. Raises
        as ``reading`` does where nothing is open any more.
        """
        with self._lock:
            return self._look(before) is not before

    def _gone(self) -> IndexUnavailable:
        """What is told where there is no such index any more."""
        self._again = 0.0
        return IndexMissing(self._url)

    def _current(self) -> Opened:
        opened = self._opened
        if opened is not None and monotonic() < self._again:
            return opened
        if not self._lock.acquire(blocking=opened is None):
            assert opened is not None
            return opened
        try:
            return self._look(opened)
        finally:
            self._lock.release()

    def _look(self, before: Opened | None) -> Opened:
        """Open what the alias names, or go on with what is open. The lock must be held."""
        if self._opened is not None and self._opened is not before:
            return self._opened  # Another thread was faster.
        if before is None and self._failure is not None and monotonic() < self._again:
            raise self._failure[0].with_traceback(None)  # Who waited for it need not ask again.
        name = ""
        try:
            facts = self._facts()
            name = facts.name
            if before is None or before.name != name:
                self._opened = self._open_last(facts)
            elif self._opened is None:  # It was closed meanwhile.
                self._opened = before
        except IndexUnavailable as error:
            self._fail(name, error)
            if self._opened is None:
                raise
        else:
            if self._failure is not None and before is not None:
                _log.warning("generation %s is served", name)
            self._failure = None
        finally:
            self._again = monotonic() + LOOKED_AFTER
        assert self._opened is not None
        return self._opened

    def _facts(self) -> Facts:
        """What the alias names. Raises ``IndexMissing`` and ``IndexOutdated``."""
        facts = generations.current(self.connection, hurried=self._opened is not None)
        if facts is None:
            raise IndexMissing(self._url)
        facts.require_this_version(self._url)
        return facts

    def _open_last(self, facts: Facts) -> Opened:
        """Open a generation; what an update changed meanwhile is asked for once more."""
        try:
            return self._open(facts)
        except IndexUnavailable:
            now = self._facts()
            if now.name == facts.name:
                raise
            return self._open(now)

    def _open(self, facts: Facts) -> Opened:
        name, connection = facts.name, self.connection
        try:
            folder = companion.fetch(connection, facts.index, facts.companion)
            light = Companion(folder, name)
            return Opened.of(facts, light, connection, Searched(facts.index), self._ranking)
        except IndexUnavailable:
            raise
        except (WartaError, OSError) as error:
            raise self._damaged(name, error) from None
        except (*MISREAD, MemoryError) as error:
            if self._opened is None and isinstance(error, MemoryError):
                raise
            # Be it a mistake of this program: what is open is served on.
            _log.exception("generation %s cannot be opened", name)
            reason = f"it cannot be opened ({type(error).__name__})"
            raise IndexDamaged(self._url, name, reason) from None

    def _damaged(self, name: str, error: WartaError | OSError) -> IndexDamaged:
        if isinstance(error, FileDamaged):
            return IndexDamaged(self._url, f"{name}/{error.file}", error.told)
        return IndexDamaged(self._url, name, str(error))

    def _fail(self, name: str, error: IndexUnavailable) -> None:
        error = error.with_traceback(None)  # It holds what was opened before it failed.
        if error.__cause__ or error.__context__:
            error.__cause__ = error.__context__ = None
        before, told = self._failure, self._told(name, error)
        self._failure = error, told
        if self._opened is not None and (before is None or before[1] != told):
            _log.warning(
                "generation %s is not served: %s; generation %s is served on",
                told.generation or "(unknown)",
                error,
                self._opened.name,
            )

    @staticmethod
    def _told(name: str, error: IndexUnavailable) -> Refused:
        # A cluster has no files that could be named.
        return replace(refused(name, error), file="")
