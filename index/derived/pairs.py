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

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.analysis import is_stop_word
from index.derived.in_order import InOrder, in_order
from index.errors import FileDamaged, FileMissing
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.container import Array
from index.segments.merge_postings import ranks
from index.segments.postings import FieldIndex
from index.segments.postings_writer import offsets, width
from index.segments.reader import SegmentReader

NAME = "pairs"
FIELD = "body_exact"

FEWEST = 3
"""What fewer bodies have is as good as chance, and most of all pairs."""

MOST = 1 << 23
"""About so many tokens are looked at, so that a segment takes 0.3 GB and a second at the most."""

_kernel = kernel("pairs")

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
    found = counted(texts, index.terms, reader.size)
    return _arrays(replace(found, bodies=found.bodies * texts.step))


def _arrays(found: Counted) -> dict[str, Array]:
    return {
        "firsts": found.firsts.astype("<u4"),
        "at": offsets(found.counts).astype("<u4"),
        "seconds": found.seconds.astype("<u4"),
        "bodies": found.bodies.astype(width(int(found.bodies.max(initial=0)))),
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """Pairs, ascending. ``firsts``, ``counts``: (f,) the first terms and how many pairs each has.

    ``seconds``, ``bodies``: (p,) the second term of each, and how many texts have it.
    """

    firsts: Array
    counts: NDArray[np.int64]
    seconds: Array
    bodies: NDArray[np.int64]


def _candidates(index: FieldIndex) -> NDArray[np.int64]:
    """The ordinals of terms that may be in a pair, ascending."""
    often = index.document_frequencies(0, index.terms)
    candidates = often >= FEWEST
    common = _commonest(often, _STOPS_AMONG)
    text, places = index.all_of("text").tobytes(), index.all_of("text_at")
    starts, ends = places[common].tolist(), places[common + 1].tolist()
    for ordinal, start, end in zip(common.tolist(), starts, ends, strict=True):
        if is_stop_word(text[start:end].decode("utf-8", "replace")):
            candidates[ordinal] = False
    return candidates.nonzero()[0]


def _commonest(often: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The places of the highest numbers, ``most`` of them; of equal ones the first."""
    if len(often) <= most:
        return np.arange(len(often))
    least = np.partition(often, -most)[-most]
    above, equal = (often > least).nonzero()[0], (often == least).nonzero()[0]
    return np.concatenate([above, equal[: most - len(above)]])


def _bits_of_text(terms: int, size: int) -> tuple[int, int]:
    """How many bits tell texts apart beside a pair of terms, and how many of theirs are left out.

    Where bits are short, texts share a number and count once.
    """
    needed = max(size - 1, 1).bit_length()
    short = max(needed + (terms * terms).bit_length() - _BITS, 0)
    return max(needed - short, 0), short


def counted(texts: InOrder, terms: int, size: int) -> Counted:
    """The pairs in texts, as ``in_order`` has put them together of ``size`` documents."""
    if _kernel is None:
        return _counted(texts, terms, size)
    _, short = _bits_of_text(terms, size)
    counts, seconds, bodies = _kernel.count_pairs(texts.tokens, texts.starts, terms, FEWEST, short)
    firsts = counts.nonzero()[0]
    return Counted(firsts, counts[firsts], seconds, bodies.astype(np.int64))


def _counted(texts: InOrder, terms: int, size: int) -> Counted:
    """The same by a sort of every pair and text, as one number."""
    tokens = texts.tokens
    there = tokens > 0
    good = there[:-1] & there[1:]
    begins = texts.starts[(texts.starts > 0) & (texts.starts < len(tokens))]
    good[begins - 1] = False
    at = good.nonzero()[0]
    number = np.repeat(np.arange(size, dtype=np.uint32), np.diff(texts.starts))[at]
    low, short = _bits_of_text(terms, size)
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
    firsts, seconds = np.divmod(keys[begins[enough]], np.uint64(terms))
    found, counts = np.unique(firsts, return_counts=True)
    return Counted(found, counts, seconds, bodies[enough])


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


def merged_pairs(merged: SegmentReader, parts: Sequence[SegmentReader]) -> dict[str, Array]:
    """The arrays for a segment that others were merged to, of which positions are unknown.

    Bodies add up, those of deleted documents too, but are no more than have either term. Pairs that
    none of the parts has are not known. Raises ``FileDamaged``.
    """
    index = merged.fields.get(FIELD)
    if index is None or not index.terms:
        return {}
    having = [(one.fields[FIELD], pairs) for one in parts if (pairs := pairs_of(one)) is not None]
    terms, (own, *places) = ranks([index, *(field for field, _ in having)])
    ordinals = np.full(terms, -1, np.int64)
    ordinals[own] = np.arange(index.terms)
    keys, bodies = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for (_, pairs), place in zip(having, places, strict=True):
        at = pairs.at.astype(np.int64)
        firsts = np.repeat(ordinals[place[pairs.firsts]], at[1:] - at[:-1])
        seconds = ordinals[place[pairs.seconds]]
        there = (firsts >= 0) & (seconds >= 0)
        keys.append((firsts * index.terms + seconds)[there])
        bodies.append(pairs.bodies[there].astype(np.int64))
    distinct, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.zeros(len(distinct), np.int64)
    np.add.at(sums, inverse, np.concatenate(bodies))
    all_firsts, all_seconds = np.divmod(distinct, index.terms)
    often = index.document_frequencies(0, index.terms)
    sums = np.minimum(sums, np.minimum(often[all_firsts], often[all_seconds]))
    enough = sums >= FEWEST
    firsts, counts = np.unique(all_firsts[enough], return_counts=True)
    return _arrays(Counted(firsts, counts, all_seconds[enough], sums[enough]))
