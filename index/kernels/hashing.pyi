import numpy as np
from numpy.typing import NDArray

def numbers(
    text: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    base: int,
) -> NDArray[np.uint64]: ...
def are_within(
    text: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    first: int,
    last: int,
) -> NDArray[np.bool_]: ...
def places(ascending: NDArray[np.uint64], numbers: NDArray[np.uint64]) -> NDArray[np.int64]: ...
def sums(
    numbers: list[NDArray[np.uint64]], terms: list[NDArray[np.int64]]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]] | None: ...
