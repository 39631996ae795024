"""The terms of a segment as Whoosh reads them: look-ups, iteration, a cursor and statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import EmptyCursor, FieldCursor
from whoosh.codec.base import TermsReader as WhooshTermsReader
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from index.codec.matcher import PostingMatcher
from index.segments.documents import Documents
from index.segments.postings import FieldIndex
from index.segments.reader import open_documents, open_postings
from index.segments.segment import ArraySegment

_CHUNK = 256

Array = NDArray[Any]
Lengths = Callable[[], Array | None]
Term = tuple[str, bytes]


class ArrayTermInfo(TermInfo):  # type: ignore[misc]
    """Statistics of a term, computed from its postings when they are asked for.

    Lengths are those of the documents that have it, 0 where the field has none.
    """

    def __init__(self, field: FieldIndex, ordinal: int, lengths: Lengths) -> None:
        self._field = field
        self._ordinal = ordinal
        self._lengths = lengths
        documents = field.documents(ordinal)
        # Whoosh moves the last two itself where a segment is one of several.
        super().__init__(df=len(documents), minid=int(documents[0]), maxid=int(documents[-1]))

    def weight(self) -> float:
        return total_weight(self._field, self._ordinal)

    def max_weight(self) -> float:
        weights = self._field.frequencies(self._ordinal)
        return 1.0 if weights is None else float(weights.max())

    def min_length(self) -> int:
        lengths = self._lengths()
        return 0 if lengths is None else int(lengths[self._documents()].min())

    def max_length(self) -> int:
        lengths = self._lengths()
        return 0 if lengths is None else int(lengths[self._documents()].max())

    def _documents(self) -> Array:
        return self._field.documents(self._ordinal)


def total_weight(field: FieldIndex, ordinal: int) -> float:
    """The sum of the weights of a term's postings."""
    weights = field.frequencies(ordinal)
    if weights is None:
        return float(field.document_frequency(ordinal))
    return float(weights.sum(dtype=np.float64))


class TermsReader(WhooshTermsReader):  # type: ignore[misc]
    """Everything raises ``FileDamaged``."""

    def __init__(self, storage: Storage, segment: ArraySegment) -> None:
        self._storage = storage
        self._segment = segment
        self._fields = open_postings(storage, segment).fields
        self._documents: Documents | None = None

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldIndex, int]:
        """Raises ``TermNotFound``."""
        field = self._fields.get(fieldname)
        ordinal = -1 if field is None else field.find(text)
        if field is None or ordinal < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, ordinal

    def _lengths(self, fieldname: str) -> Array | None:
        """Statistics of terms need the other file of the segment, postings alone do not."""
        if self._documents is None:
            self._documents = open_documents(self._storage, self._segment)
        if not self._documents.has_lengths(fieldname):
            return None
        return self._documents.lengths(fieldname)

    def __contains__(self, term: Term) -> bool:
        field = self._fields.get(term[0])
        return field is not None and field.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    def cursor(self, fieldname: str, fieldobj: FieldType) -> FieldCursor:
        field = self._fields.get(fieldname)
        if field is None:
            return EmptyCursor()
        return ArrayCursor(field, fieldobj, partial(self._lengths, fieldname))

    def terms(self) -> Iterator[Term]:
        for name, field in self._fields.items():
            for _, text in _texts(field, 0):
                yield name, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Terms from ``prefix`` on, and those of the fields behind."""
        for name, _, _, text in self._from(fieldname, prefix):
            yield name, text

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        for name, field in self._fields.items():
            lengths = partial(self._lengths, name)
            for ordinal, text in _texts(field, 0):
                yield (name, text), ArrayTermInfo(field, ordinal, lengths)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Terms and their statistics from ``prefix`` on, and those of the fields behind."""
        for name, field, ordinal, text in self._from(fieldname, prefix):
            yield (name, text), ArrayTermInfo(field, ordinal, partial(self._lengths, name))

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, FieldIndex, int, bytes]]:
        if fieldname not in self._fields:
            return
        for name, field in self._fields.items():
            if name < fieldname:
                continue
            start = field.lower_bound(prefix) if name == fieldname else 0
            for ordinal, text in _texts(field, start):
                yield name, field, ordinal, text

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Raises ``TermNotFound``."""
        return ArrayTermInfo(*self._find(fieldname, text), partial(self._lengths, fieldname))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Raises KeyError for a term that is not there."""
        return total_weight(*self._known(fieldname, text))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Raises KeyError for a term that is not there."""
        field, ordinal = self._known(fieldname, text)
        return field.document_frequency(ordinal)

    def _known(self, fieldname: str, text: bytes) -> tuple[FieldIndex, int]:
        try:
            return self._find(fieldname, text)
        except TermNotFound:
            raise KeyError((fieldname, text)) from None

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> PostingMatcher:
        """Raises ``TermNotFound``."""
        field, ordinal = self._find(fieldname, text)
        return PostingMatcher(
            field,
            ordinal,
            term=(fieldname, text),
            format_=format_,
            scorer=scorer,
            lengths=partial(self._lengths, fieldname),
        )


def _texts(field: FieldIndex, start: int) -> Iterator[tuple[int, bytes]]:
    """The ordinals from ``start`` on with their terms."""
    for first in range(start, field.terms, _CHUNK):
        yield from enumerate(field.texts(first, min(first + _CHUNK, field.terms)), first)


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Walks over the terms of a field, as the field's type reads them; starts at the first."""

    def __init__(self, field: FieldIndex, fieldobj: FieldType, lengths: Lengths) -> None:
        self._field = field
        self._type = fieldobj
        self._lengths = lengths
        self._move(0)

    def _move(self, ordinal: int) -> Any:
        self._ordinal = ordinal
        self._text = None
        if self.is_valid():
            self._text = self._type.from_bytes(self._field.text(ordinal))
        return self._text

    def is_valid(self) -> bool:
        return self._ordinal < self._field.terms

    def first(self) -> Any:
        return self._move(0)

    def next(self) -> Any:
        return self._move(min(self._ordinal + 1, self._field.terms))

    def find(self, term: Any) -> Any:
        """Move to the first term that is not less; the term, or None at the end."""
        if not isinstance(term, bytes):
            term = self._type.to_bytes(term)
        return self._move(self._field.lower_bound(term))

    def text(self) -> Any:
        return self._text

    def term_info(self) -> TermInfo | None:
        return ArrayTermInfo(self._field, self._ordinal, self._lengths) if self.is_valid() else None
