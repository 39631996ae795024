"""Which segments to merge, so that there are few and every article is rewritten seldom.

Segments fall into tiers by their live documents, each tier four times as large as the one below,
and the smallest up to 1,024. As many as ``MERGE_AT`` segments of one tier are merged to one, which
mostly belongs to the next: an article is rewritten about once a tier, and the number of segments
grows with the logarithm of the number of articles. Of the largest tier those are merged that fit
into a segment together, as a word is looked up in every segment. This is the logarithmic merging
of Lester, Moffat and Zobel (2005), "Fast on-line index construction by geometric partitioning". A
segment with many deleted documents is rewritten alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.filedb.filestore import FileStorage

from index.analysis import UserWords, analysis
from index.derived import derive, told_by_merged
from index.segments.merge import merge
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment

MERGE_AT = 4
LARGEST = 1 << 16
"""The most documents of a segment: their numbers take two bytes, and arrays over them stay in the
processor's cache, so that a larger one would not be searched faster."""

MOST_DELETED = 0.2
"""The share of deleted documents from which on a segment is rewritten alone."""

_SMALLEST = 1024
_GROWTH = 4


def merge_tiers(
    storage: FileStorage, segments: Sequence[ArraySegment], words: UserWords
) -> list[ArraySegment]:
    """The segments after all merges that are due; files of merged ones are removed.

    Segments without a live document are left out. A merged segment stands where the last of its
    parts stood.
    """
    found = []
    for segment in segments:
        if not segment.doc_count():
            remove(storage, segment)
        elif segment.deleted_count() > MOST_DELETED * segment.doc_count_all():
            found.append(merged(storage, [segment], words))
        else:
            found.append(segment)
    while some := due(found):
        place = found.index(some[-1])
        found[place] = merged(storage, some, words)
        found = [segment for segment in found if segment not in some]
    return found


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


def due(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """The smallest segments of the lowest tier that is full, in their order; empty if none is."""
    tiers: dict[int, list[ArraySegment]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    for _, of_tier in sorted(tiers.items()):
        if len(of_tier) < MERGE_AT:
            continue
        smallest = sorted(of_tier, key=ArraySegment.doc_count)[:MERGE_AT]
        while sum(one.doc_count() for one in smallest) > LARGEST:
            smallest.pop()
        if len(smallest) > 1:
            return [one for one in of_tier if one in smallest]
    return []


def _tier(documents: int) -> int:
    tier = 0
    while documents > _SMALLEST * _GROWTH**tier:
        tier += 1
    return tier


def remove(storage: FileStorage, segment: ArraySegment) -> None:
    """Remove the files of a segment."""
    for name in segment.list_files(storage):
        storage.delete_file(name)
