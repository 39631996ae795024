"""What a command has begun to change in an index, told there until it has ended: it may be killed.

::

    {"from": the number from which on articles are new,
     "deleted": a list of files beside the index, empty where nothing is to go,
     "seen": whether searches may find some of it already,
     "blocked": true while who completes the change has the index blocked against writing}

The files (``companion.put``) have the ids that are to go, as one JSON array: there may be as many
as articles, and what ``_meta`` says is kept by every node in memory and sent whole with each
change.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from index.errors import IndexDamaged
from index.light_dataclass import dataclass
from index.opensearch import companion
from index.opensearch.chunks import facts_of
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence
from index.opensearch.generations import SEEN, UNFINISHED, Facts

_FILE = "deleted.json"


@dataclass(frozen=True, slots=True)
class Begun:
    """A change that is under way: from ``first`` on numbers are new; ids that are ``deleted``.

    ``files``: those beside the index that say so, as ``index.opensearch.companion`` tells them.
    ``blocked``: whether the index may be blocked on its behalf.
    """

    first: int
    deleted: Sequence[str]
    files: Sequence[dict[str, Any]]
    blocked: bool = False

    def told(self, *, seen: bool) -> dict[str, Any]:
        """What ``_meta`` is to say of it; ``seen``: whether searches may find some of it."""
        told = {"from": self.first, "deleted": self.files, SEEN: seen}
        return {**told, "blocked": True} if self.blocked else told


def begin(connection: Connection, facts: Facts, deleted: Sequence[str], fence: Fence) -> Begun:
    """Put the ids that a change is to delete into a file beside the index, if there are any.

    Gives the change, of which ``told`` is what ``_meta`` must say before anything of it is sent:
    nothing says so yet. Raises ``LeaseLost``, OSError, and as ``Connection.asked``.
    """
    if not deleted:
        return Begun(facts.next_number, (), ())
    with TemporaryDirectory(prefix="warta-") as folder:
        path = Path(folder, _FILE)
        path.write_bytes(orjson.dumps(list(deleted)))
        files = facts_of([companion.put(connection, facts.index, path, fence)])
    return Begun(facts.next_number, deleted, files)


def unfinished(connection: Connection, facts: Facts) -> Begun | None:
    """The change that a killed command has begun, if there is one.

    Raises ``CompanionDamaged`` and ``IndexDamaged`` where it is not told as Warta does.
    """
    if UNFINISHED not in facts.meta:
        return None
    match facts.meta[UNFINISHED]:
        case {"from": int(first), "deleted": list(files)}:
            blocked = facts.meta[UNFINISHED].get("blocked") is True
            ids = companion.content(connection, facts.index, files) or b"[]"
        case _:
            raise _damaged(connection, facts)
    try:
        deleted = orjson.loads(ids)
    except ValueError:
        raise _damaged(connection, facts) from None
    if not isinstance(deleted, list) or not all(isinstance(one, str) for one in deleted):
        raise _damaged(connection, facts)
    return Begun(first, deleted, files, blocked)


def _damaged(connection: Connection, facts: Facts) -> IndexDamaged:
    return IndexDamaged(
        connection.cluster.url,
        f"{facts.index}/{UNFINISHED}",
        "what an unfinished update had begun cannot be read",
    )
