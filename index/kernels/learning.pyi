from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.kernels.tokens import Tokens

class Learner:
    written: dict[str, int]

    def __init__(self, tokens: Tokens) -> None: ...
    def stems(self, first: int) -> list[str]: ...
    def surfaces(self, first: int) -> list[str]: ...
    def ids(self, terms: Sequence[tuple[str, str]]) -> NDArray[np.uint32]: ...
    def learn(
        self, chunks: list[bytes]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.uint32], NDArray[np.int64]]: ...
