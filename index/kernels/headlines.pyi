import numpy as np
from numpy.typing import NDArray

from index.kernels.verbatim import Standing

def inside(
    standing: Standing,
    words: tuple[str, ...],
    lengths: NDArray[np.float32] | memoryview,
    least: int,
    most: int,
) -> tuple[NDArray[np.int32], tuple[int, int, NDArray[np.int32]], int]: ...
