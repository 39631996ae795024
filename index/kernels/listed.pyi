from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from index.segments.container import Section

_Key = TypeVar("_Key")

Shown: TypeAlias = tuple[str, str, str, datetime | None, str | None, Mapping[_Key, str], int | None]

class Listed(Generic[_Key]):
    def __init__(
        self,
        texts: Section,
        places: Section,
        facets: tuple[tuple[_Key, str], ...],
        bulky: str,
        latest: datetime,
    ) -> None: ...
    def get(self, number: int) -> Shown[_Key] | None: ...
