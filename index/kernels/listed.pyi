from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from index.segments.container import Section

_Key = TypeVar("_Key")

_Shown: TypeAlias = tuple[str, str, datetime | None, str | None, dict[_Key, str]]

_WithHtml: TypeAlias = tuple[str, str, str, datetime | None, str | None, dict[_Key, str]]

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
    def with_size(self, number: int) -> tuple[_WithHtml[_Key], int] | None: ...
