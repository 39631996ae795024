from collections.abc import Callable
from typing import Any, Generic, TypeVar

from index.kernels.budgets import Budget
from index.kernels.paging import Paging
from index.kernels.scoring import Scorer
from index.kernels.shelf import Shelf
from index.kernels.slotted import Maker

_Answer = TypeVar("_Answer")

class Answering(Generic[_Answer]):
    def __init__(
        self,
        scorer: Scorer,
        paging: Paging,
        shelf: Shelf[Any],
        hits: Maker[Any],
        answers: Maker[_Answer],
        *,
        of_none: tuple[Any, ...],
        generation: str,
        relevance: object,
        off: object,
        day: int,
        begins: tuple[int, int],
        term: int,
        compared: int,
        clock: Callable[[], float],
        steps: Any,
    ) -> None: ...
    def of(
        self,
        request: Any,
        plan: Any,
        whole: Budget,
        finding: Budget,
        of_page: Budget,
        suggestion: str | None,
        started: float,
    ) -> _Answer | None: ...
