import numpy as np
from numpy.typing import NDArray

class Scanner:
    distinct: list[bytes]

    def __init__(self, kinds: NDArray[np.uint8]) -> None: ...
    def scan(
        self, buffer: bytes, text_ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]: ...
