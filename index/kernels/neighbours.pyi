from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.kernels.postings import Lookup

class Neighbours:
    def __init__(
        self,
        lookup: Lookup,
        levels: Callable[[int], NDArray[np.uint8]],
        thinned: Callable[[Sequence[NDArray[np.uint32]]], Sequence[NDArray[np.uint32]]],
        most: int,
    ) -> None: ...
    def together(self, one: str, two: str) -> int: ...
