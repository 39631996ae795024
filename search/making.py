"""Makes objects of a class with slots, one or many, without a call of the class for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any, Generic, Protocol, TypeVar, cast

from index.kernels import kernel

_Kind = TypeVar("_Kind")
_Made_co = TypeVar("_Made_co", covariant=True)
_slotted = kernel("slotted")


class Maker(Protocol[_Made_co]):
    """Makes objects of a class."""

    def one(self, *values: Any) -> _Made_co:
        """The object that has these values, one for each field."""

    def of_rows(
        self, rows: Sequence[tuple[Any, ...]], columns: tuple[list[Any] | Any, ...]
    ) -> tuple[_Made_co, ...]:
        """An object of each row; of a field that rows have not, in order, a column tells.

        That is a list of as many values as there are rows, or anything else, which all have. Raises
        ValueError where lengths differ or columns are more or fewer, TypeError for rows that are no
        tuples, IndexError for shorter ones.
        """


def maker_of(kind: type[_Kind], places: Mapping[str, int]) -> Maker[_Kind]:
    """What makes objects of a dataclass with slots whose ``__init__`` fills these and does no more.

    ``places``: of fields that rows have where they have them. Raises TypeError where the class does
    more.
    """
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__qualname__} does more than to fill its slots")
    names = tuple([one.name for one in fields(cast("Any", kind))])
    found = tuple([places.get(name, -1) for name in names])
    if _slotted is None:
        return _Called(kind, found)
    made: Maker[_Kind] = _slotted.Maker(kind, names, found)
    return made


class _Called(Generic[_Kind]):
    """The same by calls of the class."""

    def __init__(self, kind: type[_Kind], places: tuple[int, ...]) -> None:
        self.one = kind
        self._places = places

    def of_rows(
        self, rows: Sequence[tuple[Any, ...]], columns: tuple[list[Any] | Any, ...]
    ) -> tuple[_Kind, ...]:
        """See ``Maker``."""
        if len(columns) != sum([place < 0 for place in self._places]):
            raise ValueError("each slot that rows have not has a column")
        if any(type(one) is list and len(one) != len(rows) for one in columns):
            raise ValueError("a column is not as long as there are rows")
        if not all(isinstance(row, tuple) for row in rows):
            raise TypeError("a row is a tuple")
        apart = iter(columns)
        every: list[Iterable[Any]] = []
        for place in self._places:
            if place >= 0:
                every.append([row[place] for row in rows])
                continue
            column = next(apart)
            every.append(column if type(column) is list else repeat(column, len(rows)))
        return tuple(map(self.one, *every))
