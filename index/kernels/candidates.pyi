import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

class Texts:
    def __init__(
        self,
        fields: dict[str, list[Field | None]],
        norms: dict[str, NDArray[np.float32]],
        bases: list[int],
        size: int,
        leading: str,
        lead: tuple[float, float, float, float] | None,
    ) -> None: ...
    def sought(
        self,
        words: tuple[tuple[tuple[str, str, float], ...], ...],
        stems: list[str],
        pairs: list[tuple[int, int, int, float]],
    ) -> Sought | None: ...

class Sought:
    in_words: list[tuple[int, int]]
    in_stems: list[tuple[int, int]]

    def raised(
        self,
        documents: NDArray[np.int32],
        scores: NDArray[np.float64],
        places: NDArray[np.intp],
        tolerance: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
    def having(self, documents: NDArray[np.int32]) -> NDArray[np.bool_]: ...

def lifted(
    scores: NDArray[np.float64],
    leading: NDArray[np.bool_] | None,
    places: NDArray[np.intp],
    held: NDArray[np.uint8],
    part: float,
) -> NDArray[np.float64]: ...
