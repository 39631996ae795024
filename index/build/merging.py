"""Segments as one, with what is learned from its articles."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.filedb.filestore import FileStorage

from index.analysis import UserWords, analysis
from index.derived import derive, told_by_merged
from index.segments.merge import merge
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment


def merged(
    storage: FileStorage, segments: Sequence[ArraySegment], words: UserWords
) -> ArraySegment:
    """The segments as one; their own files are removed. ``words``: the user's, of all of them."""
    new = merge(storage, segments)
    readers = [open_segment(storage, one) for one in segments]
    derive(storage, new, told_by_merged(readers, analysis(words)))
    for segment in segments:
        remove(storage, segment)
    return new


def remove(storage: FileStorage, segment: ArraySegment) -> None:
    """Remove the files of a segment."""
    for name in segment.list_files(storage):
        storage.delete_file(name)
