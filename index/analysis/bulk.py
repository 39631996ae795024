"""Texts to arrays of term ids, in bulk.

A scanner finds the chunks (see ``tokenizer``) in the texts' UTF-8, each distinct one is analysed
once as ``TextAnalysis`` has it, the one definition of the rules, and the terms' ids are put in the
chunks' places. No object is made for a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.learning import Learned
from index.analysis.quick import analysis
from index.analysis.scanning import encoded, padded, scanner
from index.analysis.text import TextAnalysis
from index.joined import JoinedTerms
from index.light_dataclass import dataclass

BATCH_BYTES = 1 << 20
"""About so much text at a time: its arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as term ids, text after text.

    ``stems``, ``surfaces``: (t,) uint32, equal positions; ``counts``: (n,) int64, the tokens of
    each text. ``sentences``: (n,) int64, how many of each text's sentences follow another one, and
    ``begins``: (s,) uint32, at which of its tokens these begin.
    """

    stems: NDArray[np.uint32]
    surfaces: NDArray[np.uint32]
    counts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    begins: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Names:
    """The terms of ids from 0 to ``count``; ``texts``: those of some ids, (n,).

    ``heads``: what ``heads_of`` gives of them.
    """

    count: int
    texts: Callable[[NDArray[np.int64]], JoinedTerms]
    heads: Callable[[NDArray[np.int64]], NDArray[np.uint64]]


class Encoder:
    """Encodes texts with one growing vocabulary; ids are stable over all calls.

    Not safe under threads.

    ``stems`` and ``surfaces``: id to term. ``written``: words with a change of case inside them, to
    which of their letters were capitals, as bits; of several ways the one of the lowest number.
    """

    def __init__(self, how: TextAnalysis | None = None) -> None:
        self._scanner = scanner()
        self._learned = Learned(how or analysis())
        # Having freed a block of almost 32 MB, glibc serves arrays of a batch's size from its heap
        # and keeps them there, which saves a third of the page faults.
        np.empty(31 << 20, np.uint8)

    @property
    def distinct_chunks(self) -> int:
        """How many distinct chunks were seen."""
        return self._learned.chunks

    @property
    def kept_bytes(self) -> int:
        """About how much memory is kept for the distinct chunks that were seen."""
        return self._learned.chunks * self._learned.words.CHUNK_BYTES

    @property
    def chunks(self) -> Sequence[bytes]:
        """The distinct chunks that were seen, as they are written."""
        return self._scanner.distinct

    @property
    def stem_names(self) -> Names:
        """The stems as they are in an index."""
        words = self._learned.words
        return Names(words.sizes()[0], words.stem_texts, words.stem_heads)

    @property
    def surface_names(self) -> Names:
        """The surface forms as they are in an index."""
        words = self._learned.words
        return Names(words.sizes()[1], words.surface_texts, words.surface_heads)

    @property
    def stems(self) -> list[str]:
        return self._learned.words.stems(0)

    def newest(self, first_stem: int, first_surface: int) -> tuple[list[str], list[str]]:
        """The stems and the surface forms of the ids from these on, without going over all."""
        return (
            self._learned.words.stems(first_stem),
            self._learned.words.surfaces(first_surface),
        )

    @property
    def surfaces(self) -> list[str]:
        return self._learned.words.surfaces(0)

    @property
    def written(self) -> dict[str, int]:
        return self._learned.words.written

    def encode(self, texts: Sequence[str | bytes]) -> Encoded:
        """The terms of texts, or of their UTF-8, as ids."""
        parts = [self._encode(batch) for batch in _batches(texts)]
        if not parts:
            nothing = np.empty(0, np.uint32)
            none = np.empty(0, np.int64)
            return Encoded(nothing, nothing, none, none, nothing)
        if len(parts) == 1:
            return parts[0]
        return Encoded(
            np.concatenate([part.stems for part in parts]),
            np.concatenate([part.surfaces for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.sentences for part in parts]),
            np.concatenate([part.begins for part in parts]),
        )

    def _encode(self, texts: list[bytes]) -> Encoded:
        text_ends = np.cumsum([len(text) + 1 for text in texts])
        found = self._scanner.scan(padded(texts), text_ends)
        learned = self._learned
        learned.learn(self._scanner.distinct)
        return Encoded(*encoded(*found, learned.first, learned.terms, learned.are_short))


def _batches(texts: Sequence[str | bytes]) -> Iterator[list[bytes]]:
    """The texts as UTF-8, in lists of about ``BATCH_BYTES``; lone surrogates are kept."""
    batch: list[bytes] = []
    size = 0
    for text in texts:
        packed = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        batch.append(packed)
        size += len(packed)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
