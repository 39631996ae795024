"""Which words stand side by side in bodies, and in how many: pairs that are no chance.

Suggestions tell by it what follows a word where titles say little.

The derivation ``pairs`` (see ``derivations``) has, of each two terms of ``body_exact`` that stand
one behind the other in ``FEWEST`` bodies or more, neither of which is a stop word:

============== ======== ======== ================================================================
section        dtype    items    what
============== ======== ======== ================================================================
pairs.firsts   u4       firsts   the first terms, ascending ordinals
pairs.at       u4       firsts+1 where the pairs of each begin
pairs.seconds  u4       pairs    the second terms, ascending of each first one
pairs.bodies   u1 to u4 pairs    how many bodies have the pair
============== ======== ======== ================================================================

Of a segment with more tokens than ``MOST`` some bodies are counted, every second, third ..., and
the counts are multiplied by that ``step``. A pair is kept there that ``FEWEST`` of the counted
bodies have: of all bodies about ``FEWEST * step``, so that a larger segment knows fewer rare pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analysis import is_stop_word
from index.derived.in_order import InOrder, in_order
from index.errors import FileDamaged, FileMissing
from index.segments.container import Array
from index.segments.postings import FieldIndex, offsets, width
from index.segments.reader import SegmentReader

NAME = "pairs"
FIELD = "body_exact"

FEWEST = 3
"""What fewer bodies have is as good as chance, and most of all pairs."""

MOST = 1 << 23
"""About so many tokens are looked at, so that a segment takes 0.3 GB and a second at the most."""

_BITS = 64
_STOPS_AMONG = 2_000
"""Stop words are looked for among so many of the commonest terms."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The arrays of a segment: read, not to be written to."""

    firsts: NDArray[np.unsignedinteger]
    at: NDArray[np.unsignedinteger]
    seconds: NDArray[np.unsignedinteger]
    bodies: NDArray[np.unsignedinteger]


def build(reader: SegmentReader) -> dict[str, Array]:
    """The arrays of the derivation. Raises ``FileDamaged``."""
    index = reader.fields.get(FIELD)
    if index is None or not index.terms:
        return {}
    terms = _candidates(index)
    texts = in_order(index, reader.size, terms, MOST)
    pairs, bodies = _counted(texts, index.terms, reader.size)
    firsts, seconds = np.divmod(pairs, np.uint64(index.terms))
    found, counts = np.unique(firsts, return_counts=True)
    counted = bodies * texts.step
    return {
        "firsts": found.astype("<u4"),
        "at": offsets(counts).astype("<u4"),
        "seconds": seconds.astype("<u4"),
        "bodies": counted.astype(width(int(counted.max(initial=0)))),
    }


def _candidates(index: FieldIndex) -> NDArray[np.int64]:
    """The ordinals of terms that may be in a pair, ascending."""
    often = index.document_frequencies(0, index.terms)
    candidates = often >= FEWEST
    for ordinal in (-often).argsort(kind="stable")[:_STOPS_AMONG].tolist():
        if is_stop_word(index.text(ordinal).decode("utf-8", "replace")):
            candidates[ordinal] = False
    return candidates.nonzero()[0]


def _counted(texts: InOrder, terms: int, size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Pairs as numbers, first * terms + second, ascending, and how many texts have each."""
    tokens = texts.tokens
    there = tokens > 0
    good = there[:-1] & there[1:]
    begins = texts.starts[(texts.starts > 0) & (texts.starts < len(tokens))]
    good[begins - 1] = False
    at = good.nonzero()[0]
    number = np.repeat(np.arange(size, dtype=np.uint32), np.diff(texts.starts))[at]
    # A pair and a text in one number; where bits are short, texts share a number and count once.
    low = max(size - 1, 1).bit_length()
    short = max(low + (terms * terms).bit_length() - _BITS, 0)
    low = max(low - short, 0)
    keys = tokens[at].astype(np.uint64)
    keys -= np.uint64(1)
    keys *= np.uint64(terms)
    keys += tokens[at + 1] - np.uint32(1)
    keys <<= np.uint64(low)
    keys |= number >> np.uint32(short)
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)]] >> np.uint64(low)
    begins = np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)].nonzero()[0]
    bodies = np.diff(np.concatenate([begins, [len(keys)]]))
    enough = bodies >= FEWEST
    return keys[begins[enough]], bodies[enough]


def pairs_of(reader: SegmentReader) -> Pairs | None:
    """The pairs of a segment's bodies; None where it has none. Raises ``FileDamaged``.

    Computed where Whoosh's own writer wrote the segment.
    """
    index = reader.fields.get(FIELD)
    if index is None or not index.terms:
        return None
    try:
        derived = reader.derived
    except FileMissing:
        return Pairs(**build(reader))
    firsts, at, seconds, bodies = (
        derived[f"{NAME}.{part}"].all() for part in ("firsts", "at", "seconds", "bodies")
    )
    if (
        len(at) != len(firsts) + 1
        or len(seconds) != len(bodies)
        or int(at[-1]) != len(seconds)
        or int(seconds.max(initial=0)) >= index.terms
    ):
        raise FileDamaged(derived.name, "its pairs of words do not fit the segment")
    return Pairs(firsts, at, seconds, bodies)
