import numpy as np
from numpy.typing import NDArray

from index.kernels.word import Word as Word
from index.kernels.words import Words

class Scorer(Words):
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
    def lacking(
        self,
        words: tuple[Word, ...],
        texts: tuple[str, ...],
        documents: list[int],
        complete: list[bool],
    ) -> list[tuple[str, ...]]: ...
