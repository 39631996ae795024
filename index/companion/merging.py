"""Merges light segments into one, without the postings that they do not have.

Deleted articles of which it is known what terms they had (``owed``) are left out, as in any merge.
Others stay, and stay deleted: so counts of terms and of articles go together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.build.merging import remove
from index.build.tiers import planned
from index.companion.owed import owed_by
from index.derived import merged_pairs, told_by_segments
from index.derived.derivations import DERIVATIONS
from index.derived.pairs import NAME as PAIRS
from index.derived.sentences import NAME as SENTENCES
from index.segments.derived import write_derived
from index.segments.merge import merge
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment


def merge_light_tiers(storage: FileStorage, segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """The segments after all merges that are due; files of merged ones are removed.

    As ``index.build.tiers`` plans them; segments without a live article are left out. Raises
    ``FileDamaged`` and OSError.
    """
    plan = planned(segments, deleted=partial(_known, storage))
    for one in segments:
        if not one.doc_count():
            remove(storage, one)
    return [merged(storage, one.parts) if one.is_written else one.parts[0] for one in plan]


def _known(storage: FileStorage, segment: ArraySegment) -> int:
    """How many deleted articles can be left out."""
    if not segment.has_deletions():
        return 0
    return int(np.count_nonzero(owed_by(open_segment(storage, segment)).documents))


def merged(storage: FileStorage, segments: Sequence[ArraySegment]) -> ArraySegment:
    """Light segments as one; their own files are removed. Raises ``FileDamaged`` and OSError."""
    owed = [owed_by(open_segment(storage, one)) for one in segments]
    without = [
        ArraySegment.of(one.segid, one.doc_count_all(), some.documents)
        for one, some in zip(segments, owed, strict=True)
    ]
    new = merge(storage, without, [one.counts for one in owed])
    readers = [open_segment(storage, one) for one in without]
    reader, told = open_segment(storage, new), told_by_segments(readers)
    learned = {
        one.name: one.build(reader, told)
        for one in DERIVATIONS
        if one.name not in {PAIRS, SENTENCES}
    }
    write_derived(storage, new, {**learned, PAIRS: merged_pairs(reader, readers)})
    left = [
        np.zeros(len(some.documents), np.bool_) if (gone := one.deleted()) is None else gone
        for one, some in zip(segments, owed, strict=True)
    ]
    unknown = np.concatenate(
        [gone[~some.documents] for gone, some in zip(left, owed, strict=True)]
    ).nonzero()[0]
    if len(unknown):
        new.delete_many(unknown)
    for one in segments:
        remove(storage, one)
    return new
