import numpy as np
from numpy.typing import NDArray

def fitting(
    letters: NDArray[np.uint32],
    heads: NDArray[np.uint16],
    tails: NDArray[np.uint16],
    counts: NDArray[np.int32],
    parts: list[tuple[int, int, int]],
    word: tuple[int, int],
    ends: tuple[int, int] | None,
    common: int | None,
) -> NDArray[np.int64]: ...
