from collections.abc import Callable
from datetime import date
from typing import Any, Generic, TypeVar

from index.kernels.budgets import Budget
from index.kernels.candidates import Sought
from index.kernels.composed import Composed
from index.kernels.holding import Held, Holdings
from index.kernels.slotted import Maker
from index.kernels.words import Words

_Plan = TypeVar("_Plan", bound=Planned)

class PlainText:
    text: Any
    _nodes: Any
    _words: Any

class Planned:
    text: str
    composed: Composed
    ranking: Any
    offers: tuple[Any, ...]
    doubtful: tuple[Any, ...]
    cut: bool
    misread: bool
    late: bool
    complete_first: Any
    spares_words: Any
    nbytes: int
    offers_nothing: bool | None
    held: tuple[Held, ...]
    sought: Sought | None
    ready: Any
    question: Any
    stage: Any
    spared_texts: Any
    lacking: Any
    price: Any

class Planner(Generic[_Plan]):
    ranking: Any
    scorer: Words
    def __init__(
        self,
        *,
        plan: type[_Plan],
        question: type[PlainText],
        ready: Maker[Any],
        ranking: Any,
        scorer: Words,
        holdings: Holdings,
        offered: Callable[[str, None, date], tuple[Any, ...]],
        as_word: Callable[[str], str],
        lacking: Callable[[tuple[str, ...]], Any],
        most: int,
        costs: tuple[int, int, int],
        sizes: tuple[int, int],
    ) -> None: ...
    def of(
        self, key: tuple[str, bool, date], composed: Composed, part: Budget, budget: Budget
    ) -> _Plan: ...
    def question(self, text: str, composed: Composed) -> Any: ...
