"""The manifest of a generation: what it holds, what made it, and every file's checksum.

``manifest.json`` is an object of two members. ``manifest`` holds the facts of the ``Manifest``
class; ``checksum`` is the BLAKE2b-128 of that member as orjson writes it with sorted keys, in
hexadecimal.
A file's ``checksum`` is that of ``index.checksums``; one in pieces is its ``pieces`` instead,
without the word before it: programs that do not know such sums find a manifest of another version.

Another version may add members, which are not looked at, or give them other shapes: such a manifest
is told from a damaged one by its checksum, which fits.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from index.blake2b import blake2b
from index.checksums import IN_PIECES, PIECE, Summing
from index.light_dataclass import dataclass
from index.regular_file import open_regular, read_regular

MANIFEST = "manifest.json"
NO_MANIFEST = "it is not a manifest"
MISSING = "it is missing"
"""What is wrong with a file that is not there."""

MOST = 1 << 26
"""The most bytes of a manifest: more is none, and is not read."""

_BLOCK = 8 * PIECE
_END = b"\n}\n"


class ForeignManifest(ValueError):
    """An unaltered manifest of another shape; ``version`` is what it says of itself."""

    def __init__(self, version: str) -> None:
        super().__init__(f"it was written by another version of Warta ({version})")
        self.version = version


Parameters = Mapping[str, str | int | Mapping[str, int]]
"""How a generation was built: texts, numbers, and counts by kind."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file's size in bytes and its checksum."""

    bytes: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds.

    ``version`` is one of ``index.schema.WRITTEN_VERSIONS`` at the time, ``words`` the digest of the
    user's words and stemmer that it was built with (empty: none), ``previous`` the generation that
    was in use when this one was published, ``articles`` the number of live ones. ``parameters``:
    the build's account, for operators: ``command`` (rebuild, update or delete), ``rebuilt`` (when
    the last rebuild was published, in ISO 8601; updates keep it), ``workers``, ``memory``, counts.
    """

    version: str
    words: str
    published: datetime
    previous: str | None
    articles: int
    parameters: Parameters
    files: Mapping[str, FileEntry]


def file_checksum(path: Path, like: str | None = None) -> str:
    """The checksum of a file's bytes; ``like``: see ``Summing``."""
    found = Summing(like)
    block = memoryview(bytearray(_BLOCK))
    with open_regular(path) as stream:
        while size := stream.readinto(block):
            found.update(block[:size])
    return found.checksum()


def fault(path: Path, entry: FileEntry, *, contents: bool) -> str | None:
    """What is wrong with a file, or None; only with ``contents`` all of it is read.

    Raises OSError where the system does not let it be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return "it is no file"
        if status.st_size != entry.bytes:
            return f"it has {status.st_size} bytes instead of {entry.bytes}"
        if contents and file_checksum(path, entry.checksum) != entry.checksum:
            return "its checksum does not fit"
    except FileNotFoundError:
        return MISSING
    return None


def find_manifest(directory: Path) -> Manifest | None:
    """A generation's manifest; None where there is none, it cannot be read, or it is damaged."""
    try:
        return from_bytes(read_regular(directory / MANIFEST, MOST))
    except (OSError, ValueError):
        return None


def is_cut(content: bytes) -> bool:
    """Whether this is a part of a manifest whose writer was stopped, and not one altered later."""
    try:
        orjson.loads(content)
    except orjson.JSONDecodeError:
        return not content.endswith(_END) or b"\0" in content
    return False


def to_bytes(manifest: Manifest) -> bytes:
    """The content of ``manifest.json``."""
    facts = {
        "version": manifest.version,
        "words": manifest.words,
        "published": manifest.published.astimezone(UTC).isoformat(),
        "previous": manifest.previous,
        "articles": manifest.articles,
        "parameters": {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in manifest.parameters.items()
        },
        "files": {name: _told(entry) for name, entry in manifest.files.items()},
    }
    return orjson.dumps(
        {"manifest": facts, "checksum": _checksum(facts)},
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )


def from_bytes(content: bytes) -> Manifest:
    """The manifest in the content of ``manifest.json``.

    Raises ValueError, with the reason as its text, where it is not one or was altered, and of these
    ``ForeignManifest`` for one of another shape.
    """
    try:
        outer = orjson.loads(content)
        facts = outer["manifest"]
        if outer["checksum"] != _checksum(facts):
            raise ValueError("its checksum does not fit")
    except orjson.JSONDecodeError:
        raise ValueError("it is not JSON") from None
    except (KeyError, TypeError):
        raise ValueError(NO_MANIFEST) from None
    try:
        return _manifest(facts)
    except (KeyError, TypeError, ValueError, AttributeError):
        version = facts.get("version") if isinstance(facts, dict) else None
        if isinstance(version, str):
            raise ForeignManifest(version[:100]) from None
        raise ValueError(NO_MANIFEST) from None


def _manifest(facts: dict[str, Any]) -> Manifest:
    """Raises ValueError, TypeError, KeyError or AttributeError for another shape."""
    previous = facts["previous"]
    return Manifest(
        version=_text(facts["version"]),
        words=_text(facts.get("words", "")),  # an older generation may still be read out
        published=_moment(facts["published"]),
        previous=None if previous is None else _text(previous),
        articles=_count(facts["articles"]),
        parameters={
            name: value for name, value in facts["parameters"].items() if _is_parameter(value)
        },
        files={_file_name(name): _file_entry(entry) for name, entry in facts["files"].items()},
    )


def _told(entry: FileEntry) -> dict[str, int | str]:
    checksum = entry.checksum.removeprefix(IN_PIECES)
    member = "checksum" if checksum == entry.checksum else "pieces"
    return {"bytes": entry.bytes, member: checksum}


def _file_entry(told: dict[str, Any]) -> FileEntry:
    checksum = IN_PIECES + _text(told["pieces"]) if "pieces" in told else _text(told["checksum"])
    return FileEntry(_count(told["bytes"]), checksum)


def _is_parameter(value: object) -> bool:
    """Whether it is one to this version; others are for other programs, and are not kept."""
    if isinstance(value, dict):
        return all(type(count) is int for count in value.values())
    return type(value) in {str, int}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(value) from None


def _file_name(name: str) -> str:
    """A name in the generation's own directory: another could lead out of it."""
    if name in {"", ".", "..", MANIFEST} or "/" in name or "\0" in name:
        raise ValueError(name)
    return name


def _checksum(facts: object) -> str:
    packed = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)
    return blake2b(packed, digest_size=16).hexdigest()
