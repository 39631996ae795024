"""Stored values whose bulky text lies in blocks of many documents, for ``rebuild --from-index``.

Before version 7 of the schema the file ``<segment>.doc`` (see ``documents``) had these sections::

    bulk       |u1        bytes          blocks of UTF-8 text, each a Zstandard frame (RFC 8878)
    bulk_at    u4 or u8   blocks + 1     where each block begins
    bulk_raw   u4 or u8   blocks + 1     the same in the text unpacked; no document is cut
    bulk_of    u4 or u8   documents + 1  where each document's bulky text begins in it

Its records are those of today, and nothing else of it is read here.
"""

from __future__ import annotations

from typing import Any

from whoosh.filedb.filestore import Storage

from index.errors import FileDamaged
from index.segments.container import Container
from index.segments.documents import EXTENSION, KIND, ByteStrings, unpacked
from index.segments.reader import require_same_segment
from index.segments.records import BULK, bulky_values, from_bytes, no_values, sizes_of_bulky
from index.segments.segment import ArraySegment

_OF_BLOCKS = frozenset({"bulk_raw", "bulk_of"})
"""The sections that a file of today does not have."""

_READ = _OF_BLOCKS | {"stored", "stored_at", "bulk", "bulk_at"}


def open_blocks(storage: Storage, segment: ArraySegment) -> StoredInBlocks | None:
    """The stored values of a segment; None where text lies otherwise. Raises ``FileDamaged``."""
    container = Container(storage, segment.make_filename(EXTENSION), KIND)
    if container.sections.keys().isdisjoint(_OF_BLOCKS):
        return None
    require_same_segment(container, segment)
    return StoredInBlocks(container, segment.doc_count_all())


class StoredInBlocks:
    """The stored values of ``size`` documents, one block of text unpacked at a time.

    Everything raises ``FileDamaged``.
    """

    def __init__(self, container: Container, size: int) -> None:
        self.size = size
        self._container = container
        self._records = ByteStrings(container, "stored", "stored_at")
        self._blocks = ByteStrings(container, "bulk", "bulk_at")
        self._begin = container["bulk_raw"]
        self._of = container["bulk_of"]
        container.require_unsigned(*(container.sections.keys() - _READ))
        if len(self._records) != size or len(self._of) != size + 1:
            raise FileDamaged(container.name, f"it does not hold {size} documents")
        self._block = -1
        self._text = b""

    def stored(self, number: int) -> dict[str, Any]:
        """The stored values of a document; fastest where numbers ascend."""
        file = self._container.name
        values = from_bytes(file, self._records[number])
        bulky = values.pop(BULK, None)
        if bulky:
            sizes = sizes_of_bulky(file, number, bulky)
            text = self._text_of(number)
            if len(text) != sum(size for _, size in sizes):
                raise no_values(file, number)
            values |= bulky_values(file, number, sizes, text)
        return values

    def _text_of(self, number: int) -> bytes:
        """The bulky text of a document, its values one after the other."""
        start, stop = self._of.part(number, number + 2).tolist()
        if start == stop:
            return b""
        block = int(self._begin.all().searchsorted(start, "right")) - 1
        if block >= 0:
            first, end = self._begin.part(block, block + 2).tolist()
            if first <= start and stop <= end:
                return self._unpacked(block, end - first)[start - first : stop - first]
        raise FileDamaged(self._container.name, f"the text of document {number} is cut")

    def _unpacked(self, block: int, size: int) -> bytes:
        if block != self._block:
            self._text = unpacked(self._container.name, self._blocks.view(block), size)
            self._block = block
        return self._text
