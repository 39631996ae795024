from collections.abc import Callable, Sequence
from typing import TypeAlias

_Tokens: TypeAlias = tuple[tuple[int, int, str, str], ...]

class Looked:
    def __init__(
        self,
        look: Callable[[str], _Tokens],
        terms: Callable[[str], Sequence[tuple[str, str]]],
        most: int = ...,
    ) -> None: ...
    def __len__(self) -> int: ...
    def tokens(self, chunk: str) -> _Tokens: ...
