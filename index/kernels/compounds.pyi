from collections.abc import Callable
from typing import Any

from index.analysis.text import Token
from index.kernels.cuts import Cutter
from index.kernels.glued import Begins

class Compounds:
    def __init__(
        self,
        cutter: Cutter,
        begins: Begins,
        damaged: Callable[[], Exception],
        *,
        common: int,
        token: type[Token],
        form: type,
        compound: type,
        node: int,
        bounds: tuple[float, ...],
        prepositions: frozenset[str],
        together: Callable[[str, str, int], tuple[int, int, int] | None],
    ) -> None: ...
    def pair(self, first: str, second: str, left: int) -> tuple[Any, int] | None: ...
    def joined(self, surface: str, left: int) -> tuple[Any, int] | None: ...
    def parts(
        self, first: str, second: str
    ) -> tuple[Token, Token, tuple[Any, ...], int] | tuple[()] | None: ...
