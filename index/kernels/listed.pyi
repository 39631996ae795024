from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from index.segments.container import Section

_Key = TypeVar("_Key")

_Shown: TypeAlias = tuple[str, str, str, datetime | None, str | None, Mapping[_Key, str]]

class Listed(Generic[_Key]):
    def __init__(
        self,
        texts: Section,
        places: Section,
        facets: tuple[tuple[_Key, str], ...],
        bulky: str,
        latest: datetime,
    ) -> None: ...
    def get(self, number: int) -> _Shown[_Key] | None: ...
    def with_size(self, number: int) -> tuple[_Shown[_Key], int] | None: ...

class Shelf(Generic[_Key]):
    def __init__(
        self, segments: list[tuple[Listed[_Key] | None, int]], limit: int, each: int
    ) -> None: ...
    def several(self, numbers: list[int]) -> list[tuple[_Shown[_Key], int | None] | None]: ...
    def put(self, number: int, found: tuple[_Shown[_Key], int | None]) -> None: ...
