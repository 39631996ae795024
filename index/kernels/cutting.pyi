import numpy as np
from numpy.typing import NDArray

def cuts(
    text: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    small: NDArray[np.uint8],
    having: NDArray[np.uint8],
    base: int,
    inverse: int,
    mix: int,
    bits: int,
    shortest: int,
    three_from: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
