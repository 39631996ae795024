"""Files as documents of a cluster: in chunks, packed, under the checksum of what they hold.

A chunk is the document ``<checksum of its file>.<number>`` of an index that searches nothing::

    {"data": base64 of a Zstandard frame (RFC 8878) of CHUNK bytes of the file, its last chunk less}

So a file that is there already need not be sent again, and no file takes another's place.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index import frames
from index.bilingual import Text
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.fence import asked_of_own

CHUNK = 5 << 19
"""Bytes of a file that one document holds: less than 4 MB of JSON, whatever they are."""

MAPPINGS: Mapping[str, Any] = {"enabled": False}
"""Of an index of chunks: nothing of them is searched or sorted."""

_CHECKSUM = 16
_LEVEL = 3
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.]{0,127}")
_HEXADECIMAL = re.compile(f"[0-9a-f]{{{2 * _CHECKSUM}}}")

IS_MISSING = Text("it is missing", "tidak ada")
IS_ALTERED = Text("its checksum does not fit", "checksum-nya tidak cocok")
NO_FACTS = Text("what is said of it cannot be read", "keterangannya tidak dapat dibaca")


class ChunkError(Exception):
    """A file cannot be had of its chunks; ``reason`` says why."""

    def __init__(self, file: str, reason: Text) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in a cluster: its name without a folder, its size, BLAKE2b of 16 bytes in digits."""

    file: str
    bytes: int
    checksum: str

    @property
    def chunks(self) -> int:
        """How many documents hold it."""
        return -(-self.bytes // CHUNK)

    @property
    def ids(self) -> Iterator[str]:
        """The names of its documents, one after another: a size may be said that no file has."""
        return (f"{self.checksum}.{number}" for number in range(self.chunks))


def file_at(path: Path) -> StoredFile:
    """What a file will be in a cluster. Raises OSError."""
    with path.open("rb") as stream:
        checksum = hashlib.file_digest(stream, _new_checksum).hexdigest()
        return StoredFile(path.name, stream.tell(), checksum)


def facts_of(files: Sequence[StoredFile]) -> list[dict[str, Any]]:
    """Files as JSON."""
    return [asdict(one) for one in files]


def files_of(facts: object) -> list[StoredFile]:
    """The same again. Raises ``ChunkError`` where it is none: no file lies outside a directory."""
    if not isinstance(facts, list):
        raise ChunkError("_meta", NO_FACTS)
    found = []
    for one in facts:
        match one:
            case {"file": str(name), "bytes": int(size), "checksum": str(checksum)} if (
                _NAME.fullmatch(name) and _HEXADECIMAL.fullmatch(checksum) and size >= 0
            ):
                found.append(StoredFile(name, size, checksum))
            case _:
                raise ChunkError("_meta", NO_FACTS)
    if len({one.file for one in found}) < len(found):
        raise ChunkError("_meta", NO_FACTS)
    return found


def send(connection: Connection, index: str, path: Path, file: StoredFile) -> None:
    """Put a file's chunks into an index, which is named by a fence (``fence``).

    Raises ``LeaseLost``, as ``Connection.asked`` does, and OSError.
    """
    with path.open("rb") as stream:
        for name in file.ids:
            frame = frames.packed(stream.read(CHUNK), _LEVEL)
            document = {"data": base64.b64encode(frame).decode("ascii")}

            def put(client: Any, name: str = name, document: Any = document) -> Any:
                only = {"require_alias": "true"}  # No index is made where there is none.
                return client.index(index=index, id=name, body=document, params=only)

            asked_of_own(connection, put)


def read(connection: Connection, index: str, file: StoredFile) -> Iterator[bytes]:
    """The content of a file, chunk by chunk: never more than it is said to have.

    Raises ``ChunkError``, at the end where its checksum does not fit, and as ``Connection.asked``.
    """
    checksum, left = _new_checksum(), file.bytes
    for name in file.ids:
        content = _unpacked(file, _data(connection, index, file, name), min(left, CHUNK))
        checksum.update(content)
        left -= len(content)
        yield content
    if checksum.hexdigest() != file.checksum:
        raise ChunkError(file.file, IS_ALTERED)


def _data(connection: Connection, index: str, file: StoredFile, name: str) -> str:
    from opensearchpy.exceptions import NotFoundError

    def get(client: Any) -> Any:
        return client.get_source(index=index, id=name)

    try:
        source = connection.asked(get)
    except NotFoundError:
        raise ChunkError(file.file, IS_MISSING) from None
    match source:
        case {"data": str(data)}:
            return data
    raise ChunkError(file.file, IS_ALTERED)


def _unpacked(file: StoredFile, data: str, size: int) -> bytes:
    """A chunk of so many bytes; more are not unpacked."""
    try:
        return frames.unpacked(base64.b64decode(data, validate=True), size)
    except ValueError:
        raise ChunkError(file.file, IS_ALTERED) from None


def _new_checksum() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=_CHECKSUM)
