from typing import Any, Generic, TypeVar

_Kind = TypeVar("_Kind")

class Maker(Generic[_Kind]):
    def __init__(
        self, kind: type[_Kind], names: tuple[str, ...], places: tuple[int, ...]
    ) -> None: ...
    def one(self, *values: Any) -> _Kind: ...
    def of_rows(
        self, rows: list[tuple[Any, ...]], columns: tuple[list[Any] | Any, ...]
    ) -> tuple[_Kind, ...]: ...
