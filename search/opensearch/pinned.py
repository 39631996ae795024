"""A generation on a cluster as it was at one moment: the companion and the index of that moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from time import sleep

from index.errors import ClusterTroubled, IndexUnavailable, MomentLost
from index.opensearch import generations, moment
from index.opensearch.connection import Connection
from search.local.scoring.ranking import Ranking
from search.opensearch.current import Current
from search.opensearch.opened import Opened

_TRIES = 4
"""So often a moment is looked for that lies between two updates."""

_PAUSE = 0.25
"""Seconds between two of them while an update is published, which takes longer for large ones."""

_log = logging.getLogger(__name__)


class Pinned(Current):
    """One open generation as it was once, whatever is published after it. Shared by threads."""

    def __init__(self, current: Current, ranking: Ranking) -> None:
        """That of ``current``, as it is now. Raises as ``Current.reading`` does.

        Where the cluster refuses a point in time, updates of its index are seen. Where no moment
        between two updates is found soon, some of an update may be seen. Both are logged.
        """
        super().__init__(current.connection.cluster, ranking)
        self.connection = current.connection
        self._opened = self._pinned = _pinned(current)
        self._closed = False

    def close(self) -> None:
        """Let the cluster forget that moment; nothing can be asked after it."""
        if not self._closed:
            self._closed = True
            moment.closed(self.connection, self._pinned.searched)

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """What is pinned. Raises ``MomentLost`` where it cannot be read on."""
        try:
            with super().reading() as opened:
                yield opened
        except ClusterTroubled as error:
            if self._pinned.searched.point is None or not error.shards_lost:
                raise
            # It was asked again for a while, and no other copies of the shards can be asked.
            raise MomentLost(self._url) from None

    def refused(self) -> None:
        """Nothing is published instead of it."""

    def _gone(self) -> IndexUnavailable:
        return MomentLost(self._url)

    def _current(self) -> Opened:
        return self._pinned


class _Seen(Enum):
    """What an index is seen to be after a point in time of it was opened."""

    UNCHANGED = auto()
    HALF_CHANGED = auto()
    CHANGED = auto()
    UNKNOWN = auto()


def _pinned(current: Current) -> Opened:
    """What is open, at a moment at which the index holds what its companion is of.

    At any moment where the cluster does not tell, an update is not published for long, or what it
    published cannot be opened: searches go on by the same companion then. That is still one moment.
    An update that was waited for in vain is not waited for, nor told in the log, once more.
    """
    connection, left = current.connection, _TRIES
    while True:
        left -= 1
        with current.reading() as opened:
            searched = moment.opened(connection, opened.facts.index)
            if searched.point is None:
                return opened
            try:
                seen = _seen(connection, opened)
                if seen is _Seen.UNCHANGED:
                    return opened.at(searched)
                if seen is _Seen.HALF_CHANGED and current.half_changed == opened.name:
                    return opened.at(searched)
                if not left or not _may_pass(seen, current, opened):
                    if seen is _Seen.HALF_CHANGED:
                        current.half_changed = opened.name
                    _log.warning(
                        "generation %s is read as its index is at one moment, at which it may hold "
                        "some of an update (%s)",
                        opened.name,
                        seen.name.lower().replace("_", " "),
                    )
                    return opened.at(searched)
            except BaseException:
                moment.closed(connection, searched)
                raise
            moment.closed(connection, searched)


def _seen(connection: Connection, opened: Opened) -> _Seen:
    """Whether an index is still what it was when its companion was opened."""
    try:
        facts = generations.current(connection, opened.facts.index, hurried=True)
    except IndexUnavailable:  # as while the cluster chooses a manager: searches need none
        return _Seen.UNKNOWN
    if facts is None or facts.name != opened.name:
        return _Seen.CHANGED
    return _Seen.HALF_CHANGED if facts.is_half_changed else _Seen.UNCHANGED


def _may_pass(seen: _Seen, current: Current, opened: Opened) -> bool:
    """Go on to what may be another moment; whether there may be a better one."""
    if seen is _Seen.HALF_CHANGED:
        sleep(_PAUSE)
        return True
    return seen is _Seen.CHANGED and current.look_again(opened)
