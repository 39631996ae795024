from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

Terms = tuple[tuple[str, str, float], ...]

class Word:
    """A word of a query, made ready: its postings in every segment."""

    ways: int
    work: tuple[int, ...]
    counts: tuple[int, ...] | None
    documents: int

class Scorer:
    def __init__(
        self,
        segments: Sequence[tuple[int, int, Mapping[str, Field]]],
        norms: Mapping[str, NDArray[np.float32]],
        idf: Callable[[int, int], float],
        leading: str | None,
        worth: NDArray[np.float32],
        beyond: tuple[float, float, float, float],
        live: NDArray[np.bool_] | None,
    ) -> None: ...
    def word(self, ways: tuple[Terms, ...]) -> Word | None: ...
    def row(self, documents: NDArray[np.int32], scores: NDArray[np.float64]) -> Word: ...
    def search(
        self,
        words: tuple[Word, ...],
        loose: tuple[Word, ...],
        optional: tuple[Word, ...],
        count: int,
        *,
        complete_first: bool,
        every: int,
        mask: NDArray[np.bool_] | None = None,
    ) -> tuple[int, int, NDArray[np.int32], NDArray[np.float64], NDArray[np.bool_]]: ...
    def word_scores(
        self, words: tuple[Word, ...], documents: NDArray[np.int32]
    ) -> NDArray[np.float64]: ...
    def openings(
        self, field: str, text: str, documents: NDArray[np.int32]
    ) -> NDArray[np.uint64]: ...
