from collections.abc import Callable
from typing import TypeAlias

from index.kernels.words import Word, Words

_Fields: TypeAlias = tuple[tuple[str, float], ...]
_Terms: TypeAlias = tuple[tuple[str, str, float], ...]

class Asked:
    def __init__(
        self,
        words: Words,
        uncut: Callable[[str], int],
        glued: Callable[[str], list[tuple[str, int, int]]],
        most: int,
        holder: type[tuple[str, int, int, float]],
        worth: float,
        lead: str,
        written: str,
        damaged: Callable[[], Exception],
    ) -> None: ...
    def of(
        self, surface: str, stem: str, cut: bool, fields: tuple[_Fields, _Fields, _Fields]
    ) -> tuple[
        int,
        int,
        bool,
        float,
        tuple[tuple[str, int, int, float], ...],
        tuple[_Terms, ...],
        tuple[Word, Word] | None,
    ]: ...
