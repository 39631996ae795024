"""Streams that no ``warta backup`` has written: each a change of the members of one that it has."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable
from dataclasses import replace

import orjson

from index.manifest import MANIFEST, Manifest, _checksum, from_bytes, to_bytes

Members = list[tuple[str, bytes]]


def members(stream: bytes) -> Members:
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        found = []
        for one in tar:
            content = tar.extractfile(one)
            assert content
            found.append((one.name, content.read()))
        return found


def packed(content: Members, kind: bytes = tarfile.REGTYPE) -> bytes:
    """A tar stream of the members, the last of that kind."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for number, (name, data) in enumerate(content):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if number == len(content) - 1 and kind != tarfile.REGTYPE:
                info.type, info.linkname, info.size = kind, "/etc/passwd", 0
            tar.addfile(info, io.BytesIO(data))
    return written.getvalue()


def with_manifest(change: Callable[[Manifest], Manifest]) -> Callable[[Members], Members]:
    def changed(content: Members) -> Members:
        name, data = content[1]
        return [content[0], (name, to_bytes(change(from_bytes(data)))), *content[2:]]

    return changed


def with_facts(**facts: object) -> Callable[[Members], Members]:
    """The manifest with other facts and the checksum that fits them."""

    def changed(content: Members) -> Members:
        name, data = content[1]
        inner = orjson.loads(data)["manifest"] | facts
        outer = {"manifest": inner, "checksum": _checksum(inner)}
        return [content[0], (name, orjson.dumps(outer)), *content[2:]]

    return changed


def also(name: str, data: bytes = b"evil") -> Callable[[Members], Members]:
    """A file more, in the manifest as well."""

    def changed(content: Members) -> Members:
        files = orjson.loads(content[1][1])["manifest"]["files"]
        checksum = hashlib.blake2b(data, digest_size=16).hexdigest()
        entry = {name: {"bytes": len(data), "checksum": checksum}}
        changed = with_facts(files=files | entry)(content)
        folder = content[1][0].removesuffix(MANIFEST)
        return [*changed[:-1], (folder + name, data), changed[-1]]

    return changed


def _flip(content: Members) -> Members:
    name, data = content[3]
    return [*content[:3], (name, data[:-1] + bytes([data[-1] ^ 1])), *content[4:]]


def _longer(content: Members) -> Members:
    return [*content[:3], (content[3][0], content[3][1] + b"x"), *content[4:]]


HOSTILE: dict[str, Callable[[Members], Members]] = {
    "no members": lambda _: [],
    "no mark": lambda c: c[1:],
    "another mark": lambda c: [("BACKUP", b"x"), *c[1:]],
    "no manifest": lambda c: [c[0], *c[2:]],
    "the manifest last": lambda c: [c[0], *c[2:], c[1]],
    "the manifest twice": lambda c: [c[0], c[1], c[1], *c[2:]],
    "no file of all": lambda c: [c[0], c[1], c[-1]],
    "a file is missing": lambda c: [*c[:2], *c[3:]],
    "a file twice": lambda c: [*c[:3], c[2], *c[3:]],
    "a file more": lambda c: [*c[:-1], (c[2][0] + ".x", b"x"), c[-1]],
    "a file outside": lambda c: [*c[:-1], ("LOCK", b"x"), c[-1]],
    "a file above": lambda c: [*c[:2], ("../../x", c[2][1]), *c[3:]],
    "an absolute name": lambda c: [*c[:2], ("/" + c[2][0], c[2][1]), *c[3:]],
    "names with dots": lambda c: [("./" + name, data) for name, data in c],
    "a name through a folder": lambda c: [
        *c[:2],
        (c[2][0].replace("generations/", "generations/x/../"), c[2][1]),
        *c[3:],
    ],
    "a folder for a file": lambda c: [*c[:2], (c[2][0] + "/", b""), *c[3:]],
    "no CURRENT": lambda c: c[:-1],
    "CURRENT names another": lambda c: [*c[:-1], ("CURRENT", b"2" + c[-1][1][1:-2] + b"x\n")],
    "CURRENT first": lambda c: [c[-1], *c[:-1]],
    "CURRENT twice": lambda c: [*c, c[-1]],
    "a generation with another name": lambda c: [
        c[0],
        ("generations/../x/manifest.json", c[1][1]),
        *c[2:],
    ],
    "files of another generation": lambda c: [
        *c[:2],
        *((name.replace("generations/2", "generations/3"), data) for name, data in c[2:]),
    ],
    "a flipped bit": _flip,
    "a longer file": _longer,
    "a shorter file": lambda c: [*c[:3], (c[3][0], c[3][1][:-1]), *c[4:]],
    "files swapped": lambda c: [*c[:2], (c[2][0], c[3][1]), (c[3][0], c[2][1]), *c[4:]],
    "the manifest is empty": lambda c: [c[0], (c[1][0], b""), *c[2:]],
    "the manifest is no JSON": lambda c: [c[0], (c[1][0], b"{"), *c[2:]],
    "the manifest is deep": lambda c: [c[0], (c[1][0], b"[" * 100_000), *c[2:]],
    "the manifest is a list": lambda c: [c[0], (c[1][0], b"[]"), *c[2:]],
    "the manifest is altered": lambda c: [
        c[0],
        (c[1][0], c[1][1].replace(b'"articles": 6', b'"articles": 7')),
        *c[2:],
    ],
    "articles that are not there": with_manifest(lambda m: replace(m, articles=7)),
    "no articles": with_manifest(lambda m: replace(m, articles=0)),
    "articles as a text": with_facts(articles="6"),
    "articles below none": with_facts(articles=-6),
    "true articles": with_facts(articles=True),
    "a day that is none": with_facts(published="yesterday"),
    "a day without a zone": with_facts(published="2026-01-01T00:00:00"),
    "a version that is no text": with_facts(version=4),
    "another version": with_facts(version="schema 99, analyzer 99"),
    "a version with an escape": with_facts(version="\x1b[31m"),
    "other words": with_facts(words="abc"),
    "parameters that are none": with_facts(parameters=[1]),
    "files that are none": with_facts(files=[]),
    "no files": with_facts(files={}),
    "a size below none": with_facts(files={"x": {"bytes": -1, "checksum": "0" * 32}}),
    "a size beyond all": with_facts(files={"x": {"bytes": 1 << 61, "checksum": "0" * 32}}),
    "a size that is none": with_facts(files={"x": {"bytes": 1.5, "checksum": "0" * 32}}),
    "a checksum that is none": with_facts(files={"x": {"bytes": 1, "checksum": None}}),
    "a short checksum": with_facts(files={"x": {"bytes": 1, "checksum": "00"}}),
    "a file above in the manifest": also("../x"),
    "an absolute file in the manifest": also("/tmp/x"),
    "a hidden file": also(".x"),
    "a file with a blank": also("a b"),
    "a file with a newline": also("a\nb"),
    "a file with a NUL": with_facts(files={"a\0b": {"bytes": 1, "checksum": "0" * 32}}),
    "a file without a name": also(""),
    "a name too long": also("x" * 300),
    "a manifest in the manifest": also(MANIFEST),
    "a second table of contents": also("_MAIN_2.toc", b"rubbish"),
    "words that are none": also("words.txt", b"\xff\xfe"),
    "a stemmer that is none": also("stemmer.txt", b"evil\n"),
}
