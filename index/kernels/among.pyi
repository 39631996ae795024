import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

def having(
    field: Field, first: int, second: int, among: NDArray[np.uint32]
) -> NDArray[np.int64]: ...
