from typing import Any

import numpy as np
from numpy.typing import NDArray

def put_next(
    target: NDArray[Any],
    free: NDArray[np.int64],
    terms: NDArray[np.uint32],
    counts: NDArray[np.uint32],
    items: NDArray[Any],
    more: int,
    take: bool,
) -> None: ...
def first_items(items: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]: ...
def add_counts(
    totals: NDArray[np.int64], terms: NDArray[np.uint32], counts: NDArray[np.uint32]
) -> None: ...
