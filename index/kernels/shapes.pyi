import numpy as np
from numpy.typing import NDArray

class Shapes:
    def __init__(
        self,
        letters: NDArray[np.uint32],
        heads: NDArray[np.uint16],
        tails: NDArray[np.uint16],
        counts: NDArray[np.int32],
        begins: NDArray[np.int64],
        ordinals: NDArray[np.int32],
        texts: memoryview,
        ends: NDArray[np.uint8],
        width: int,
    ) -> None: ...
    def near(
        self, word: bytes, fewest: tuple[int, ...]
    ) -> tuple[list[tuple[bytes, int, int]], int]: ...
    def fitting(self, word: bytes, fewest: tuple[int, ...]) -> tuple[list[int], int]: ...

def by_length(
    places: NDArray[np.uint8],
    place_width: int,
    lengths: NDArray[np.uint8],
    letters: NDArray[np.uint32],
    texts: memoryview,
    ends: NDArray[np.uint8],
    width: int,
    least: int,
    other: int,
) -> tuple[
    NDArray[np.int64],
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.uint32],
    NDArray[np.uint16],
    NDArray[np.uint16],
]: ...
