from typing import Any

import numpy as np
from numpy.typing import NDArray

def put_runs(
    target: NDArray[Any],
    firsts: NDArray[np.int64],
    counts: NDArray[np.int64],
    items: NDArray[Any],
) -> None: ...
