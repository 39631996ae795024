from collections.abc import Callable, Sequence
from typing import Any

from index.kernels.asking import Asked
from index.kernels.memos import Memo
from index.kernels.verbatim import Standing

class Speller:
    def __init__(
        self,
        asked: Asked,
        standing: tuple[Standing, ...],
        *,
        word: type,
        beside: type,
        spellings: type,
        sought: type,
        made: type[tuple[Any, ...]],
        key: type,
        weights: object,
        other: float,
        most: int,
        node: int,
        compared: int,
    ) -> None: ...
    def of(self, ready: list[Any], parts: tuple[Any, Any], forms: Sequence[Any]) -> Any | None: ...

class Spelt:
    def __init__(
        self,
        speller: Speller | None,
        kept: Memo[Any, Any],
        words: dict[str, tuple[Any, int]],
        pairs: dict[tuple[str, str], tuple[Any, int]],
        steps: Callable[[tuple[Any, ...]], object],
        *,
        of_one: int,
        of_term: int,
    ) -> None: ...
