from collections.abc import Sequence
from typing import Any

def objects(
    values: Sequence[object],
    names: tuple[str, ...],
    attributes: tuple[str, ...],
    keys: tuple[object, ...],
    omitted: tuple[bool, ...],
    columns: list[list[Any] | None],
) -> list[dict[str, Any]]: ...
