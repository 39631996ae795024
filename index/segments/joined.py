"""Terms that lie one after the other: of many no object is made for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.segments.runs import Numbers, running_sums


class JoinedTerms(Sequence[bytes]):
    """``text``: (b,) uint8, all terms; ``lengths``: (t,) int64, the bytes of each."""

    def __init__(self, text: NDArray[np.uint8], lengths: NDArray[np.int64]) -> None:
        self.text = text
        self.lengths = lengths

    @cached_property
    def _bounds(self) -> Numbers:
        return running_sums(self.lengths)

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[bytes]:
        text = self.text.tobytes()
        for start, end in pairwise(self._bounds.tolist()):
            yield text[start:end]

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | Sequence[bytes]:
        places = range(len(self))[at]
        if isinstance(places, range):
            return [self[one] for one in places]
        return self.text[self._bounds[places] : self._bounds[places + 1]].tobytes()
