import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field, Lookup

class Standing:
    def __init__(
        self,
        fields: list[Field | None] | Lookup,
        segments: list[tuple[int, int, NDArray[np.bool_] | None]],
        prices: tuple[int, int, int, int],
    ) -> None: ...
    def runs(self, terms: tuple[str, ...], most: int) -> tuple[NDArray[np.int64], int] | None: ...
    def titles(
        self,
        terms: tuple[str, ...],
        lengths: NDArray[np.float32] | memoryview,
        scattered: bool,
        most: int,
    ) -> tuple[list[NDArray[np.int32]] | None, int] | None: ...
