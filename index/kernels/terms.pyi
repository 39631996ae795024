import numpy as np
from numpy.typing import NDArray

def spread(
    chunks: NDArray[np.int32],
    first: NDArray[np.int32],
    terms: NDArray[np.uint32],
    upto: NDArray[np.int64],
    begins: NDArray[np.int64],
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]: ...
