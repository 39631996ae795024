import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Field

def follows(
    field: Field,
    one: int,
    two: int,
    second_is_rare: bool,
    among: NDArray[np.uint32] | None = None,
) -> int: ...
