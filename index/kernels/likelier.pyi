from collections.abc import Callable, Collection, Sequence
from typing import Any

from index.analysis.text import TextAnalysis
from index.kernels.budgets import Budget
from index.kernels.counting import Companies
from index.kernels.postings import Lookup

class Likelier:
    def __init__(
        self,
        companies: Companies,
        vocabulary: Any,
        slips: Callable[[str, str], float],
        may_be: Callable[[str], bool],
        how: TextAnalysis,
        *,
        field: str,
        stems: list[Lookup],
        forms: list[Lookup],
        irregular: tuple[Collection[str], ...],
        names: frozenset[str],
        nothing: float,
        stranger: float,
        ahead: tuple[float, float],
        if_stranger: float,
        short: int,
        long: int,
        least: float,
        rounding: float,
        dearest: tuple[float, float, float],
        most: int,
        several: int,
        costs: tuple[int, int],
    ) -> None: ...
    def counted(self, words: Sequence[Any]) -> list[tuple[int, Any]]: ...
    def begun(
        self, doubtful: Sequence[Any], words: Sequence[Any], budget: Budget
    ) -> tuple[list[tuple[int, Any]], int] | None: ...
    def none(
        self, counted: Sequence[tuple[int, Any]], at: int, words: Sequence[Any], left: int
    ) -> tuple[int, int]: ...
