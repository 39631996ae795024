import numpy as np
from numpy.typing import NDArray

def count_pairs(
    tokens: NDArray[np.uint32],
    starts: NDArray[np.int64],
    terms: int,
    fewest: int,
    short: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]: ...
