import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

def having(
    field: Field, first: int, second: int, levels: NDArray[np.uint8], level: int, size: int
) -> NDArray[np.int64]: ...
