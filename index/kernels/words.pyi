from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Lookup
from index.kernels.word import Word

class Words:
    size: int
    segments: int

    def __init__(
        self,
        segments: list[tuple[int, int]],
        lookups: dict[str, Lookup],
        norms: dict[str, NDArray[np.float32]],
        leading: str | None,
        worth: NDArray[np.float32],
        beyond: tuple[np.float32, np.float32, np.float32, np.float32],
        live: NDArray[np.bool_] | None,
    ) -> None: ...
    def word(
        self,
        ways: Sequence[Sequence[tuple[str, str, float]] | tuple[Word, ...]],
        known: tuple[tuple[NDArray[np.int32], NDArray[Any]], ...] = (),
    ) -> Word | None: ...
    def both(
        self, ways: tuple[tuple[tuple[str, str, float], ...], ...]
    ) -> tuple[Word, Word] | None: ...
    def idf(self, field: str, text: str) -> float: ...
    def row(self, documents: NDArray[np.int32], scores: NDArray[Any]) -> Word: ...
    def word_scores(
        self, words: tuple[Word, ...], documents: NDArray[np.int32]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]: ...
