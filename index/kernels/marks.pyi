from typing import Protocol

from index.kernels.wanted import Wanted

class _Work(Protocol):
    left: int
    partial: bool

class Finder:
    wanted: Wanted
    names: list[str]

    def __init__(self, wanted: Wanted, seen: set[str]) -> None: ...
    def tell(self) -> None: ...
    def marked(
        self, text: str | bytes, work: _Work, most: int | None = None
    ) -> list[tuple[int, int, str]]: ...
