"""The list of derivations: arrays computed from a complete segment and kept beside its postings.

A derivation is a name and a function from an open segment to named arrays. ``derive`` runs all of
them and writes the arrays into the segment's file ``<segment>.der``; a module for each derivation
describes its arrays and reads them.

A merged segment is a complete segment, too, and everything is computed anew for it. That is right
for what follows from the terms, as reading those costs little. A derivation with one item for each
document that is expensive (a signature of the text, say) is better copied from the merged segments,
``items[kept]`` of each, as ``index.segments.merge`` does with columns: the first such derivation
brings a second function, from the readers of those segments to the arrays.

What only the texts tell (how words with capitals inside are written, ``capitals``) whoever made the
terms hands on; of a merged segment it is what was known of its parts.

What needs the whole index (which articles are one story, say) is decided from the arrays of all
segments, when a generation is built or opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.derived import capitals, words
from index.segments.derived import write_derived
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment


@dataclass(frozen=True)
class Derivation:
    """``build`` gives arrays by names, which are the derivation's own."""

    name: str
    build: Callable[[SegmentReader, capitals.Written], Mapping[str, NDArray[Any]]]


DERIVATIONS = (
    Derivation(words.NAME, lambda reader, _: words.build(reader)),
    Derivation(capitals.NAME, capitals.build),
)


def derive(storage: Storage, segment: ArraySegment, written: capitals.Written) -> None:
    """Write what is learned from a complete segment beside its other files.

    ``written``: how words with capitals inside are written, its own among them. Raises
    ``FileDamaged``.
    """
    reader = open_segment(storage, segment)
    write_derived(storage, segment, {one.name: one.build(reader, written) for one in DERIVATIONS})
