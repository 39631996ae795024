"""Where the sentences of bodies begin, by the places of their tokens.

Postings know nothing of sentences, so that only whoever makes terms of texts sees it
(``index.analysis.sentences``).

The derivation ``sentences`` (see ``derivations``) has:

================= ======== ========= ===========================================================
section           dtype    items     what
================= ======== ========= ===========================================================
sentences.counts  u1 to u4 documents how many sentences of the body follow another one
sentences.begins  u1 to u4 sentences the positions that these begin at, ascending in a document
================= ======== ========= ===========================================================
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.bulk import Encoded, Encoder
from index.analysis.text import TextAnalysis
from index.errors import FileDamaged, FileMissing
from index.light_dataclass import dataclass
from index.segments import runs
from index.segments.container import Array
from index.segments.postings_writer import width
from index.segments.reader import SegmentReader

NAME = "sentences"


@dataclass(frozen=True, slots=True)
class Sentences:
    """Of a segment's bodies: (documents,) ``counts``, and ``begins``, as in the derivation."""

    counts: Array
    begins: Array

    def of(self, documents: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
        """How many begins each of some documents has, (n,), and all of these."""
        counts = self.counts.astype(np.int64)
        firsts = runs.running_sums(counts)[documents]
        return counts[documents], self.begins[runs.places(firsts, counts[documents])]


def of_encoded(texts: Encoded) -> Sentences:
    """The sentences of texts as they were encoded."""
    return Sentences(texts.sentences, texts.begins)


def joined(parts: Sequence[Sentences]) -> Sentences:
    """Those of one text after the other."""
    none = np.empty(0, np.int64)
    return Sentences(
        np.concatenate([none, *(one.counts for one in parts)]),
        np.concatenate([none, *(one.begins for one in parts)]),
    )


def build(sentences: Sentences | None) -> dict[str, Array]:
    """The arrays of the derivation."""
    assert sentences is not None
    return {
        name: items.astype(width(int(items.max(initial=0))))
        for name, items in (("counts", sentences.counts), ("begins", sentences.begins))
    }


def sentences_of(reader: SegmentReader, how: TextAnalysis) -> Sentences:
    """The sentences of a segment, read from its bodies where Whoosh's own writer wrote it: slow.

    Raises ``FileDamaged``.
    """
    try:
        derived = reader.derived
    except FileMissing:
        stored = (reader.documents.stored(number) for number in range(reader.size))
        return of_encoded(Encoder(how).encode([str(one.get("body") or "") for one in stored]))
    counts, begins = (derived[f"{NAME}.{part}"].all() for part in ("counts", "begins"))
    if len(counts) != reader.size or int(counts.sum(dtype=np.int64)) != len(begins):
        raise FileDamaged(derived.name, "it has not the sentences of its articles")
    return Sentences(counts, begins)


def sentences_in(readers: Sequence[SegmentReader], how: TextAnalysis) -> Sentences:
    """Those of the live documents of segments, as they are merged. Raises ``FileDamaged``."""
    parts = []
    for reader in readers:
        kept = np.arange(reader.size)
        if reader.deleted is not None:
            kept = np.flatnonzero(~reader.deleted)
        parts.append(Sentences(*sentences_of(reader, how).of(kept)))
    return joined(parts)
