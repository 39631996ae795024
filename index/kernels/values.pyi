import numpy as np
from numpy.typing import NDArray

def commonest(
    ordinals: NDArray[np.int32],
    values: tuple[str, ...],
    documents: NDArray[np.int32],
    begin: int,
    stop: int,
) -> tuple[list[str], list[int], int]: ...
def by_day(
    days: NDArray[np.int32], documents: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]: ...
def periods(
    starts: NDArray[np.int64],
    days: NDArray[np.int64],
    before: NDArray[np.int64],
    values: tuple[str, ...],
    begin: int,
    stop: int,
) -> tuple[list[str], list[int], int]: ...
