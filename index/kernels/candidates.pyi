import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field, Lookup
from index.kernels.word import Word
from index.kernels.words import Words

class Sought:
    terms: int
    postings: int

    def __init__(
        self,
        scorer: Words,
        fields: list[Field | None] | Lookup,
        pairs: tuple[tuple[str, str, int, float], ...],
        worth: float,
    ) -> None: ...
    def raised(
        self,
        documents: NDArray[np.int32],
        scores: NDArray[np.float64],
        places: NDArray[np.intp],
        words: tuple[Word, ...],
        tolerance: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...

def lifted(
    scores: NDArray[np.float64],
    leading: NDArray[np.bool_] | None,
    places: NDArray[np.intp],
    held: NDArray[np.uint8],
    part: float,
) -> NDArray[np.float64]: ...
