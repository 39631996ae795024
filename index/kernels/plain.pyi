from collections.abc import Callable
from typing import Any

from index.kernels.asking import Asked
from index.kernels.budgets import Budget
from index.kernels.composed import Composed
from index.kernels.composing import Composer
from index.kernels.facts import Facts
from index.kernels.memos import Memo

class Texts:
    def __init__(
        self,
        facts: Memo[str, Facts],
        asked: Asked,
        composer: Composer,
        spellings: Callable[[Budget], Any],
        *,
        most: int,
        of_word: int,
        of_holder: int,
        currencies: frozenset[str],
        units: frozenset[str],
    ) -> None: ...
    def of(self, text: str, budget: Budget) -> Composed | tuple[list[Any], Any] | None: ...
