"""All that is learned from a segment's articles, and how it follows the segment.

A derivation is a name and a function from a complete segment to arrays. The arrays are written
into the segment's file ``<segment>.der``; a module of its own says what they are and reads them.

A merged segment is complete, too, and everything is built anew from it: that is right for what
follows from its terms, as reading them costs little. What a derivation reads from every article's
text is better gathered from the segments merged, for each ``part[kept]`` as merging does with
columns; the first such derivation brings a second function, from their readers to arrays.

What needs the whole index (which articles are one story) is decided when a generation is opened or
built, from the arrays of all its segments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.derived import words
from index.segments.derived import write_derived
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment


@dataclass(frozen=True)
class Derivation:
    """``build`` gives arrays by names, which are the derivation's own."""

    name: str
    build: Callable[[SegmentReader], Mapping[str, NDArray[Any]]]


DERIVATIONS = (Derivation(words.NAME, words.build),)


def derive(storage: Storage, segment: ArraySegment) -> None:
    """Write what is learned from a complete segment beside its other files.

    Raises ``FileDamaged``.
    """
    reader = open_segment(storage, segment)
    write_derived(storage, segment, {one.name: one.build(reader) for one in DERIVATIONS})
