from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Literal

from index.kernels.words import Word

Asked = tuple[int, tuple[str, ...], list[Any], tuple[Any, ...], bool]
Read = tuple[tuple[Word, ...], list[Hashable], int]
Looked = tuple[
    tuple[Any, ...],
    list[Any],
    list[Hashable],
    int,
    tuple[tuple[str, str, int, float], ...],
]
Composed = tuple[Asked, Read, Looked, int]

class Composer:
    def __init__(
        self,
        pairs: Mapping[tuple[str, str], tuple[Any, int]],
        node: int,
        *,
        beside: bool,
        alike: bool,
        several: int,
    ) -> None: ...
    def of(
        self, facts: Sequence[Any], find: Callable[[str, str], object]
    ) -> Composed | Literal[False] | None: ...
