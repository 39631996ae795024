import numpy as np
from numpy.typing import NDArray

from index.segments.postings import FieldIndex

class Postings:
    def __init__(self, index: FieldIndex) -> None: ...
    def lengths(self, size: int) -> NDArray[np.int64]: ...
    def put(
        self,
        tokens: NDArray[np.uint32],
        starts: NDArray[np.int64],
        terms: NDArray[np.int64],
        step: int,
    ) -> None: ...
