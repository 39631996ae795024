"""What a command has begun to change in an index, told there until it has ended: it may be killed.

::

    {"from": the number from which on articles are new, "deleted": a file beside the index,
     "seen": whether searches may find some of it already}

The file (``companion.put``) has the ids that are to go, as a JSON array: there may be as many as
articles, and what ``_meta`` says is kept by every node in memory and sent whole with each change.
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
    """

    first: int
    deleted: Sequence[str]
    files: Sequence[dict[str, Any]]

    def told(self, *, seen: bool) -> dict[str, Any]:
        """What ``_meta`` is to say of it; ``seen``: whether searches may find some of it."""
        return {"from": self.first, "deleted": self.files, SEEN: seen}


def begin(connection: Connection, facts: Facts, deleted: Sequence[str], fence: Fence) -> Begun:
    """A change of an index whose ids to delete are kept beside it; it is not told yet.

    Raises ``LeaseLost``, OSError, and as ``Connection.asked``.
    """
    if not deleted:
        return Begun(facts.next_number, (), ())
    with TemporaryDirectory(prefix="warta-") as folder:
        path = Path(folder, _FILE)
        path.write_bytes(orjson.dumps(list(deleted)))
        files = facts_of([companion.put(connection, facts.index, path, fence)])
    return Begun(facts.next_number, deleted, files)


def left(connection: Connection, facts: Facts) -> Begun | None:
    """The change that a killed command has begun, if there is one.

    Raises ``CompanionDamaged`` and ``IndexDamaged`` where it is not told as Warta does.
    """
    if UNFINISHED not in facts.meta:
        return None
    match facts.meta[UNFINISHED]:
        case {"from": int(first), "deleted": list(files)}:
            ids = companion.content(connection, facts.index, files) or b"[]"
        case _:
            raise _damaged(connection, facts)
    try:
        deleted = orjson.loads(ids)
    except ValueError:
        raise _damaged(connection, facts) from None
    if not isinstance(deleted, list) or not all(isinstance(one, str) for one in deleted):
        raise _damaged(connection, facts)
    return Begun(first, deleted, files)


def _damaged(connection: Connection, facts: Facts) -> IndexDamaged:
    reason = "what an unfinished update had begun cannot be read"
    return IndexDamaged(connection.cluster.url, f"{facts.index}/{UNFINISHED}", reason)
