import numpy as np
from numpy.typing import NDArray

def top(
    count: int,
    documents: NDArray[np.int32],
    first: NDArray[np.float64],
    second: NDArray[np.int64],
    leading: NDArray[np.bool_] | None,
    numbers: NDArray[np.uint32] | None = None,
) -> NDArray[np.intp]: ...
