from datetime import datetime
from typing import TypeVar

from index.segments.container import Section

Key = TypeVar("Key")

class Listed:
    def __init__(
        self,
        texts: Section,
        places: Section,
        facets: tuple[tuple[Key, str], ...],
        bulky: str,
        latest: datetime,
    ) -> None: ...
    def get(
        self, number: int
    ) -> tuple[str, str, datetime | None, str | None, dict[Key, str]] | None: ...
