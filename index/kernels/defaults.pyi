from collections.abc import Callable
from types import FunctionType
from typing import Any, Literal

class Init:
    def __init__(
        self,
        kind: type,
        names: tuple[str, ...],
        defaults: tuple[Any, ...],
        anew: tuple[bool, ...],
        sure: tuple[range | Literal[False] | None, ...],
        witness: Callable[[], FunctionType],
    ) -> None: ...
    def __get__(self, one: object, kind: type) -> Any: ...
