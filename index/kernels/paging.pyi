import numpy as np
from numpy.typing import NDArray

from index.kernels.candidates import Sought
from index.kernels.scoring import Scorer
from index.kernels.word import Word

class Lacking:
    def __init__(self, texts: tuple[str, ...]) -> None: ...
    def of(self, every: list[int]) -> list[tuple[str, ...]]: ...

class Paging:
    def __init__(
        self,
        dates: NDArray[np.int64],
        numbers: NDArray[np.uint32],
        several: bytes | NDArray[np.uint8],
    ) -> None: ...
    def page(
        self,
        documents: NDArray[np.int32],
        scores: NDArray[np.float64],
        complete: NDArray[np.bool_] | None,
        complete_first: bool,
        start: int,
        size: int,
        now: int,
        most: int = 0,
        holding: tuple[tuple[NDArray[np.int32], float], ...] = (),
        sought: Sought | None = None,
        words: tuple[Word, ...] = (),
        tolerance: float = 0.0,
    ) -> tuple[list[int], list[float], list[bool] | None, int, str | None, bool]: ...
    def page_of_words(
        self,
        scorer: Scorer,
        words: tuple[Word, ...],
        loose: tuple[Word, ...],
        optional: tuple[Word, ...],
        complete_first: bool,
        start: int,
        size: int,
        now: int,
        most: int = 0,
        holding: tuple[tuple[NDArray[np.int32], float], ...] = (),
        sought: Sought | None = None,
        alike: tuple[Word, ...] = (),
        tolerance: float = 0.0,
    ) -> tuple[
        int,
        int,
        list[int],
        list[float],
        list[bool] | None,
        int,
        str | None,
        bool,
        list[int] | None,
    ]: ...
