"""Which segments to merge, so that there are few and every article is rewritten seldom.

Segments fall into tiers by their live documents, each tier four times as large as the one below,
and the smallest up to 1,024. ``MERGE_AT`` segments of one tier, and what else fits, are merged to
one of the next: an article is rewritten about once a tier, and the number of segments grows with
the logarithm of the number of articles. Of the largest tier those are merged that fit into a
segment together, as a word is looked up in every segment. This is the logarithmic merging of
Lester, Moffat and Zobel (2005), "Fast on-line index construction by geometric partitioning". A
segment with many deleted documents is rewritten alone.

All that is due is decided first: what would be merged twice goes into its last segment at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar

from index.light_dataclass import dataclass
from index.segments.segment import ArraySegment

MERGE_AT = 4
LARGEST = 1 << 18
"""The most documents of a segment. Of a million articles, in 5 segments of 230,000 and less, a new
question takes three quarters of the time that it takes in 18 of 60,000, as each of its words is
looked up in every segment; in one of a million no less."""

MOST_DELETED = 0.2
"""The share of deleted documents from which on a segment is rewritten alone."""

_SMALLEST = 1024


class _Counted(Protocol):
    def doc_count(self) -> int:
        """How many live documents there are."""


Counted = TypeVar("Counted", bound=_Counted)


@dataclass(frozen=True, eq=False)
class Planned:
    """A segment that is to be: ``parts`` become one, or one stays as it is."""

    parts: tuple[ArraySegment, ...]
    is_written: bool

    def doc_count(self) -> int:
        """How many documents it will have."""
        return sum(one.doc_count() for one in self.parts)


def planned(
    segments: Sequence[ArraySegment],
    *,
    purely: bool = False,
    deleted: Callable[[ArraySegment], int] = ArraySegment.deleted_count,
) -> list[Planned]:
    """What segments become by all merges that are due; of those without a live document nothing.

    ``purely``: any deleted document is reason enough to rewrite a segment. ``deleted``: how many
    are left out of one that is rewritten. A merged segment stands where the last of its parts
    stood.
    """
    most_deleted = 0 if purely else MOST_DELETED
    found = [
        Planned((one,), deleted(one) > most_deleted * one.doc_count_all())
        for one in segments
        if one.doc_count()
    ]
    while some := due(found):
        place = found.index(some[-1])
        found[place] = Planned(tuple(part for one in some for part in one.parts), True)
        found = [one for one in found if one not in some]
    return found


def due(segments: Sequence[Counted]) -> list[Counted]:
    """The smallest segments of the lowest tier that is full, in their order; empty if none is.

    As many as fit together into one of the next tier, and into one of ``LARGEST`` documents.
    """
    tiers: dict[int, list[Counted]] = {}
    for segment in segments:
        tiers.setdefault(_tier(segment.doc_count()), []).append(segment)
    for tier, of_tier in sorted(tiers.items()):
        if len(of_tier) < MERGE_AT:
            continue
        ordered = sorted(of_tier, key=_documents)
        totals = accumulate(map(_documents, ordered))
        room = min(_most(tier + 1), LARGEST)
        smallest = [one for one, total in zip(ordered, totals, strict=True) if total <= room]
        if len(smallest) > 1:
            return [one for one in of_tier if one in smallest]
    return []


def _documents(segment: _Counted) -> int:
    return segment.doc_count()


def _tier(documents: int) -> int:
    tier = 0
    while documents > _most(tier):
        tier += 1
    return tier


def _most(tier: int) -> int:
    """How many documents a segment of a tier has at the most."""
    return _SMALLEST << 2 * tier
