"""Indexes that somebody made to do harm: nothing runs, and all ends in an error that says so.

Checksums fit: whoever makes an index makes its manifest.
"""

from __future__ import annotations

import os
import pickle
import resource
import shutil
import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.util.varints import varint

from index.build import LocalTarget, stored_articles
from index.clock import microseconds
from index.errors import FileDamaged, IndexDamaged, NewFileDamaged, WartaError
from index.schema import schema
from index.segments.checking import faults_in
from index.segments.container import Container, ContainerWriter
from index.segments.mapping import bytes_of, read_file
from index.segments.toc import read_segments
from index.target import BuildOptions
from search.local import LocalEngine
from search.request import SearchRequest
from tests.conftest import ARCHIVE
from tests.fuzz.mutating import put
from tests.index.segments.hostile import Hostile
from web.app import create_app

ONE = BuildOptions()
TOC = "_MAIN_1.toc"


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    """Not more than 512 MiB more than now can be had."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + (512 << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.fixture
def index(sample_index: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_index, tmp_path / "index"))


def directory(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


def table(segments: bytes, schema_: bytes | None = None) -> bytes:
    """A table of contents with these pickles."""
    named = pickle.dumps(schema(), 2) if schema_ is None else schema_
    head = struct.pack(">BBBii", 4, 8, 4, -12345, -111) + varint(2) * 3
    content: bytes = head + varint(len(named)) + named + struct.pack(">ii", 1, 0) + segments
    return content


def refuses_everything(index: Path) -> None:
    """Every road that reads the index ends in a typed error, and verifying tells of it."""
    target = LocalTarget(index)
    roads: dict[str, Callable[[], object]] = {
        "search": lambda: LocalEngine(index).search(SearchRequest(query="beras")),
        "article": lambda: LocalEngine(index).article("a1"),
        "stats": lambda: LocalEngine(index).statistics(),
        "update": lambda: target.update(ARCHIVE[:2], ONE),
        "delete": lambda: target.delete(["a1"], ONE),
        "rebuild --from-index": lambda: target.rebuild(stored_articles(index), ONE),
    }
    for name, road in roads.items():
        with pytest.raises(WartaError) as caught:
            pytest.fail(f"{name} gave {road()}")
        assert isinstance(caught.value, IndexDamaged | NewFileDamaged), name
    assert list(faults_in(directory(index)))
    told = LocalEngine(index).refused()
    assert told is not None
    assert told.problem == "damaged"
    assert str(index) not in told.file + told.reason.english


def _state(**changes: Any) -> bytes:
    """A list of one segment with this state, as a pickle."""
    state = {"indexname": "MAIN", "segid": "a" * 16, "size": 3, "deleted": None} | changes
    made = pickle.dumps(state, 2)[2:-1]
    return b"\x80\x02]cindex.segments.segment\nArraySegment\n)\x81" + made + b"ba."


def _nested(depth: int) -> bytes:
    """A tuple of two of the same tuple of two ..., which takes 2 ** depth steps to hash."""
    return b"\x80\x02)" + b"2\x86" * depth


def _of_whoosh(**changes: Any) -> bytes:
    segment = W3Segment(W3Codec(), "MAIN", 3)
    vars(segment).update(changes)
    return pickle.dumps([segment])


PICKLES: dict[str, bytes] = {
    "a call": pickle.dumps(Hostile("touch ran")),
    "a call in protocol 0": pickle.dumps(Hostile("touch ran"), 0),
    "EXT1": b"\x80\x02\x82\x01.",
    "EXT4": b"\x80\x02\x84\x01\x00\x00\x00.",
    "PERSID": b"Pname\n.",
    "BINPERSID": b"\x80\x02N\x51.",
    "INST": b"(S'touch ran'\nios\nsystem\n.",
    "OBJ": b"(cos\nsystem\nS'touch ran'\no.",
    "NEWOBJ_EX": b"\x80\x04cwhoosh.fields\nSchema\n)}\x92.",
    "a name with dots": b"\x80\x04\x8c\x0dwhoosh.fields\x8c\x17Schema.copy.__globals__\x93.",
    "a listed class's function": b"cwhoosh.fields\nSchema.from_bytes\n.",
    "a module of a listed class": b"cwhoosh.fields\npickle\n.",
    "a class and not its instance": b"\x80\x02]cindex.segments.segment\nArraySegment\na.",
    "attributes for a class": (
        b"\x80\x02cwhoosh.columns\nNumericColumn\nN}X\x06\0\0\0readerX\x01\0\0\0xs\x86b."
    ),
    "a class called": b"\x80\x02]cindex.segments.segment\nArraySegment\nX\x04\0\0\0MAIN\x85Ra.",
    "a place in the memo": b"\x80\x02Nr\xff\xff\xff\xff.",
    "a long of 2 GiB": b"\x80\x02\x8b\xff\xff\xff\x7f\x01.",
    "a negative long": b"\x80\x02\x8b\xff\xff\xff\xff\x01.",
    "a frame of 2 ** 62": b"\x80\x04\x95" + (2**62).to_bytes(8, "little") + b"N.",
    "bytes of 2 ** 40": b"\x80\x04\x8e" + (2**40).to_bytes(8, "little") + b"N.",
    "text of 2 ** 62": b"\x80\x04\x8d" + (2**62).to_bytes(8, "little") + b"N.",
    "a buffer": b"\x80\x05\x97.",
    "10 TB of bytes": b"\x80\x02c__builtin__\nbytes\n\x8a\x06\x00\x00\x00\x00\x00\x0a\x85R.",
    "a key that is never hashed": b"\x80\x02}" + _nested(64)[2:] + b"Ns.",
    "a set that is never hashed": b"\x80\x04\x8f(" + _nested(64)[2:] + b"\x90.",
    "lists in lists": b"\x80\x02" + b"]" * 20_000 + b"a" * 19_999 + b".",
    "a list in itself": b"\x80\x02]q\x00h\x00a.",
    "nothing on the stack": b"\x80\x02a.",
    "no end": b"\x80\x02]",
    "nothing": b"",
    "no list": pickle.dumps({"a": 1}),
    "a size that is text": _state(size="3"),
    "a size that is true": _state(size=True),
    "a size that is a fraction": _state(size=3.0),
    "a size below 0": _state(size=-1),
    "a size of 2 ** 62": _state(size=2**62),
    "a size that fits no file": _state(size=2**31 - 1),
    "more deleted than there are": _state(deleted=b"\xff" * 100),
    "fewer deleted than there are": _state(size=100, deleted=b"\xff"),
    "deleted that are text": _state(deleted="abc"),
    "deleted that are a list": _state(deleted=[1]),
    "a name above": _state(segid="../../../etc/passwd"),
    "a name from the root": _state(segid="/etc/passwd"),
    "a name with a NUL": _state(segid="a\0b"),
    "a name that is a number": _state(segid=7),
    "no name": _state(segid=""),
    "a long name": _state(segid="a" * 5000),
    "another index's name": _state(indexname="../x"),
    "an index name that is a list": _state(indexname=["MAIN"]),
    "a state that is a list": (b"\x80\x02]cindex.segments.segment\nArraySegment\n)\x81]ba."),
    "no state": b"\x80\x02]cindex.segments.segment\nArraySegment\n)\x81a.",
    "attributes for a list": b"\x80\x02]}b.",
    "a segment of no files": _state(),
    "a segment of Whoosh's without files": _of_whoosh(),
    "deleted of Whoosh's that are nested": _of_whoosh(_deleted=[((),)]),
    "deleted of Whoosh's that are not there": _of_whoosh(_deleted={7}),
    "a name of Whoosh's above": _of_whoosh(segid="../../x"),
}


@pytest.mark.parametrize("name", PICKLES)
def test_a_table_of_contents_with_hostile_segments(
    index: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(index.parent)
    put(directory(index), TOC, table(PICKLES[name]))
    refuses_everything(index)
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    "name",
    ["a call", "a name with dots", "attributes for a class", "a place in the memo", "no list"],
)
def test_a_table_of_contents_with_a_hostile_schema(
    index: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(index.parent)
    segments = pickle.dumps(read_segments(directory(index)))
    put(directory(index), TOC, table(segments, PICKLES[name]))
    refuses_everything(index)
    assert not Path("ran").exists()


@pytest.mark.parametrize("name", ["a call", "a name above", "a key that is never hashed"])
def test_a_server_says_why_it_serves_nothing(index: Path, name: str) -> None:
    put(directory(index), TOC, table(PICKLES[name]))
    client = create_app(index).test_client()
    response = client.get("/readyz")
    assert (response.status_code, client.get("/search?q=beras").status_code) == (503, 503)
    assert response.json is not None
    assert (response.json["problem"], response.json["file"].split("/")[-1]) == ("damaged", TOC)
    assert str(index) not in response.text


def test_a_segment_that_is_named_twice(index: Path) -> None:
    segments = read_segments(directory(index))
    put(directory(index), TOC, table(pickle.dumps([*segments, *segments])))
    refuses_everything(index)


Sections = dict[str, Any]


def rewritten(content: bytes, change: Callable[[Any, Sections], None]) -> bytes:
    """A container whose facts and sections were changed, and whose checksums fit."""
    storage = RamStorage()
    with storage.create_file("x") as file:
        file.write(content)
    kind = next(
        k for k in ("documents", "postings", "derived", "glued") if f'"{k}"'.encode() in content
    )
    container = Container(storage, "x", kind)
    facts = dict(container.facts)
    sections = {name: section.all().copy() for name, section in container.sections.items()}
    change(facts, sections)
    writer = ContainerWriter(storage, "y", kind)
    for name, items in sections.items():
        writer.add(name, items)
    writer.finish(facts)
    with storage.open_file("y") as file:
        return bytes(file.read())


@cache
def _bomb() -> np.ndarray[Any, Any]:
    """A Zstandard frame of 1 GiB of zeros."""
    packing = zstandard.ZstdCompressor().compressobj()
    zeros = bytes(1 << 24)
    frame = b"".join(packing.compress(zeros) for _ in range(64)) + packing.flush()
    return np.frombuffer(frame, np.uint8)


def _bombed(claimed: int) -> Callable[[Any, Sections], None]:
    def change(facts: Any, sections: Sections) -> None:
        frame = _bomb()
        sections["bulk"] = frame
        sections["bulk_at"] = np.where(np.arange(len(sections["bulk_at"])), len(frame), 0).astype(
            "<u4"
        )
        _record(b'[{},{"id":"a1","title":"x","":[["body",%d]]}]' % claimed)(facts, sections)

    return change


def _of(name: str, items: Any) -> Callable[[Any, Sections], None]:
    return lambda _, sections: sections.update({name: items(sections[name])})


def _fact(name: str, value: Any) -> Callable[[Any, Sections], None]:
    return lambda facts, _: facts.update({name: value})


def _record(value: Any) -> Callable[[Any, Sections], None]:
    """Every document stores this."""

    def change(_: Any, sections: Sections) -> None:
        record = value if isinstance(value, bytes) else pickle.dumps(value, 5)
        count = len(sections["stored_at"]) - 1
        sections["stored"] = np.frombuffer(record * count, np.uint8)
        sections["stored_at"] = (np.arange(count + 1) * len(record)).astype("<u4")

    return change


ARTICLE = {"id": "a1", "title": "Beras", "body": "beras"}

CONTAINERS: dict[str, tuple[str, Callable[[Any, Sections], None]]] = {
    "no documents": (".doc", _fact("documents", -1)),
    "documents that are text": (".doc", _fact("documents", "12")),
    "documents without end": (".doc", _fact("documents", 2**62)),
    "lengths that are a list": (".doc", _fact("lengths", [])),
    "columns that are text": (".doc", _fact("columns", "date")),
    "a column that is a number": (".doc", _fact("columns", {"date": 7})),
    "another segment's documents": (".doc", _fact("segment", "../x")),
    "fields that are a number": (".inv", _fact("fields", 7)),
    "a field that is a list": (".inv", _fact("fields", [[]])),
    "a field of too many terms": (".inv", _fact("fields", [{"name": "id", "terms": 2**62}])),
    "1 GiB in a frame that says 100 bytes": (".doc", _bombed(100)),
    "1 GiB in a frame that says so": (".doc", _bombed(1 << 30)),
    "a frame that says 2 ** 63": (".doc", _bombed(1 << 63)),
    "a record that runs": (".doc", _record(pickle.dumps(Hostile("touch ran")))),
    "a record that is a list": (".doc", _record([1])),
    "an article without an id": (".doc", _record({"title": "x", "body": "y"})),
    "an article without a text": (".doc", _record({"id": "a1", "title": "x"})),
    "a title that is a number": (".doc", _record(ARTICLE | {"title": 7})),
    "a date that is text": (".doc", _record(ARTICLE | {"date": "2023"})),
    "a date of no day in Indonesia": (".doc", _record(ARTICLE | {"date": datetime(9999, 12, 31)})),
    "a column of such dates": (
        ".doc",
        lambda facts, sections: sections[facts["columns"]["date"]["section"]].fill(
            microseconds(datetime.max)
        ),
    ),
    "JSON of a date of no day": (
        ".doc",
        _record(b'[{"date":"9999-12-31T23:59:59"},{"id":"a1","title":"x","body":"y"}]'),
    ),
    "JSON of a date with a zone": (
        ".doc",
        _record(b'[{"date":"2020-01-01T00:00:00+07:00"},{"id":"a1","title":"x","body":"y"}]'),
    ),
    "JSON of an id that is a date": (
        ".doc",
        _record(b'[{"id":"2020-01-01"},{"title":"x","body":"y"}]'),
    ),
    "JSON that is two lists": (".doc", _record(b"[[],[]]")),
    "JSON that is one number": (".doc", _record(b"[1]")),
    "JSON without an end": (".doc", _record(b"[" * 100_000)),
    "JSON of bulk that is a number": (".doc", _record(b'[{},{"":7,"id":"a1","title":"x"}]')),
    "JSON of bulk of a broken size": (
        ".doc",
        _record(b'[{},{"":[["body",1.5]],"id":"a1","title":"x"}]'),
    ),
    "JSON of bulk of a name that is none": (
        ".doc",
        _record(b'[{},{"":[[[],1]],"id":"a1","title":"x"}]'),
    ),
    "JSON of bulk of 2 ** 63": (
        ".doc",
        _record(b'[{},{"":[["body",9223372036854775808]],"id":"a1","title":"x"}]'),
    ),
    "a place that is a list": (".doc", _record(ARTICLE | {"place": []})),
    "bulky values that are text": (".doc", _record({"": "body", "id": "a1", "title": "x"})),
    "bulky values below 0": (".doc", _record({"": [("body", -5)], "id": "a1", "title": "x"})),
    "records that do not ascend": (".doc", _of("stored_at", lambda one: one[::-1].copy())),
    "records behind the end": (".doc", _of("stored_at", lambda one: one + np.uint32(10**6))),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_hostile_container(index: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(index.parent)
    ending, change = CONTAINERS[name]
    file = next(directory(index).glob(f"*{ending}"))
    put(directory(index), file.name, rewritten(file.read_bytes(), change))
    engine = LocalEngine(index)
    questions: tuple[Callable[[], object], ...] = (
        lambda: engine.search(SearchRequest(query="beras")),
        lambda: engine.search(SearchRequest(query="", sort=SearchRequest().sort)),
        lambda: engine.article("a1"),
        lambda: engine.similar("a1", 5),
        lambda: list(stored_articles(index)),
        lambda: LocalTarget(index).rebuild(stored_articles(index), ONE),
    )
    errors = 0
    for question in questions:
        try:
            question()
        except IndexDamaged:
            errors += 1
    assert errors
    (told,) = LocalTarget(index).verify()
    assert told.file == file.name
    assert not Path("ran").exists()


@pytest.mark.parametrize("kind", ["a link", "a pipe", "a directory"])
def test_what_is_no_file_is_not_read(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x"
    match kind:
        case "a link":
            place.symlink_to("/etc/passwd")
        case "a pipe":
            os.mkfifo(place)
        case _:
            place.mkdir()
    for read in (
        lambda: read_file(tmp_path, "x"),
        lambda: bytes_of(FileStorage(str(tmp_path)), "x"),
    ):
        with pytest.raises(FileDamaged):
            read()
