from collections.abc import Sequence
from typing import Any

from index.kernels.asking import Asked
from index.kernels.verbatim import Standing
from index.kernels.word import Word

class Speller:
    def __init__(
        self,
        asked: Asked,
        standing: tuple[Standing, ...],
        *,
        word: type,
        beside: type,
        spellings: type,
        other: float,
        most: int,
        node: int,
        compared: int,
    ) -> None: ...
    def of(
        self, ready: list[Any], parts: tuple[Any, Any], forms: Sequence[Any]
    ) -> tuple[Any, tuple[Any, ...], Word, int, Word | None, int, int] | None: ...
