"""Stored text: kept unpacked within bounds, whoever reads it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from whoosh.filedb.filestore import RamStorage

from index.segments.container import ContainerWriter
from index.segments.documents import KIND, Documents
from index.segments.documents_writer import StoredWriter, write_ordinals


def documents(bodies: list[str]) -> Documents:
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    stored = StoredWriter(writer)
    for body in bodies:
        stored.add({"body": body})
    stored.finish()
    kinds = {"kind": write_ordinals(writer, "kind", [str(n).encode() for n in range(len(bodies))])}
    writer.finish({"documents": len(bodies), "lengths": {}, "columns": kinds, "vectors": {}})
    return Documents(storage, "file")


def test_unpacked_text_is_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.segments.documents._KEPT_BYTES", 1 << 18)
    monkeypatch.setattr("index.segments.documents._KEPT_TEXT", 1 << 16)
    sizes = np.random.default_rng(1).integers(1 << 14, 1 << 17, 60).tolist()
    bodies = [chr(ord("a") + number % 26) * size for number, size in enumerate(sizes)]
    found = documents(bodies)

    def read(number: int) -> None:
        assert found.stored(number) == {"body": bodies[number]}
        held = [len(text) for text in list(found._texts.values())]
        assert sum(held) <= 1 << 18
        assert max(held, default=0) <= 1 << 16

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(read, [*range(60), *range(60)]))
    assert found._kept == sum(map(len, found._texts.values())) > 0


def test_ordinals_are_as_narrow_as_the_values_allow() -> None:
    for size, width in ((0, 1), (1, 1), (256, 1), (257, 2)):
        ordinals, values = documents(["x"] * size).ordinals("kind")
        assert ordinals.dtype.itemsize == width
        assert len(values) == size


def test_records_that_waited_in_several_pieces_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.segments.documents_writer._HELD", 64)
    bodies = ["a" * (number * 7 % 50) for number in range(200)]
    found = documents(bodies)
    assert [found.stored(number)["body"] for number in range(200)] == bodies
