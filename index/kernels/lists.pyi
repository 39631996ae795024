from collections.abc import Collection
from typing import Any

class Lists:
    def __init__(
        self,
        parts: Collection[tuple[int, Collection[Any]]],
        others: Collection[str] = (),
        base: Lists | None = None,
        /,
    ) -> None: ...
