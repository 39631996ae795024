from collections.abc import Callable
from typing import Generic

from index.kernels.listed import Listed, Shown, _Key

class Shelf(Generic[_Key]):
    def __init__(
        self, segments: list[tuple[Listed[_Key] | None, int]], limit: int, each: int
    ) -> None: ...
    def several(
        self, numbers: list[int], otherwise: Callable[[int], Shown[_Key]]
    ) -> list[Shown[_Key]]: ...
    def put(self, number: int, shown: Shown[_Key]) -> None: ...
