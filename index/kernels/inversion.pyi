from typing import Any

import numpy as np
from numpy.typing import NDArray

class Sorter:
    def sort(
        self, ids: NDArray[np.uint32], counts: NDArray[np.int64]
    ) -> tuple[
        NDArray[np.uint32],
        NDArray[np.uint32],
        NDArray[np.uint32],
        NDArray[Any],
        NDArray[Any],
        NDArray[Any],
    ]: ...
