"""Whatever collects garbage looks at all lists and tuples of a length meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any


def looked_at(act: Callable[[], Any], length: int) -> Any:
    """What ``act`` gives. Before Python 3.12 each object that it makes may have garbage collected.

    A list or tuple that is not filled has no objects yet: who looks at these crashes.
    """

    def look(_phase: str, _info: dict[str, int]) -> None:
        look_at_all(length)

    held: list[list[object]] = [[] for _ in range(200)]  # else lists are made of those let go
    before = gc.get_threshold()
    gc.callbacks.append(look)
    gc.set_threshold(1)
    try:
        return act()
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(look)
        held.clear()


def look_at_all(length: int) -> None:
    """Look at the objects of every list and tuple of a length."""
    for one in gc.get_objects():
        if type(one) in {list, tuple} and len(one) == length:
            for each in one:
                assert type(each) is not None
