from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from index.kernels.words import Words

_Fields: TypeAlias = tuple[tuple[str, float], ...]
_Terms: TypeAlias = tuple[tuple[str, str, float], ...]

class Weighed:
    stems: _Fields
    surfaces: _Fields
    glued: _Fields

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
        made: type[tuple[object, ...]],
        costs: tuple[int, int, int],
    ) -> None: ...
    def weighed(self, fields: tuple[_Fields, _Fields, _Fields]) -> Weighed: ...
    def of(
        self, surface: str, stem: str, cut: bool, fields: Weighed
    ) -> tuple[
        int,
        int,
        bool,
        float,
        Sequence[Any],
        tuple[_Terms, ...],
        _Terms,
        tuple[Any, Any],
    ]: ...
