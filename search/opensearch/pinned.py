"""A generation on a cluster as it was at one moment: the companion and the index of that moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from index.errors import ClusterTroubled, IndexUnavailable, MomentLost
from index.opensearch import generations, moment
from index.opensearch.connection import Connection
from search.local.scoring.ranking import Ranking
from search.opensearch.opened import Current, Opened

_TRIES = 3
"""So often a moment is looked for that lies between two updates."""


class Pinned(Current):
    """One open generation as it was once, whatever is published after it. Shared by threads."""

    def __init__(self, current: Current, ranking: Ranking) -> None:
        """That of ``current``, as it is now. Raises as ``Current.reading`` does.

        Where the cluster refuses a point in time, updates of its index are seen.
        """
        super().__init__(current.connection.cluster, ranking)
        self.connection = current.connection
        self._opened = self._pinned = _pinned(current, ranking)

    def close(self) -> None:
        """Let the cluster forget that moment; nothing can be asked after it."""
        moment.closed(self.connection, self._pinned.searched)

    @contextmanager
    def reading(self) -> Iterator[Opened]:
        """What is pinned. Raises ``MomentLost`` where it cannot be read on."""
        try:
            with super().reading() as opened:
                yield opened
        except ClusterTroubled:
            if self._pinned.searched.point is None:
                raise
            # It was asked again for a while, and no other copies of the shards can be asked.
            raise MomentLost(self._url) from None

    def refused(self) -> None:
        """Nothing is published instead of it."""

    def _gone(self) -> IndexUnavailable:
        return MomentLost(self._url)

    def _current(self) -> Opened:
        return self._pinned


def _pinned(current: Current, ranking: Ranking) -> Opened:
    connection = current.connection
    for _ in range(_TRIES):
        with current.reading() as opened:
            searched = moment.opened(connection, opened.facts.index)
            if searched.point is None:
                return opened
            try:
                if _is_unchanged(connection, opened):
                    light = copy(opened.companion)
                    return Opened.of(opened.facts, light, connection, searched, ranking)
                current.look_again(opened)
            except BaseException:
                moment.closed(connection, searched)
                raise
            moment.closed(connection, searched)
    with current.reading() as opened:
        return opened


def _is_unchanged(connection: Connection, opened: Opened) -> bool:
    """Whether an index is still what it was when its companion was opened."""
    facts = generations.current(connection, opened.facts.index, hurried=True)
    return facts is not None and facts.name == opened.name
