from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from index.kernels.lists import Lists
from index.kernels.stems import Stems

class Judging:
    def __init__(
        self,
        stems: Stems,
        lists: Lists,
        fewest: int,
        common: int,
        everywhere: int,
        few: bool,
        are_together: Callable[[str, str, int], bool],
    ) -> None: ...
    def worths(
        self,
        text: NDArray[np.uint8],
        bounds: NDArray[np.int64],
        articles: NDArray[np.int64],
        loose: NDArray[np.uint8],
        found: NDArray[np.uint8],
    ) -> None: ...
    def joined(
        self,
        word: str,
        written: int,
        bounds: list[tuple[int, int]],
        inner: dict[str, tuple[str, ...]],
        having: dict[str, int],
        articles: int,
    ) -> tuple[str, ...] | None: ...
