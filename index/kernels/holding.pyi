from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kernels.budgets import Budget
from index.kernels.verbatim import Standing

class Held:
    feature: str
    field: str
    words: tuple[str, ...]
    part: float
    @property
    def documents(self) -> NDArray[np.int32]: ...

class Holdings:
    def __init__(
        self,
        *,
        titles: Standing | None,
        bodies: Standing | None,
        lengths: NDArray[np.float32],
        fields: tuple[str, str],
        worth: tuple[float, float],
        long: int,
        links: tuple[tuple[str, ...], ...],
        by_steps: Callable[[tuple[str, ...], Budget], Iterable[Any]],
        inside: Callable[[tuple[str, ...], Budget], tuple[tuple[str, ...], NDArray[np.int32]]],
    ) -> None: ...
    def of(self, words: tuple[str, ...], budget: Budget) -> tuple[Held, ...]: ...
