"""The manifest of a generation: what it holds, what made it, and every file's checksum.

``manifest.json`` is an object of two members. ``manifest`` holds the facts of the ``Manifest``
class; ``checksum`` is the BLAKE2b-128 of that member as orjson writes it with sorted keys, in
hexadecimal.
Checksums of files are BLAKE2b-128 of their bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

MANIFEST = "manifest.json"
MISSING = "it is missing"
"""What is wrong with a file that is not there."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file's size in bytes and its checksum."""

    bytes: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds.

    ``version`` is one of ``index.schema.VERSIONS`` at the time, ``words`` the digest of the user's
    words and stemmer that it was built with (empty: none), ``previous`` the generation that was in
    use when this one was published, ``articles`` the number of live ones.
    """

    version: str
    words: str
    published: datetime
    previous: str | None
    articles: int
    parameters: Mapping[str, str | int]
    files: Mapping[str, FileEntry]


def file_checksum(path: Path) -> str:
    """The checksum of a file's bytes."""
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def fault(path: Path, entry: FileEntry, *, contents: bool) -> str | None:
    """What is wrong with a file, or None; only with ``contents`` all of it is read."""
    try:
        size = path.stat().st_size
        if size != entry.bytes:
            return f"it has {size} bytes instead of {entry.bytes}"
        if contents and file_checksum(path) != entry.checksum:
            return "its checksum does not fit"
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    return None


def to_bytes(manifest: Manifest) -> bytes:
    """The content of ``manifest.json``."""
    facts = {
        "version": manifest.version,
        "words": manifest.words,
        "published": manifest.published.astimezone(UTC).isoformat(),
        "previous": manifest.previous,
        "articles": manifest.articles,
        "parameters": dict(manifest.parameters),
        "files": {
            name: {"bytes": entry.bytes, "checksum": entry.checksum}
            for name, entry in manifest.files.items()
        },
    }
    return orjson.dumps(
        {"manifest": facts, "checksum": _checksum(facts)},
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )


def from_bytes(content: bytes) -> Manifest:
    """The manifest in the content of ``manifest.json``.

    Raises ValueError, with the reason as its text, where it is not one or was altered.
    """
    try:
        outer = orjson.loads(content)
        facts = outer["manifest"]
        if outer["checksum"] != _checksum(facts):
            raise ValueError("its checksum does not fit")
        return Manifest(
            version=facts["version"],
            words=facts.get("words", ""),  # an older generation may still be read out
            published=datetime.fromisoformat(facts["published"]),
            previous=facts["previous"],
            articles=facts["articles"],
            parameters=facts["parameters"],
            files={
                name: FileEntry(entry["bytes"], entry["checksum"])
                for name, entry in facts["files"].items()
            },
        )
    except orjson.JSONDecodeError:
        raise ValueError("it is not JSON") from None
    except (KeyError, TypeError):
        raise ValueError("it is not a manifest") from None


def _checksum(facts: object) -> str:
    packed = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(packed, digest_size=16).hexdigest()
