from collections.abc import Callable
from typing import Any, Generic, TypeVar

from index.kernels.budgets import Budget
from index.kernels.memos import Memo
from index.kernels.paging import Paging
from index.kernels.plain import Texts
from index.kernels.planning import Planner
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
        planned: Memo[Any, Any] | None,
        texts: Texts | None,
        planner: Planner[Any] | None,
        corrects: bool,
        order: int,
        most: tuple[int, int, int],
        deleted: bool,
    ) -> None: ...
    def search(
        self, request: Any, started: float
    ) -> _Answer | tuple[_Answer, Any, Budget] | Budget | None: ...
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
