"""Terms that lie one after the other: of many no object is made for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class JoinedTerms:
    """``text``: (b,) uint8, all terms; ``lengths``: (t,) int64, the bytes of each."""

    text: NDArray[np.uint8]
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[bytes]:
        text, start = self.text.tobytes(), 0
        for size in self.lengths.tolist():
            yield text[start : start + size]
            start += size


def joined(terms: Sequence[bytes]) -> JoinedTerms:
    """Terms as one text."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    return JoinedTerms(np.frombuffer(b"".join(terms), np.uint8), lengths)
