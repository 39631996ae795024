"""What every error of this project is: one sentence in English and in Indonesian."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from index.printing import shown


class WartaError(Exception):
    """An error with an English and an Indonesian sentence.

    What they quote may be from anywhere: nothing in them commands a terminal or ends the line.
    """

    status: ClassVar[int] = 1
    """With which a command ends: 1 where its work failed, 2 where it was asked wrongly."""

    def __init__(self, english: str, indonesian: str) -> None:
        super().__init__(shown(english))
        self.english = shown(english)
        self.indonesian = shown(indonesian)

    def __reduce__(self) -> tuple[Callable[..., WartaError], tuple[Any, ...]]:
        """As another process raises it; what it was made of is not needed again."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[WartaError], told: tuple[str, ...], facts: Mapping[str, Any]
) -> WartaError:
    error = kind.__new__(kind, *told)
    error.__dict__.update(facts)
    return error
