from collections.abc import Iterable

from index.segments.postings import FieldIndex

class Field:
    terms: int

    def __init__(self, index: FieldIndex) -> None: ...
    def find(self, term: bytes) -> int: ...
    def document_frequency(self, term: bytes) -> int: ...

class Lookup:
    fields: tuple[Field | None, ...]
    segments: int

    def __init__(self, fields: Iterable[Field | None]) -> None: ...
