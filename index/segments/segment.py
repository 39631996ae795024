"""A segment as the table of contents keeps it: its name, its size, and what was deleted from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import Segment

from index.schema import INDEX_NAME

if TYPE_CHECKING:
    from index.codec.codec import ArrayCodec


class ArraySegment(Segment):  # type: ignore[misc]
    """A segment of arrays. Whoosh pickles it into the TOC, deletions as packed bits with it.

    A commit that only deletes writes no other file. Tables of contents name this class by its
    module: where it moves, ``index.segments.toc`` must know where it was.
    """

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._size = 0
        self._deleted: NDArray[np.bool_] | None = None

    @classmethod
    def of(cls, segid: str, size: int, deleted: NDArray[np.bool_] | None) -> Self:
        """The segment of an index directory that has this id. ``deleted``: (size,), or None."""
        segment = cls(INDEX_NAME)
        segment.segid = segid
        segment._size = size
        segment._deleted = deleted
        return segment

    def __getstate__(self) -> dict[str, Any]:
        deleted = None if self._deleted is None else np.packbits(self._deleted).tobytes()
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "size": self._size,
            "deleted": deleted,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.indexname = state["indexname"]
        self.segid = state["segid"]
        self.compound = False
        self._size = state["size"]
        self._deleted = None
        if state["deleted"] is not None:
            bits = np.frombuffer(state["deleted"], np.uint8)
            self._deleted = np.unpackbits(bits, count=self._size).astype(np.bool_)

    def codec(self) -> ArrayCodec:
        from index.codec.codec import ArrayCodec

        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Its files are mapped; Whoosh copies those of a compound file."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._size = doccount

    def doc_count_all(self) -> int:
        return self._size

    def deleted(self) -> NDArray[np.bool_] | None:
        """Which documents are deleted: (size,), or None where none is."""
        return self._deleted

    def delete_many(self, numbers: NDArray[np.int64]) -> None:
        """Delete documents; nothing happens to those that are deleted."""
        if self._deleted is None:
            self._deleted = np.zeros(self._size, np.bool_)
        self._deleted[numbers] = True

    def deleted_count(self) -> int:
        return 0 if self._deleted is None else int(np.count_nonzero(self._deleted))

    def deleted_docs(self) -> Iterator[int]:
        return iter([] if self._deleted is None else np.flatnonzero(self._deleted).tolist())

    def is_deleted(self, docnum: int) -> bool:
        """Of a number behind the last document too, where Whoosh's matchers may end up: False."""
        return self._deleted is not None and docnum < self._size and bool(self._deleted[docnum])

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or take that back; nothing happens where that is so already.

        Raises IndexError for a document that is not there.
        """
        if not 0 <= docnum < self._size:
            raise IndexError(f"no document {docnum} in segment {self.segid}")
        if self.is_deleted(docnum) is delete:
            return
        if self._deleted is None:
            self._deleted = np.zeros(self._size, np.bool_)
        self._deleted[docnum] = delete
