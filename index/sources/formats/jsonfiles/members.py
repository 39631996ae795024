"""What one value of a JSON file holds, by the bracket in which it stands."""

from __future__ import annotations

from collections.abc import Iterable

from index.light_dataclass import dataclass
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.orientations import is_header
from index.sources.formats.jsonfiles.payload import of_payload
from index.sources.formats.jsonfiles.unwrapping import unwrap, unwrap_member


@dataclass(slots=True)
class Level:
    """A bracket that is open; one that was ``entered`` is longer than an article may be.

    In one that is ``broken`` something else is wrong.
    """

    closing: str
    line: int
    entered: bool = False
    broken: bool = False
    beside: bool = False
    header: list[object] | None = None
    position: int = 0
    found: bool = False
    lost: bool = False


class Members:
    """Finds the articles in one value after another, and remembers the header of a table."""

    def __init__(self, names: FieldNames) -> None:
        self._names = names
        self._header: list[object] | None = None

    @property
    def are_rows(self) -> bool:
        """A list by itself was a header, so that the next ones are rows."""
        return self._header is not None

    def articles(self, value: object, key: str, level: Level | None) -> Iterable[object]:
        """The articles in a value, and what else is in their place."""
        if level:
            level.position += 1
        if level and level.closing == "}":
            if isinstance(value, str) and value and self._names.plan((key,))["body"]:
                level.lost = True
            return unwrap_member(key, value, level.position - 1, self._names)
        if isinstance(value, list):
            return self._of_list(value, level)
        return self._of_item(value)

    def _of_list(self, value: list[object], level: Level | None) -> Iterable[object]:
        """A list in an array: a page of objects, a header, or a row under one; or a payload."""
        if level is None:
            return self._of_one(value)
        if value and all(isinstance(item, dict) for item in value):
            return [article for item in value for article in self._of_item(item)]
        if level.header is not None:
            return [dict(zip(map(str, level.header), value, strict=False))]
        if is_header(value, self._names):
            level.header = value
            return ()
        return () if not value else (value,)

    def _of_one(self, value: list[object]) -> Iterable[object]:
        """A list by itself: a line of a table, of which the first is the header, or a payload."""
        if self._header is not None:
            return [dict(zip(map(str, self._header), value, strict=False))]
        if is_header(value, self._names):
            self._header = value
            return ()
        payload = of_payload(value)
        value = [payload] if isinstance(payload, dict) else value
        return [article for item in value for article in self._of_item(item)]

    def _of_item(self, item: object) -> Iterable[object]:
        return unwrap(item, self._names) if isinstance(item, dict) else (item,)
