"""An index as a version to come may write it: what this program knows, and what it does not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from index.manifest import MANIFEST, file_checksum

VERSION = "schema 99, analyzer masa-depan-1"

# A pickle of an object of a class that is not there: whoever unpickles it fails.
UNKNOWN_CLASS = (
    b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00"
    b"\x8c\x0cindex.future\x94\x8c\x05Thing\x94\x93\x94."
)

Change = Callable[[dict[str, Any], Path], None]


def with_version(facts: dict[str, Any], _: Path) -> None:
    """The same format, of another version."""
    facts["version"] = VERSION


def with_more_members(facts: dict[str, Any], _: Path) -> None:
    """Members that nobody knows yet, at every level."""
    facts["version"] = VERSION
    facts["encryption"] = {"algorithm": "none", "keys": [1, 2]}
    facts["parameters"]["shards"] = 7
    for entry in facts["files"].values():
        entry["compressed"] = True


def with_another_contents(facts: dict[str, Any], generation: Path) -> None:
    """A table of contents that only the version to come understands."""
    with_more_members(facts, generation)
    for name, entry in facts["files"].items():
        if name.endswith(".toc"):
            file = generation / name
            file.unlink()
            file.write_bytes(UNKNOWN_CLASS)
            entry.update(bytes=len(UNKNOWN_CLASS), checksum=file_checksum(file))


def with_other_files(facts: dict[str, Any], generation: Path) -> None:
    """Segments' files of another format."""
    with_another_contents(facts, generation)
    for name, entry in facts["files"].items():
        if name.endswith((".inv", ".doc", ".der")):
            file = generation / name
            file.unlink()
            file.write_bytes(b"WARTA99\0" * 64)
            entry.update(bytes=512, checksum=file_checksum(file))


CHANGES = {
    "another version": with_version,
    "unknown members": with_more_members,
    "another table of contents": with_another_contents,
    "other files": with_other_files,
}


def of_the_future(index: Path, target: Path, change: Change) -> Path:
    """A copy of the index whose generation in use is changed so, with checksums that fit."""
    shutil.copytree(index, target)
    generation = target / "generations" / (target / "CURRENT").read_text().strip()
    file = generation / MANIFEST
    outer = orjson.loads(file.read_bytes())
    change(outer["manifest"], generation)
    packed = orjson.dumps(outer["manifest"], option=orjson.OPT_SORT_KEYS)
    outer["checksum"] = hashlib.blake2b(packed, digest_size=16).hexdigest()
    outer["written_by"] = "warta 99"
    file.unlink()
    file.write_bytes(orjson.dumps(outer))
    return target
