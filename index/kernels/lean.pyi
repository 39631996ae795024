from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from index.kernels.tidy import Tidiness

class Rules:
    def __init__(
        self,
        tidiness: Tidiness,
        kind: type,
        facets: tuple[str, ...],
        *,
        printed: frozenset[str],
        beginnings: frozenset[str],
        is_no_text: Callable[[str], bool],
        longest_no_text: int,
        short_name: Callable[[str, str], tuple[str | None, list[Any]]],
        longest_name: int,
        day: Callable[[str], datetime],
        no_date: type[Exception],
        plain_day: int,
        date: Callable[[Mapping[str, object], Any, list[Any]], datetime | None],
        without_cut: Callable[[str, list[Any]], str],
        text: Callable[[Mapping[str, object], Any, str, list[Any]], str],
        line: Callable[[Mapping[str, object], Any, str, list[Any]], str],
        given_id: Callable[[Mapping[str, object], Any, list[Any]], str],
        name: Callable[[Mapping[str, object], Any, str, list[Any]], str | None],
        dateline: Callable[[str], Any],
        assembled: Callable[..., Any],
        longest_id: int,
    ) -> None: ...

class Columns:
    def __init__(
        self,
        rules: Rules,
        plan: object,
        *,
        body: tuple[str, ...],
        title: tuple[str, ...],
        url: tuple[str, ...],
        origin: tuple[str, ...],
        id: tuple[str, ...],  # noqa: A002
        date: tuple[str, ...],
        facets: tuple[tuple[str, ...], ...],
        alone: bool,
    ) -> None: ...
    def article(self, values: Mapping[str, object], faults: list[Any]) -> Any | None: ...
