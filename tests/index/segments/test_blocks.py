"""Text in blocks of many documents is read as it was written; what is forged is damage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.segments.blocks import StoredInBlocks, open_blocks
from index.segments.container import ContainerWriter
from index.segments.documents import EXTENSION, KIND, LONGEST_TEXT
from index.segments.documents_writer import StoredWriter, write_byte_strings
from index.segments.records import BULK, to_bytes
from index.segments.segment import ArraySegment

Values = Mapping[str, str]

NAMES = ("body", "title")


def packed(document: Values) -> tuple[bytes, bytes]:
    """A document's record, and its bulky text: whatever is named body or title."""
    texts = {
        name: document[name].encode("utf-8", "surrogatepass") for name in NAMES if name in document
    }
    record: dict[str, Any] = {name: document[name] for name in document if name not in texts}
    if texts:
        record[BULK] = [(name, len(text)) for name, text in texts.items()]
    return to_bytes(record), b"".join(texts.values())


def opened(
    documents: Sequence[Values], block_bytes: int = 16, segment: str = "MAIN_x", **changes: Any
) -> StoredInBlocks:
    """The documents as schema 6 wrote them, with some sections changed, opened."""
    bulk: list[bytes] = []
    at, raw, of = [0], [0], [0]
    waiting = b""
    for number, (_, text) in enumerate(map(packed, documents), 1):
        of.append(of[-1] + len(text))
        waiting += text
        if waiting and (len(waiting) >= block_bytes or number == len(documents)):
            bulk.append(zstandard.compress(waiting))
            at.append(at[-1] + len(bulk[-1]))
            raw.append(raw[-1] + len(waiting))
            waiting = b""
    storage = RamStorage()
    made = ArraySegment.of("x", changes.pop("size", len(documents)), None)
    writer = ContainerWriter(storage, made.make_filename(EXTENSION), KIND)
    sections: dict[str, Any] = {
        "bulk": np.frombuffer(b"".join(bulk), np.uint8),
        "bulk_at": np.array(at, np.uint32),
        "bulk_raw": np.array(raw, np.uint32),
        "bulk_of": np.array(of, np.uint32),
    } | changes
    for name, items in sections.items():
        if items is not None:
            writer.add(name, items)
    write_byte_strings(writer, "stored", "stored_at", [packed(one)[0] for one in documents])
    writer.finish({"segment": segment, "documents": len(documents)})
    found = open_blocks(storage, made)
    assert found is not None
    return found


def read(blocks: StoredInBlocks) -> list[dict[str, Any]]:
    return [blocks.stored(number) for number in range(blocks.size)]


DOCUMENTS = st.lists(
    st.dictionaries(
        st.sampled_from([*NAMES, "id", "source"]), st.text(st.characters(exclude_categories=()))
    ),
    max_size=12,
)


@given(DOCUMENTS, st.integers(1, 60), st.randoms())
def test_documents_are_read_as_they_were_written_in_any_order(
    documents: list[dict[str, str]], block_bytes: int, random: Any
) -> None:
    blocks = opened(documents, block_bytes)
    order = list(range(len(documents)))
    random.shuffle(order)
    assert read(blocks) == documents
    assert [blocks.stored(number) for number in order] == [documents[n] for n in order]


def test_a_file_of_today_has_no_blocks() -> None:
    storage = RamStorage()
    segment = ArraySegment.of("x", 1, None)
    writer = ContainerWriter(storage, segment.make_filename(EXTENSION), KIND)
    stored = StoredWriter(writer)
    stored.add({"body": "isi"})
    stored.finish()
    writer.finish({"segment": "MAIN_x", "documents": 1})
    assert open_blocks(storage, segment) is None


TWO = ({"id": "a", "body": "harga beras naik"}, {"id": "b", "body": "gempa"}, {"id": "c"})
"""A block each of 16 and 5 bytes."""

FORGED: dict[str, dict[str, Any]] = {
    "another segment's": {"segment": "MAIN_y"},
    "too few documents": {"size": 4},
    "too many documents": {"size": 2},
    "no places of documents": {"bulk_of": None},
    "no places of blocks": {"bulk_raw": None},
    "empty places of blocks": {"bulk_raw": np.empty(0, np.uint32)},
    "empty places of frames": {"bulk_at": np.empty(0, np.uint32)},
    "too few places of documents": {"bulk_of": np.array([0, 16, 21], np.uint32)},
    "places below 0": {"bulk_of": np.array([-5, 16, 21, 21], np.int64)},
    "places that are no whole numbers": {"bulk_raw": np.array([0.0, 16.0, 21.0], np.float64)},
    "places that descend": {"bulk_of": np.array([16, 0, 21, 21], np.uint32)},
    "a text across two blocks": {"bulk_of": np.array([0, 18, 21, 21], np.uint32)},
    "a text behind the last block": {"bulk_of": np.array([0, 16, 99, 99], np.uint32)},
    "a text from behind the last block": {"bulk_of": np.array([0, 16, 98, 99], np.uint32)},
    "a text that is shorter than its record says": {
        "bulk_of": np.array([0, 15, 21, 21], np.uint32)
    },
    "blocks that descend": {"bulk_raw": np.array([16, 0, 21], np.uint32)},
    "a block of more bytes than it has": {"bulk_raw": np.array([0, 16, 22], np.uint32)},
    "a block of fewer bytes": {"bulk_raw": np.array([0, 16, 20], np.uint32)},
    "a block that is too long": {"bulk_raw": np.array([0, 16, LONGEST_TEXT * 2], np.uint32)},
    "frames that are none": {"bulk": np.zeros(60, np.uint8)},
    "frames beyond the end": {"bulk_at": np.array([0, 25, 1000], np.uint32)},
}


@pytest.mark.parametrize("changes", FORGED.values(), ids=FORGED)
def test_what_is_forged_is_damage(changes: dict[str, Any]) -> None:
    assert read(opened(TWO)) == list(TWO)
    with pytest.raises(FileDamaged):
        read(opened(TWO, **changes))


def test_text_that_is_none_is_damage() -> None:
    frame = zstandard.compress(b"harga beras nai\xff")
    forged: dict[str, Any] = {
        "bulk": np.frombuffer(frame, np.uint8),
        "bulk_at": np.array([0, len(frame)], np.uint32),
    }
    with pytest.raises(FileDamaged, match="document 0 has no stored values"):
        read(opened(TWO[:1], **forged))
