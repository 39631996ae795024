"""Going back to an earlier generation of an alias, and dropping those that nobody needs."""

from __future__ import annotations

from collections import defaultdict

from index.bilingual import Text
from index.errors import IndexMissing, NoEarlierGeneration, RollbackRefused
from index.opensearch.checking import obstacle
from index.opensearch.companion import companion_of
from index.opensearch.connection import Connection
from index.opensearch.fence import fenced, switch
from index.opensearch.generations import Facts, Found, remove
from index.opensearch.writer import Writer
from index.target import Damage, Kept, Pruned, RolledBack


def rollback(writer: Writer, there: Found, name: str | None) -> RolledBack:
    """Point the alias at the generation of the name, or at the nearest usable one before.

    Raises ``RollbackRefused``, ``NoEarlierGeneration``, ``IndexMissing`` and ``LeaseLost``.
    """
    connection = writer.connection
    url, current = connection.cluster.url, there.current
    left = None if current is None else current.name
    if name is not None:
        chosen = _of_name(connection, there, name)
        _put_to_use(writer, chosen.index)
        return RolledBack(chosen.name, left)
    skipped: list[Damage] = []
    for one in there.before(there.in_use):
        found = obstacle(connection, one)
        if found is None:
            _put_to_use(writer, one.index)
            return RolledBack(one.name, left, tuple(skipped))
        skipped.append(found)
    if current is None and not skipped:
        raise IndexMissing(url)
    raise NoEarlierGeneration(url, skipped)


def _put_to_use(writer: Writer, index: str) -> None:
    with fenced(writer.connection, writer.lease, [index]) as fence:
        switch(writer.connection, fence, index)


def _of_name(connection: Connection, there: Found, name: str) -> Facts:
    """The generation of the name, which can be used. Raises ``RollbackRefused``."""
    in_use = None if there.current is None else there.current.name
    chosen = there.of(name)
    why: Text | None = None
    if chosen is None:
        why = Text("there is no such generation", "tidak ada generasi bernama itu")
    elif chosen.index == there.in_use:
        why = Text("it is in use already", "generasi itu sudah dipakai")
    elif (found := obstacle(connection, chosen)) is not None:
        told = found.told
        why = Text(f"{found.file}: {told.english}", f"{found.file}: {told.indonesian}")
    if chosen is None or why is not None:
        raise RollbackRefused(connection.cluster.url, name, why or Text("", ""), in_use)
    return chosen


def prune(writer: Writer, there: Found, keep: int) -> Pruned:
    """Remove all but the last ``keep`` generations.

    The one in use always stays, and, unless ``keep`` is 1, the one that rolling back would put to
    use. Raises ``LeaseLost``.
    """
    connection = writer.connection
    why: defaultdict[str, list[str]] = defaultdict(list)
    if there.in_use is not None:
        why[there.in_use].append("in_use")
    if keep > 1:
        for one in there.before(there.in_use):
            found = obstacle(connection, one)
            if found is None:
                why[one.index].append("rollback")
                break
            if found.unreadable:
                why[one.index].append("unreadable")  # Its nodes may come back.
    for one in there.finished[-max(keep, 1) :]:
        why[one.index].append("newest")
    removed = [one for one in there.finished if one.index not in why]
    for one in removed:
        writer.lease.require()  # Another writer may have put it to use.
        remove(connection, (one.index, companion_of(one.index)))
    kept = [Kept(one.name, tuple(why[one.index])) for one in there.finished if one.index in why]
    return Pruned(tuple(one.name for one in removed), tuple(kept))
