"""Bit sets: where a term stands among an article's first tokens, to find neighbouring words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.budget import POSTING, TERM
from search.local.matches import Documents
from search.local.reading.terms import Term

TOKENS = 64
"""How many tokens of an article are its opening: one bit each."""

_FIRST = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Openings:
    """Documents that have a term early: (n,), ascending.

    ``bits``: (n,) uint64, bit p set where token p is the term. ``work``: what reading it cost.
    """

    documents: Documents
    bits: NDArray[np.uint64]
    work: int = 0

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.bits.nbytes

    def at(self, documents: Documents) -> NDArray[np.uint64]:
        """The bits of other documents, 0 where they do not have the term there: (k,)."""
        if not len(self.documents):
            return np.zeros(len(documents), np.uint64)
        places = self.documents.searchsorted(documents)
        np.minimum(places, len(self.documents) - 1, out=places)
        found: NDArray[np.uint64] = self.bits[places]
        found *= self.documents[places] == documents
        return found


def read_openings(
    segments: Sequence[SegmentReader], bases: Sequence[int], field: str, term: Term
) -> Openings:
    """A term's openings in all documents, deleted ones too. Raises ``FileDamaged``."""
    documents = [np.empty(0, np.int32)]
    bits = [np.empty(0, np.uint64)]
    for place in term.places:
        index = segments[place.segment].fields[field]
        bounds, positions = index.positions(place.ordinal)
        early = (positions < TOKENS).nonzero()[0]
        if not len(early):
            continue
        rows = bounds.searchsorted(early, "right") - 1
        starts = np.concatenate([[0], (rows[1:] != rows[:-1]).nonzero()[0] + 1])
        having = index.documents(place.ordinal)[rows[starts]]
        documents.append(having.astype(np.int32) + np.int32(bases[place.segment]))
        flags = _FIRST << positions[early].astype(np.uint64)
        bits.append(np.bitwise_or.reduceat(flags, starts))
    work = TERM * len(term.places) + 2 * POSTING * term.document_frequency
    return Openings(np.concatenate(documents), np.concatenate(bits), work)


def neighbours(
    first: NDArray[np.uint64], second: NDArray[np.uint64], step: int
) -> NDArray[np.bool_]:
    """Where the second term stands ``step`` tokens behind the first, by the bits of each: (k,)."""
    if step >= TOKENS:
        return np.zeros(len(first), np.bool_)
    found: NDArray[np.bool_] = ((first << np.uint64(step)) & second) != 0
    return found


def runs(bits: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Where the first term stands and each other one directly behind the one before: (k,) bits.

    ``bits``: those of each term, (k,). What goes on behind the opening is no run.
    """
    found = bits[0]
    for step, following in enumerate(bits[1:], start=1):
        found = found & (following >> np.uint64(step))
    return found


def in_order(bits: Sequence[NDArray[np.uint64]]) -> NDArray[np.bool_]:
    """Where each term stands somewhere behind the one before it: (k,); ``bits`` as in ``runs``.

    Each is taken where it first does, which leaves most for the next.
    """
    behind = bits[0]
    for following in bits[1:]:
        reached = behind & -behind
        # Not at the bit that is reached nor below it; where none is, nowhere.
        behind = following & -(reached << _FIRST)
    found: NDArray[np.bool_] = behind != 0
    return found
