"""What a segment keeps of each document: field lengths, columns and stored values, as arrays.

A container (see ``container``) of kind ``documents`` in the file ``<segment>.doc``. Its facts::

    {"segment": its id,
     "documents": number,
     "lengths": {field: section},                  fields with equal lengths share a section
     "columns": {field: {"kind": "numbers", "section", "absent"} or
                        {"kind": "ordinals", "section"} or
                        {"kind": "bytes", "section"}},
     "vectors": {field: section}}

============== =========== ============= =========================================================
section        dtype       items         what
============== =========== ============= =========================================================
length.F       u1 to u4    documents     tokens of the field, exact
column.F       by content  documents     a number a document (``absent`` where it has none), or an
                                         ordinal into the values below
column.F.text  |u1         bytes         the column's distinct values, ascending, one after another
column.F.at    u4 or u8    values + 1    where each begins
column.F.raw   |u1         bytes         any other column as Whoosh's own writer writes it
stored         |u1         bytes         of each document its stored values (see ``records``), but
                                         for bulky ones. With ``"": [(name, bytes), ...]`` it
                                         has bulky ones, which follow each other in ``bulk``
stored_at      u4 or u8    documents + 1 where each begins
bulk           |u1         bytes         of each document with bulky values their text in UTF-8, a
                                         Zstandard frame (RFC 8878)
bulk_at        u4 or u8    documents + 1 where each begins; one of no bytes has no text
vector.F       |u1         bytes         of each document its term vector, pickled
vector.F.at    u4 or u8    documents + 1 where each begins; one of no bytes is absent
============== =========== ============= =========================================================

The facts name the section of a field: in Whoosh's writer's, full stops in F are ``%2E``.

Text is bulky from ``BULKY`` characters on, and the field ``body`` always is: lists of hits do not
show it, and what they show stays together. A frame holds the text of one document, so that a
snippet unpacks nothing else: ten of them take a fifth of the time that frames of 16 KiB take, for
19 % more bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index import frames
from index.clock import LATEST
from index.errors import FileDamaged
from index.fields import Facet
from index.kernels import kernel
from index.segments.container import Container, Section
from index.segments.records import BULK, bulky_values, from_bytes, sizes_of_bulky
from index.segments.unpickling import read_pickle

if TYPE_CHECKING:
    from index.kernels.listed import Listed

EXTENSION = ".doc"
NUMBER = "number"
"""The column of the places of articles in the order of reading, over all segments: each has its
own. Articles that nothing else parts are in that order, whoever indexed them. Segments that others
wrote have none."""
KIND = "documents"
BULKY = 1000
ALWAYS_BULKY = frozenset({"body"})

LONGEST_TEXT = 1 << 28
"""Bytes that a text may have unpacked: one of more was not written by this program."""

_KEPT_BYTES = 1 << 20
_KEPT_TEXT = 1 << 18
"""Unpacked text that a segment keeps in all, and the longest text that it keeps."""

_LAST = 1000
"""Kept is what is among so many unpacked last: most is asked for once, and memory that is taken for
all of it is never the memory that the processor has at hand (8 % of a page with snippets)."""

Array = NDArray[Any]

_strings = kernel("strings")


def _check_facts(size: Any, lengths: Any, columns: Any, vectors: Any) -> None:
    """Raise TypeError or KeyError for facts that no writer wrote."""
    members = (lengths, columns, vectors)
    if type(size) is not int or not all(isinstance(one, dict) for one in members):
        raise TypeError
    sections = [column["section"] for column in columns.values()]
    if not {column["kind"] for column in columns.values()} <= {"numbers", "ordinals", "bytes"}:
        raise KeyError
    if not all(isinstance(one, str) for one in (*lengths.values(), *sections, *vectors.values())):
        raise TypeError


def unpacked(file: str, frame: memoryview, size: int) -> bytes:
    """The text of a frame that is said to hold so many bytes; more are not unpacked."""
    if not 0 <= size <= LONGEST_TEXT:
        raise FileDamaged(file, f"a text is said to have {size} bytes")
    try:
        return frames.unpacked(frame, size)
    except (frames.FrameDamaged, MemoryError) as error:
        raise FileDamaged(file, str(error)) from None


class ByteStrings:
    """Byte strings by number, from a section that holds them and one that says where."""

    def __init__(self, container: Container, texts: str, places: str) -> None:
        self._texts: Section = container[texts]
        self._places: Section = container[places]
        if not len(self._places):
            raise FileDamaged(container.name, f"{places} is empty")
        # Files are read by pointer only where their sections are what they should be.
        plain = _strings is not None and self._places.array.dtype.kind == "u"
        self._compiled = _strings.Strings(self._texts, self._places) if plain else None

    def __len__(self) -> int:
        return len(self._places) - 1

    def __getitem__(self, number: int) -> bytes:
        if self._compiled is not None:
            found: bytes = self._compiled.get(number)
            return found
        start, stop = self._places.part(number, number + 2).tolist()
        return self._texts.part(start, stop).tobytes()

    def view(self, number: int) -> memoryview:
        """One of them where it lies, verified."""
        if self._compiled is not None:
            found: memoryview = self._compiled.view(number)
            return found
        start, stop = self._places.part(number, number + 2).tolist()
        return self._texts.part(start, stop).data

    def views(self, numbers: list[int]) -> list[memoryview]:
        """The same of several."""
        if self._compiled is not None:
            found: list[memoryview] = self._compiled.views(numbers)
            return found
        return [self.view(number) for number in numbers]

    def all(self) -> list[bytes]:
        """All of them."""
        places = self._places.all().tolist()
        blob = self._texts.all().tobytes()
        return [blob[a:b] for a, b in pairwise(places)]


class Documents:
    """The mapped file of a segment. Everything raises ``FileDamaged``."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.container = container = Container(storage, name, KIND)
        try:
            facts = container.facts
            self.size: int = facts["documents"]
            self._lengths: Mapping[str, str] = facts["lengths"]
            self.columns: Mapping[str, Mapping[str, Any]] = facts["columns"]
            self.vectors: Mapping[str, str] = facts["vectors"]
            _check_facts(self.size, self._lengths, self.columns, self.vectors)
        except (KeyError, TypeError):
            raise FileDamaged(name, "its facts cannot be read") from None
        container.require_unsigned(
            *(one["section"] for one in self.columns.values() if one["kind"] == "numbers")
        )
        self._stored = ByteStrings(container, "stored", "stored_at")
        self._bulk = ByteStrings(container, "bulk", "bulk_at")
        self._lock = threading.Lock()
        self._texts: dict[int, bytes] = {}
        self._kept = 0
        self._last: set[int] = set()
        if len(self._stored) != self.size or len(self._bulk) != self.size:
            raise FileDamaged(name, f"it does not hold {self.size} documents")
        for field, section in self._lengths.items():
            if len(container[section]) != self.size:
                raise FileDamaged(name, f"the lengths of {field} are not {self.size}")
        for field, column in self.columns.items():
            if column["kind"] != "bytes" and len(container[column["section"]]) != self.size:
                raise FileDamaged(name, f"the column of {field} does not have {self.size} values")

    def has_lengths(self, field: str) -> bool:
        return field in self._lengths

    def length_fields(self) -> list[str]:
        return list(self._lengths)

    def lengths(self, field: str) -> Array:
        """The lengths of a field in tokens: (size,) unsigned."""
        return self.container[self._lengths[field]].all()

    def numbers(self, field: str) -> Array:
        """A column of numbers: (size,)."""
        return self.container[self.columns[field]["section"]].all()

    def raw_column(self, field: str) -> memoryview:
        """A column as Whoosh's own writer wrote it."""
        return self.container[self.columns[field]["section"]].all().data

    def ordinals(self, field: str) -> tuple[Array, list[bytes]]:
        """A column of byte strings: (size,) unsigned ordinals into its distinct values."""
        name = self.columns[field]["section"]
        return self.container[name].all(), self.values(field).all()

    def values(self, field: str) -> ByteStrings:
        """The distinct values of a column of byte strings, ascending."""
        name = self.columns[field]["section"]
        return ByteStrings(self.container, f"{name}.text", f"{name}.at")

    @cached_property
    def listed(self) -> Listed[Facet] | None:
        """What lists of hits show of documents, as a kernel reads it; None without it."""
        module, container = kernel("listed"), self.container
        if module is None or container["stored_at"].array.dtype.kind != "u":
            return None
        facets = tuple((facet, facet.value) for facet in Facet)
        found: Listed[Facet] = module.Listed(
            container["stored"], container["stored_at"], facets, BULK, LATEST
        )
        return found

    def records(self) -> list[bytes]:
        """The records of all documents, bulky text apart."""
        return self._stored.all()

    def hit(self, number: int) -> dict[str, Any]:
        """The stored values of a document but for those that lists of hits do not show."""
        values = self._record(number)
        bulky = values.pop(BULK, None)
        if bulky:
            for name, _ in sizes_of_bulky(self.container.name, number, bulky):
                if name not in ALWAYS_BULKY:  # a very long title
                    values = self.stored(number)
                    for one in ALWAYS_BULKY:
                        values.pop(one, None)
                    break
        return values

    def stored(self, number: int) -> dict[str, Any]:
        """The stored values of a document."""
        values = self._record(number)
        bulky = values.pop(BULK, None)
        if bulky:
            sizes = sizes_of_bulky(self.container.name, number, bulky)
            text = self.texts([number], [sum([size for _, size in sizes])])[0]
            values |= bulky_values(self.container.name, number, sizes, text)
        return values

    def texts(self, numbers: list[int], sizes: list[int]) -> list[bytes]:
        """The bulky text of each document, of so many bytes, its values one after the other.

        It may be no UTF-8.
        """
        found = [self._texts.get(number) for number in numbers]
        lacking = [
            place
            for place, (text, size) in enumerate(zip(found, sizes, strict=True))
            if text is None or len(text) != size
        ]
        views = self._bulk.views([numbers[place] for place in lacking])
        for place, frame in zip(lacking, views, strict=True):
            number, size = numbers[place], sizes[place]
            text = found[place] = unpacked(self.container.name, frame, size) if size else b""
            if size <= _KEPT_TEXT:
                self._keep(number, text)
        return cast("list[bytes]", found)

    def strings(self, name: str, first: int, stop: int) -> tuple[Array, NDArray[np.int64]]:
        """What documents have in ``stored`` or ``bulk``, one after the other: (bytes,) uint8.

        And how many bytes each has: (stop - first,).
        """
        places = self.container[f"{name}_at"].part(first, stop + 1).astype(np.int64)
        sizes = np.diff(places)
        if int(sizes.min(initial=0)) < 0:
            raise FileDamaged(self.container.name, f"{name} does not follow its documents")
        return self.container[name].part(int(places[0]), int(places[-1])), sizes

    def _record(self, number: int) -> dict[str, Any]:
        return from_bytes(self.container.name, self._stored[number])

    def _keep(self, number: int, text: bytes) -> None:
        if number not in self._last:
            if len(self._last) >= _LAST:
                self._last.clear()
            self._last.add(number)
            return
        with self._lock:
            if number in self._texts:
                return  # another thread was faster
            if self._kept + len(text) > _KEPT_BYTES:
                self._texts.clear()
                self._kept = 0
            self._texts[number] = text
            self._kept += len(text)

    def vector(self, field: str, number: int) -> Any:
        """The term vector of a document, a list of columns as Whoosh gave them, or None."""
        name = self.vectors[field]
        packed = ByteStrings(self.container, name, f"{name}.at")[number]
        return read_pickle(self.container.name, packed) if packed else None
