import numpy as np
from numpy.typing import NDArray

from index.segments.postings import FieldIndex

def ranks(indexes: list[FieldIndex]) -> tuple[int, list[NDArray[np.int64]]]: ...
