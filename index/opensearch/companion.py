"""The companion of a generation in the cluster (``index.companion``): stored, fetched, checked.

It lies in an index of its own beside the generation's, and goes with it; what its files are is said
in the generation's ``_meta``. An update stores the companion that follows the one in use: what both
have is sent once, and what neither has is removed, so that a reader who is about to fetch the one
before still finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from index.errors import CompanionDamaged
from index.opensearch import making
from index.opensearch.cached import Cache, cache_directory
from index.opensearch.chunks import (
    MAPPINGS,
    ChunkError,
    StoredFile,
    facts_of,
    file_at,
    files_of,
    read,
    send,
)
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, asked_of_own

_SETTINGS = {
    "number_of_shards": 1,
    # Nothing is searched without it, and it is small: it outlives two nodes where there are three.
    "auto_expand_replicas": "0-2",
    "codec": "best_compression",
}


def companion_of(index: str) -> str:
    """The name of the index that holds a generation's companion."""
    return f"{index}-companion"


def make(connection: Connection, index: str) -> bool:
    """Make the index of a generation's companion, if it is not there; whether it was not."""
    body = {"settings": {"index": _SETTINGS}, "mappings": dict(MAPPINGS)}
    return making.make(connection, companion_of(index), body)


def store(
    connection: Connection,
    index: str,
    directory: Path,
    fence: Fence,
    before: Sequence[dict[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Put the companion in a directory into the cluster; what ``_meta`` is to say of it, as JSON.

    ``before``: what is said now of the files that are there and stay. Raises ``CompanionDamaged``
    where that says nothing, ``LeaseLost``, OSError, and as ``Connection.asked``.
    """
    held = _files(connection, index, list(before))
    _remove_others(connection, fence.of(companion_of(index)), held)
    there = {one.checksum for one in held}
    files = []
    for path in sorted(directory.iterdir()):
        file = file_at(path)
        if file.checksum not in there:
            put(connection, index, path, fence)
            there.add(file.checksum)
        files.append(file)
    return facts_of(files)


def put(connection: Connection, index: str, path: Path, fence: Fence) -> StoredFile:
    """Put a file beside a generation: it stays until a companion is stored without it.

    Raises ``LeaseLost``, OSError, and as ``Connection.asked``.
    """
    file = file_at(path)
    send(connection, fence.of(companion_of(index)), path, file)
    return file


def content(connection: Connection, index: str, facts: object) -> bytes:
    """What is in the files beside a generation that ``facts`` tells of, one after another.

    Raises ``CompanionDamaged``, and as ``Connection.asked``.
    """
    try:
        files = files_of(facts)
        parts = (read(connection, companion_of(index), one) for one in files)
        return b"".join(chain.from_iterable(parts))
    except ChunkError as error:
        raise _damaged(connection, index, error) from None


def fetch(
    connection: Connection,
    index: str,
    facts: Sequence[dict[str, Any]],
    cache: Path | None = None,
) -> Path:
    """A directory on this machine with a companion's files, all of them verified.

    ``facts``: what ``_meta`` says of it. ``cache``: where such directories are kept; else
    ``WARTA_CACHE`` says it, else it is the user's cache directory. Only what is not there or is
    damaged is taken from the cluster, by one process for all. The directory may be removed later:
    what is to last must be opened at once. Raises ``CompanionDamaged``, ``CacheUnusable``, and as
    ``Connection.asked``.
    """
    files = _files(connection, index, facts)
    kept = Cache(cache or cache_directory(connection.cluster.url), connection.cluster)
    try:
        return kept.directory(files, lambda one: read(connection, companion_of(index), one))
    except ChunkError as error:
        raise _damaged(connection, index, error) from None


def check(connection: Connection, index: str, facts: Sequence[dict[str, Any]]) -> None:
    """Read all of a companion in the cluster. Raises ``CompanionDamaged``, and as ``asked``."""
    try:
        for one in _files(connection, index, facts):
            for _ in read(connection, companion_of(index), one):
                pass
    except ChunkError as error:
        raise _damaged(connection, index, error) from None


def _files(connection: Connection, index: str, facts: object) -> list[StoredFile]:
    try:
        return files_of(facts)
    except ChunkError as error:
        raise _damaged(connection, index, error) from None


def _damaged(connection: Connection, index: str, error: ChunkError) -> CompanionDamaged:
    return CompanionDamaged(connection.cluster.url, index, error.file, error.reason)


def _remove_others(connection: Connection, name: str, kept: Iterable[StoredFile]) -> None:
    """Remove the chunks of all other files, also of those that were never finished.

    ``name``: a fence's. Raises ``LeaseLost``.
    """
    ids = [one for file in kept for one in file.ids]
    query = {"query": {"bool": {"must_not": {"ids": {"values": ids}}}}}
    asked_of_own(connection, lambda client: client.indices.refresh(index=name))
    asked_of_own(
        connection,
        lambda client: client.delete_by_query(
            index=name, body=query, params={"refresh": "true", "conflicts": "proceed"}
        ),
    )
