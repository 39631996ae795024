import numpy as np
from numpy.typing import NDArray

def cuts(bits: bytes, prime: int, word: bytes) -> list[tuple[int, bool]]: ...
def mark(
    bits: bytearray,
    prime: int,
    texts: NDArray[np.uint8],
    ends: NDArray[np.uint8],
    width: int,
    postings: NDArray[np.uint8],
    of_postings: int,
    most: int,
) -> None: ...
