"""The shapes of words: length, first letter and set of letters of every word of a segment.

Spelling correction rules out most words by their shapes, without reading them.

The derivation ``words`` (see ``derivations``) has, for each field F of ``FIELDS`` that is in the
segment:

================ ===== ===== ====================================================================
section          dtype items what, of each term of the field in their order
================ ===== ===== ====================================================================
words.F.lengths  |u1   terms its length in bytes, 255 also for all that are longer
words.F.firsts   |u1   terms its first byte
words.F.letters  u4    terms the set of its letters, bit 0 for a to bit 25 for z; bit 31 (``OTHER``)
                             where it has anything else
================ ===== ===== ====================================================================
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.light_dataclass import dataclass
from index.segments.container import Array
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

NAME = "words"
FIELDS = tuple(field + EXACT for field in TEXTS)
OTHER = np.uint32(1 << 31)
"""The bit of words that have anything but the letters a to z."""

_A = ord("a")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class WordShapes:
    """Of each term of a segment's field, in their order: (terms,) each."""

    lengths: NDArray[np.uint8]
    firsts: NDArray[np.uint8]
    letters: NDArray[np.uint32]


def build(reader: SegmentReader) -> dict[str, Array]:
    """The arrays of the derivation. Raises ``FileDamaged``."""
    arrays: dict[str, Array] = {}
    for field in FIELDS:
        if field in reader.fields:
            shapes = _shapes(reader.fields[field])
            arrays[f"{field}.lengths"] = shapes.lengths
            arrays[f"{field}.firsts"] = shapes.firsts
            arrays[f"{field}.letters"] = shapes.letters
    return arrays


def words_of(reader: SegmentReader, field: str) -> WordShapes:
    """The shapes of a segment's words in one of ``FIELDS`` that it has: read, not to be written to.

    Computed where Whoosh's own writer wrote the segment. Raises ``FileDamaged``.
    """
    index = reader.fields[field]
    try:
        derived = reader.derived
    except FileMissing:
        return _shapes(index)
    lengths, firsts, letters = (
        derived[f"{NAME}.{field}.{part}"].all() for part in ("lengths", "firsts", "letters")
    )
    if not len(lengths) == len(firsts) == len(letters) == index.terms:
        raise FileDamaged(derived.name, f"it has not as many words in {field} as the segment")
    return WordShapes(lengths, firsts, letters)


def _shapes(index: FieldIndex) -> WordShapes:
    text, ends = index.all_of("text"), index.all_of("text_at")
    classes = np.full(256, OTHER, np.uint32)
    classes[_A : _A + _LETTERS] = np.uint32(1) << np.arange(_LETTERS, dtype=np.uint32)
    starts = ends[:-1].astype(np.intp)
    letters = np.bitwise_or.reduceat(classes[text], starts)
    return WordShapes(np.minimum(np.diff(ends), 255).astype(np.uint8), text[starts], letters)
