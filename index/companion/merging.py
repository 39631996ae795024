"""Merges light segments into one, without the postings that they do not have.

Deleted articles stay, and stay deleted: which terms of bodies they had is not known any more, so
that these could not be told from those of other articles. So counts of terms and of articles go
together, as they do in the cluster, where deleted articles count until they are merged away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.build.tiers import due, remove
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

    As ``index.build.tiers`` does it, but that none is rewritten for its deleted articles alone.
    Segments without a live article are left out. Raises ``FileDamaged`` and OSError.
    """
    found = [one for one in segments if one.doc_count()]
    for one in segments:
        if not one.doc_count():
            remove(storage, one)
    while some := due(found):
        place = found.index(some[-1])
        found[place] = merged(storage, some)
        found = [one for one in found if one not in some]
    return found


def merged(storage: FileStorage, segments: Sequence[ArraySegment]) -> ArraySegment:
    """Light segments as one; their own files are removed. Raises ``FileDamaged`` and OSError."""
    whole = [ArraySegment.of(one.segid, one.doc_count_all(), None) for one in segments]
    new = merge(storage, whole)
    readers = [open_segment(storage, one) for one in whole]
    reader, told = open_segment(storage, new), told_by_segments(readers)
    learned = {
        one.name: one.build(reader, told)
        for one in DERIVATIONS
        if one.name not in {PAIRS, SENTENCES}
    }
    write_derived(storage, new, {**learned, PAIRS: merged_pairs(reader, readers)})
    gone = [one.deleted() for one in segments]
    if any(some is not None for some in gone):
        masks = [
            np.zeros(one.doc_count_all(), np.bool_) if some is None else some
            for one, some in zip(segments, gone, strict=True)
        ]
        new.delete_many(np.concatenate(masks).nonzero()[0])
    for one in segments:
        remove(storage, one)
    return new
