from collections.abc import Sequence
from typing import Any, TypeAlias

_Tuple: TypeAlias = type[tuple[Any, ...]]

class Kinds:
    def __init__(
        self, *, word: type, sought: type, flat: type, holder: _Tuple, made: _Tuple
    ) -> None: ...

class Facts:
    word: Any
    work: int
    is_joined: bool
    is_unknown: bool
    is_doubtful: bool
    asks: bool
    tells_days: bool
    @property
    def holders(self) -> Sequence[Any]: ...
    @property
    def sought(self) -> Any: ...
    @property
    def nbytes(self) -> int: ...
