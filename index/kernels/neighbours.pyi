import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

def follows(
    field: Field,
    one: int,
    two: int,
    second_is_rare: bool,
    left_out: NDArray[np.uint8] | None = None,
) -> int: ...
