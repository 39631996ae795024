"""Alters files of an index so that what checks them finds nothing, and what reads them does.

A container's checksums are made anew after its sections, its directory or its facts were altered,
and the manifest's after any file was: so what is altered reaches the code behind the checksums.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from index.manifest import MANIFEST, FileEntry, file_checksum, from_bytes, to_bytes
from index.segments.container import BLOCK, MAGIC, VERSION

_TRAILER = struct.Struct("<QQQII8s")
_INTEGERS = (0, 1, 2, 7, 127, 128, 255, 256, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**62)
_NUMBERS: tuple[Any, ...] = (-1, 0, 1, 3, 2**31, 2**63, 2**64 - 1, 1e300)
_ANYTHING = (None, True, "", "x", "0.text", "../x", [], {}, [[]], *_NUMBERS)


def altered(content: bytes, generator: random.Random) -> bytes:
    """Bytes with a few of them changed, cut, doubled or taken from elsewhere."""
    found = bytearray(content)
    for _ in range(generator.choice((1, 1, 1, 2, 4))):
        at = generator.randrange(len(found) + 1)
        match generator.randrange(6):
            case 0 if at < len(found):
                found[at] ^= 1 << generator.randrange(8)
            case 1 if at < len(found):
                found[at] = generator.randrange(256)
            case 2:
                size = generator.choice((1, 2, 4, 8))
                value = generator.choice(_INTEGERS) % (1 << 8 * size)
                found[at : at + size] = value.to_bytes(size, generator.choice(("little", "big")))
            case 3:
                del found[at : at + generator.choice((1, 1, 2, 8, 100))]
            case 4:
                start = generator.randrange(len(found) + 1)
                found[at:at] = found[start : start + generator.choice((1, 2, 8, 40))]
            case _:
                found[at:at] = generator.randbytes(generator.choice((1, 2, 4)))
    return bytes(found)


def altered_container(content: bytes, generator: random.Random) -> bytes:
    """A container with a section, its directory or its facts changed, whose checksums fit."""
    start, checks, size, *_ = _TRAILER.unpack_from(content, len(content) - _TRAILER.size)
    body = bytearray(content[:start])
    directory = orjson.loads(content[start + 4 * checks : start + 4 * checks + size])
    sections = directory["sections"]
    way = generator.randrange(10)
    if way < 6 and sections:
        _alter_section(body, generator.choice(sections), generator)
    elif way < 8 and sections:
        section = generator.choice(sections)
        section[generator.randrange(4)] = _near(section[generator.randrange(4)], generator)
    elif way == 8 and sections:
        sections.pop(generator.randrange(len(sections)))
    else:
        _alter_leaf(directory, generator)
    checksums: list[int] = []
    for section in sections:
        raw = _raw(body, section)
        checksums += [zlib.crc32(raw[at : at + BLOCK]) for at in range(0, len(raw), BLOCK)]
    packed = np.array(checksums, "<u4").tobytes() + orjson.dumps(directory)
    counts = struct.pack("<QQQ", len(body), len(checksums), len(packed) - 4 * len(checksums))
    check = zlib.crc32(packed + counts)
    return bytes(body) + packed + counts + struct.pack("<II8s", check, VERSION, MAGIC)


def _raw(body: bytearray, section: list[Any]) -> bytes:
    try:
        _, dtype, first, count = section
        return bytes(body[first : first + count * np.dtype(dtype).itemsize])
    except (TypeError, ValueError):
        return b""


def _alter_section(body: bytearray, section: list[Any], generator: random.Random) -> None:
    """Change a few items of a section, or bytes where they are such."""
    _, dtype, first, count = section
    if not count:
        return
    items = np.frombuffer(bytes(body[first : first + count * np.dtype(dtype).itemsize]), dtype)
    items = items.copy()
    for _ in range(generator.choice((1, 1, 2, 5))):
        at = min(int(count * generator.random() ** generator.choice((1, 4))), count - 1)
        if generator.random() < 0.5:
            at = count - 1 - at
        if dtype.endswith("f4"):
            items[at] = generator.choice((0.0, -1.0, float("nan"), float("inf"), 1e30))
            continue
        limits = np.iinfo(items.dtype)
        choice = generator.randrange(3)
        value = int(items[at]) + generator.choice((-1, 1, 2, 100)) if choice else limits.max
        value = generator.choice(_INTEGERS) if choice == 1 else value
        items[at] = max(limits.min, min(value, limits.max))
    body[first : first + items.nbytes] = items.tobytes()


def _near(value: Any, generator: random.Random) -> Any:
    if type(value) is int and generator.random() < 0.7:
        return min(value + generator.choice((-64, -1, 1, 64, 2**31, 2**62)), 2**64 - 1)
    if type(value) is str and generator.random() < 0.7:
        return generator.choice(("|u1", "<u4", "<f8", "|O", "<M8[s]", "|V8", "stored", value + "x"))
    return generator.choice(_ANYTHING)


def _alter_leaf(document: Any, generator: random.Random) -> None:
    """Change, remove or add one member somewhere in a JSON document."""
    at = document
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = generator.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and generator.random() < 0.85:
            at = at[key]
            continue
        if generator.random() < 0.2:
            del at[key]
        else:
            at[key] = _near(at[key], generator)
        return


def put(generation: Path, name: str, content: bytes) -> None:
    """Give a file of the generation this content, and the manifest its checksum."""
    file = generation / name
    file.unlink(missing_ok=True)
    file.write_bytes(content)
    manifest = from_bytes((generation / MANIFEST).read_bytes())
    entry = FileEntry(len(content), file_checksum(file))
    changed = replace(manifest, files={**manifest.files, name: entry})
    (generation / MANIFEST).unlink()
    (generation / MANIFEST).write_bytes(to_bytes(changed))


def way_of(name: str, generator: random.Random) -> Callable[[bytes, random.Random], bytes]:
    """How to alter a file: what holds arrays mostly with checksums that fit."""
    if name.endswith((".inv", ".doc", ".der")) and generator.random() < 0.9:
        return altered_container
    return altered
