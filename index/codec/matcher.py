"""The Whoosh matcher over the postings of a term."""

from __future__ import annotations

import copy
import struct
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.formats import Format, Positions
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.scoring import BaseScorer

from index.segments.postings import FieldIndex

BLOCK = 128
"""Postings that are skipped together where they cannot score enough."""

_FREQUENCY = struct.Struct(">I")
_POSITIONS = Positions()

Array = NDArray[Any]


class PostingMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks over arrays. Everything raises ``FileDamaged``.

    ``lengths``: the field's lengths by document, or None where it has none.
    """

    def __init__(
        self,
        field: FieldIndex,
        ordinal: int,
        *,
        term: tuple[str, bytes],
        format_: Format,
        scorer: BaseScorer | None,
        lengths: Callable[[], Array | None],
    ) -> None:
        self._field = field
        self._ordinal = ordinal
        self._term = term
        self.format = format_
        self.scorer = scorer
        self._lengths = lengths
        self._documents = field.documents(ordinal)
        self._weights = field.frequencies(ordinal)
        self._count = len(self._documents)
        self._at = 0

    def is_active(self) -> bool:
        return self._at < self._count

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> PostingMatcher:
        return copy.copy(self)

    def id(self) -> int:
        """The document; at the end still the last, as Whoosh's ``AndNotMatcher`` asks there too."""
        at = self._at
        number: int = self._documents.item(at if at < self._count else -1)
        return number

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self._documents[self._at :].tolist())

    def next(self) -> bool:
        """Whether a new block begins. Raises ``ReadTooFar``."""
        if self._at >= self._count:
            raise ReadTooFar
        self._at += 1
        return self._at % BLOCK == 0 or self._at == self._count

    def skip_to(self, id: int) -> None:  # noqa: A002
        """Raises ``ReadTooFar``."""
        if self._at >= self._count:
            raise ReadTooFar
        rest = self._documents[self._at :]
        if id > rest.item(-1):
            self._at = self._count
        elif id > rest.item(0):
            # A scalar of another type would make searchsorted convert the whole array.
            self._at += int(rest.searchsorted(rest.dtype.type(id)))

    def weight(self) -> float:
        return 1.0 if self._weights is None else float(self._weights[self._at])

    def value(self) -> bytes:
        """The posting's value as Whoosh's format encodes it."""
        if self._field.has_values:
            return self._values[self._at]
        if self._field.has_positions:
            encoded: bytes = _POSITIONS.encode(self._positions())
            return encoded
        return b"" if self.format.fixed_value_size() == 0 else _FREQUENCY.pack(self._frequency())

    def value_as(self, astype: str) -> Any:
        if not self._field.has_values and self.format.supports(astype):
            if astype == "positions" and self._field.has_positions:
                return self._positions()
            if astype == "frequency" and self.format.fixed_value_size() != 0:
                return self._frequency()
        return self.format.decoder(astype)(self.value())

    def _frequency(self) -> int:
        return 1 if self._occurrences is None else int(self._occurrences[self._at])

    def _positions(self) -> list[int]:
        bounds, found = self._all_positions
        return found[bounds[self._at] : bounds[self._at + 1]].tolist()  # type: ignore[no-any-return]

    @cached_property
    def _occurrences(self) -> Array | None:
        return self._field.occurrences(self._ordinal)

    @cached_property
    def _all_positions(self) -> tuple[NDArray[np.int64], Array]:
        return self._field.positions(self._ordinal)

    @cached_property
    def _values(self) -> list[bytes]:
        return self._field.values(self._ordinal)

    def skip_to_quality(self, minquality: float) -> int:
        """Skip blocks that cannot score more; how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = min((self._at // BLOCK + 1) * BLOCK, self._count)
            skipped += 1
        return skipped

    def block_max_weight(self) -> float:
        return self._block_weights[self._at // BLOCK]

    def block_min_length(self) -> int:
        return self._block_shortest[self._at // BLOCK]

    def block_max_length(self) -> int:
        return self._block_longest[self._at // BLOCK]

    @property
    def _starts(self) -> NDArray[np.int64]:
        return np.arange(0, self._count, BLOCK)

    @cached_property
    def _block_weights(self) -> list[float]:
        if self._weights is None:
            return [1.0] * len(self._starts)
        return np.maximum.reduceat(self._weights, self._starts).astype(float).tolist()  # type: ignore[no-any-return]

    @cached_property
    def _own_lengths(self) -> Array:
        lengths = self._lengths()
        if lengths is None:
            return np.zeros(self._count, np.uint8)
        return lengths[self._documents]

    @cached_property
    def _block_shortest(self) -> list[int]:
        return np.minimum.reduceat(self._own_lengths, self._starts).tolist()  # type: ignore[no-any-return]

    @cached_property
    def _block_longest(self) -> list[int]:
        return np.maximum.reduceat(self._own_lengths, self._starts).tolist()  # type: ignore[no-any-return]
