from collections.abc import Callable, Hashable
from typing import Any, Literal

from index.kernels.candidates import Sought
from index.kernels.cuts import Cutter
from index.kernels.postings import Lookup
from index.kernels.word import Word
from index.kernels.words import Words

class Composed:
    facts: list[Any]
    written: list[Any]
    nodes: list[Any]
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
    def searched(self) -> list[Any]: ...
    def keys(self) -> list[Hashable]: ...
    def fresh(self) -> list[Hashable]: ...
    def texts(self, as_word: Callable[[str], str]) -> tuple[str, ...]: ...
    def made(self) -> list[Any]: ...
    def sought(self) -> Sought | None: ...
    def pairs(self) -> tuple[tuple[str, str, int, float], ...]: ...

class Composer:
    def __init__(
        self,
        pairs: dict[tuple[str, str], tuple[Any, int]],
        cutter: Cutter | None,
        compound: Callable[[tuple[Any, ...]], object],
        node: int,
        partial: bool,
        scorer: Words,
        lead: Lookup,
        worth: float,
        alike: bool,
        several: int,
    ) -> None: ...
    def of(
        self, facts: list[Any], find: Callable[[str, str, bool], object] | None = None
    ) -> Composed | Literal[False] | None: ...
