from collections.abc import Callable, Hashable
from typing import Any

from index.kernels.candidates import Sought
from index.kernels.word import Word

class Composed:
    scorer: Any
    facts: list[Any]
    compounds: list[Any] | None
    surfaces: tuple[str, ...]
    doubtful: tuple[Any, ...]
    words: tuple[Word, ...]
    loose: tuple[Word, ...]
    uncounted: tuple[Word, ...]
    alike: tuple[Word, ...]
    work: int
    reading: int
    cost: int
    nbytes: int
    tells_days: bool
    @property
    def written(self) -> list[Any]: ...
    @property
    def nodes(self) -> list[Any]: ...
    def searched(self) -> list[Any]: ...
    def keys(self) -> list[Hashable]: ...
    def fresh(self) -> list[Hashable]: ...
    def texts(self, as_word: Callable[[str], str]) -> tuple[str, ...]: ...
    def made(self) -> list[Any]: ...
    def sought(self) -> Sought | None: ...
    def pairs(self) -> tuple[tuple[str, str, int, float], ...]: ...
