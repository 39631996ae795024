import numpy as np
from numpy.typing import NDArray

def commonest(
    ordinals: NDArray[np.int32], values: int, documents: NDArray[np.int32], most: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], int]: ...
