"""The companion of a generation in the cluster: its files as documents, and a copy of them here."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from index.opensearch.connection import Connection

_CHUNK = 3 << 20
"""Bytes of a file that one document holds."""


def companion_of(index: str) -> str:
    """The name of the index that holds a generation's companion."""
    return f"{index}-companion"


def store(connection: Connection, index: str, directory: Path) -> list[dict[str, Any]]:
    """Put the files of a companion into the cluster; what is to be kept of them in ``_meta``."""
    name = companion_of(index)
    body = {
        "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
        "mappings": {"dynamic": False, "properties": {}},
    }
    connection.asked(lambda client: client.indices.create(index=name, body=body))
    facts = []
    for path in sorted(directory.iterdir()):
        checksum, chunks = hashlib.blake2b(digest_size=16), 0
        for chunk in _chunks(path):
            checksum.update(chunk)
            document = {"data": base64.b64encode(chunk).decode()}
            one = f"{path.name}.{chunks}"
            connection.asked(
                lambda client, one=one, document=document: client.index(
                    index=name, id=one, body=document
                )
            )
            chunks += 1
        facts.append({"file": path.name, "chunks": chunks, "checksum": checksum.hexdigest()})
    return facts


def fetch(
    connection: Connection, index: str, facts: Sequence[Mapping[str, Any]], cache: Path
) -> Path:
    """The directory with a companion's files, which are taken from the cluster at the first time."""
    found = cache / index
    if found.exists():
        return found
    cache.mkdir(parents=True, exist_ok=True)
    into = Path(mkdtemp(dir=cache, prefix="new-"))
    try:
        for one in facts:
            with (into / one["file"]).open("wb") as stream:
                for number in range(one["chunks"]):
                    name = f"{one['file']}.{number}"
                    got = connection.asked(
                        lambda client, name=name: client.get(index=companion_of(index), id=name)
                    )
                    stream.write(base64.b64decode(got["_source"]["data"]))
        os.replace(into, found)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        if not found.exists():
            raise
    return found


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
