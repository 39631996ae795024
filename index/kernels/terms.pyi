import numpy as np
from numpy.typing import NDArray

def encoded(
    chunks: NDArray[np.int32],
    upto: NDArray[np.int64],
    begins: NDArray[np.int64],
    unless: NDArray[np.uint8],
    first: NDArray[np.int32],
    terms: NDArray[np.uint32],
    are_short: NDArray[np.uint8],
) -> tuple[
    NDArray[np.uint32],
    NDArray[np.uint32],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.uint32],
]: ...
