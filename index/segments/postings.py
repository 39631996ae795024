"""The inverted index of a segment as arrays: terms, and which documents have them where.

A container (see ``container``) of kind ``postings`` in the file ``<segment>.inv``. Its facts are
``{"segment": its id, "fields": [{"name", "terms", "postings"}, ...]}``, fields in the order of
their names; the sections of field number F:

============== ========= ============ ============================================================
section        dtype     items        what
============== ========= ============ ============================================================
F.text         |u1       bytes        the terms, ascending by their bytes, one after the other
F.text_at      u4 or u8  terms + 1    where each term begins in ``text``
F.keys         u8        terms / 16   the first eight bytes of every sixteenth term, as a big-endian
                                      number, zeros behind shorter ones
F.posting_at   u4 or u8  terms + 1    where each term's postings begin
F.documents    u2 or u4  postings     document numbers, ascending within a term; without items in a
                                      companion (``index.companion``), where all below are absent
F.frequencies  u1 to u4  postings     how often the document has the term, or, as f4, the postings'
                                      weights; absent where all are 1
F.position_at  u4 or u8  terms + 1    where each term's positions begin; absent without positions
F.positions    u1 to u4  occurrences  positions, ascending within a posting. A posting has as many
                                      as its frequency
F.first        u1 to u4  postings     the first position of each posting, again, in the field where
                                      it counts how early a word stands; absent in others
F.counts       u1 to u4  postings     how often the document has the term, and so how many positions
                                      each posting has, where weights are no frequencies
F.value_at     u4 or u8  postings + 1 where each posting's value begins, for formats other than
                                      positions and frequencies
F.values       |u1       bytes        posting values as Whoosh's format encoded them
============== ========= ============ ============================================================
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.errors import FileDamaged, PostingsAbsent
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.absent import Absent
from index.segments.container import Container, Section
from index.segments.runs import running_sums

if TYPE_CHECKING:
    from index.kernels.postings import Field

EXTENSION = ".inv"
KIND = "postings"
KEY_STEP = 16
_KEY_BYTES = 8

_FEW_TERMS = 4 * KEY_STEP

_BYTES, _SMALL, _PLACES = {"|u1"}, {"|u1", "<u2", "<u4"}, {"<u4", "<u8"}
_TYPES = {
    "text": _BYTES,
    "text_at": _PLACES,
    "keys": {"<u8"},
    "posting_at": _PLACES,
    "documents": {"<u2", "<u4"},
    "frequencies": {*_SMALL, "<f4"},
    "position_at": _PLACES,
    "positions": _SMALL,
    "first": _SMALL,
    "counts": _SMALL,
    "value_at": _PLACES,
    "values": _BYTES,
}
"""What the numbers of each section may be. So sums of them do not overflow anywhere."""

Array = NDArray[Any]


def _damaged(file: str, field: str, what: str) -> FileDamaged:
    return FileDamaged(file, f"the field {field}: {what}")


class FieldIndex:
    """The postings of one field of a mapped segment. Every method raises ``FileDamaged``.

    Terms are known by their ordinals from 0 on, ascending by their bytes. Arrays are views of the
    map: they must not be written to.
    """

    def __init__(self, container: Container, number: int, name: str, terms: int) -> None:
        self.name = name
        self.terms = terms
        self.container = container
        self._number = number
        self._file = container.name
        self.damaged = partial(_damaged, container.name, name)
        """The error of what in the field does not fit; a kernel raises it, which keeps no more."""

        def section(part: str) -> Section:
            return container[f"{number}.{part}"]

        optional = self.section
        self._text = section("text")
        self._text_at = section("text_at")
        self._keys = section("keys")
        self._posting_at = section("posting_at")
        self._documents = section("documents")
        self._frequencies = optional("frequencies")
        self._position_at = optional("position_at")
        self._positions = optional("positions")
        self._counts = optional("counts")
        self._first = optional("first")
        self._value_at = optional("value_at")
        self._values = optional("values")
        for part in (self._text_at, self._posting_at, self._position_at):
            if part is not None and len(part) != terms + 1:
                raise FileDamaged(self._file, f"the field {name} does not have {terms} terms")
        for part in (self._frequencies, self._counts, self._first):
            if part is not None and len(part) != len(self._documents):
                raise FileDamaged(self._file, f"the postings of {name} differ in number")
        for what, types in _TYPES.items():
            found = optional(what)
            if found is not None and found.array.dtype.str not in types:
                raise FileDamaged(
                    self._file, f"{number}.{what} is of numbers that it should not be"
                )
        self.has_postings = not terms or len(self._documents) > 0
        """Whether documents of its terms are here; not in a companion (``index.companion``)."""
        if not self.has_postings:
            absent = Absent(container.name, name)
            self._documents = self._frequencies = self._position_at = absent
            self._positions = self._counts = self._first = absent

    @property
    def has_positions(self) -> bool:
        found = self._positions is not None and self._position_at is not None
        return found and self.has_postings

    @property
    def times(self) -> Section | None:
        """How often each posting's document has its term; None where each has it once."""
        return self._frequencies if self._counts is None else self._counts

    @property
    def has_values(self) -> bool:
        return self._values is not None

    @cached_property
    def compiled(self) -> Field | None:
        """The field as kernels read it; None without kernels. Raises ``FileDamaged``."""
        self.require_postings()
        module = kernel("postings")
        return None if module is None else module.Field(self)

    @cached_property
    def _finder(self) -> Field | None:
        """What finds a term: ``compiled``, or the same of the terms alone; None without kernels."""
        if self.has_postings:
            return self.compiled
        module = kernel("postings")
        if module is None:
            return None
        alone: Field = module.Field(_TermsAlone(self.terms, self.section, self.damaged))
        return alone

    @cached_property
    def _end(self) -> int:
        """Where the last term's postings end, if they are here or not."""
        return len(self._documents) if self.has_postings else self._posting_at.item(self.terms)

    def require_postings(self) -> None:
        """Raise ``PostingsAbsent`` where ``has_postings`` is not so."""
        if not self.has_postings:
            raise PostingsAbsent(self._file, self.name)

    def text(self, ordinal: int) -> bytes:
        """The term of an ordinal."""
        start, stop = self._text_at.part(ordinal, ordinal + 2).tolist()
        return self._text.part(start, stop).tobytes()

    def texts(self, start: int, stop: int) -> list[bytes]:
        """The terms of the ordinals from ``start`` to ``stop``."""
        if start >= stop:
            return []
        places = self._text_at.part(start, stop + 1).tolist()
        blob = self._text.part(places[0], places[-1]).tobytes()
        first = places[0]
        return [blob[left - first : right - first] for left, right in pairwise(places)]

    @cached_property
    def _firsts(self) -> memoryview:
        """``keys``, of which single ones are had sooner than of an array."""
        return np.ascontiguousarray(self._keys.all(), np.uint64).data

    def _near(self, term: bytes) -> tuple[int, int]:
        """The ordinals, from and up to, among which a term is if the field has it.

        The first one that is not less is one of them too, or the one behind them.
        """
        key = key_of(term)
        # The term's sixteenths begin between the last smaller key and the first greater one.
        right = bisect_right(self._firsts, key)
        left = right - 1
        if right and self._firsts[left] == key:
            left = bisect_left(self._firsts, key, 0, right) - 1
        return max(left, 0) * KEY_STEP, min(right * KEY_STEP, self.terms)

    def lower_bound(self, term: bytes) -> int:
        """The ordinal of the first term that is not less than ``term``; may be ``terms``."""
        first, last = self._near(term)
        while last - first > _FEW_TERMS:
            middle = (first + last) // 2
            if self.text(middle) < term:
                first = middle + 1
            else:
                last = middle
        if first == last:
            return first
        # Few terms are had at once, and their texts compared where they are.
        places = self._text_at.part(first, last + 1).tolist()
        start = places[0]
        blob = self._text.part(start, places[-1]).tobytes()

        def text(at: int) -> bytes:
            return blob[places[at] - start : places[at + 1] - start]

        return first + bisect_left(range(last - first), term, key=text)

    def find(self, term: bytes) -> int:
        """The ordinal of a term, or -1."""
        finder = self._finder
        if finder is not None:
            return finder.find(term)
        first, last = self._near(term)
        if last - first > _FEW_TERMS or not term:
            ordinal = self.lower_bound(term)
            return ordinal if ordinal < self.terms and self.text(ordinal) == term else -1
        places = self._text_at.part(first, last + 1).tolist()
        start = places[0]
        blob = self._text.part(start, places[-1]).tobytes()
        at = blob.find(term)
        while at >= 0:
            number = bisect_right(places, start + at) - 1
            if places[number : number + 2] == [start + at, start + at + len(term)]:
                return first + number
            at = blob.find(term, at + 1)
        return -1

    def with_prefix(self, prefix: bytes) -> tuple[int, int]:
        """The ordinals of the terms that begin with ``prefix``, from and up to."""
        start = self.lower_bound(prefix)
        after = prefix.rstrip(b"\xff")
        if not after:
            return start, self.terms
        return start, self.lower_bound(after[:-1] + bytes([after[-1] + 1]))

    def postings(self, ordinal: int) -> tuple[int, int]:
        """Where the postings of a term begin and end."""
        start, stop = self._posting_at.part(ordinal, ordinal + 2).tolist()
        if not start <= stop <= self._end:
            raise FileDamaged(self._file, f"a term of {self.name} has no postings")
        return start, stop

    def document_frequency(self, ordinal: int) -> int:
        """How many documents have the term, deleted ones included."""
        start, stop = self.postings(ordinal)
        return stop - start

    def all_postings(self) -> Array:
        """Where the postings of each term begin, and the last's end: (terms + 1,) ascending."""
        return self._posting_at.part(0, self.terms + 1)

    def document_frequencies(self, start: int, stop: int) -> NDArray[np.int64]:
        """The document frequencies of the ordinals from ``start`` to ``stop``."""
        places = self._posting_at.part(start, stop + 1)
        counts: NDArray[np.int64] = np.subtract(
            places[1:], places[:-1], dtype=np.int64, casting="unsafe"
        )
        return counts

    def documents(self, ordinal: int) -> Array:
        """The documents that have a term: (n,) uint16 or uint32, ascending."""
        return self._documents.part(*self.postings(ordinal))

    def documents_between(self, start: int, stop: int) -> Array:
        """The documents of the ordinals from ``start`` to ``stop``, one term's after the other."""
        first, last = self._posting_at.item(start), self._posting_at.item(stop)
        return self._documents.part(first, last)

    def part(self, start: int, stop: int) -> tuple[Array, Array | None]:
        """Documents and frequencies of the postings from ``start`` to ``stop``, as below."""
        frequencies = None if self._frequencies is None else self._frequencies.part(start, stop)
        return self._documents.part(start, stop), frequencies

    def frequencies(self, ordinal: int) -> Array | None:
        """How often they have it, or the weights as float32: (n,); None where all are 1."""
        if self._frequencies is None:
            return None
        return self._frequencies.part(*self.postings(ordinal))

    def occurrences(self, ordinal: int) -> Array | None:
        """How often they have it, whatever the weights: (n,); None where all have it once."""
        if self._counts is None:
            return self.frequencies(ordinal)
        return self._counts.part(*self.postings(ordinal))

    def positions(self, ordinal: int) -> tuple[NDArray[np.int64], Array]:
        """Where the positions of each posting begin, (n + 1,), and the positions of them all.

        Raises ValueError for a field without positions.
        """
        if self._positions is None or self._position_at is None:
            raise ValueError(f"the field {self.name} has no positions")
        start, stop = self._position_at.part(ordinal, ordinal + 2).tolist()
        found = self._positions.part(start, stop)
        counts = self.occurrences(ordinal)
        if counts is None:
            bounds = np.arange(self.document_frequency(ordinal) + 1)
        else:
            bounds = running_sums(counts)
        if bounds[-1] != len(found):
            raise FileDamaged(self._file, f"positions of {self.name} do not fit its frequencies")
        return bounds, found

    def positions_of(self, ordinal: int, rows: Sequence[int]) -> list[list[int]]:
        """The positions of a few of a term's postings, by number. Raises as ``positions``."""
        if self._positions is None or self._position_at is None:
            raise ValueError(f"the field {self.name} has no positions")
        counts = self.occurrences(ordinal)
        first = self._position_at.item(ordinal)
        found = []
        for row in rows:
            start = first + (row if counts is None else int(counts[:row].sum()))
            stop = start + (1 if counts is None else int(counts[row]))
            found.append(self._positions.part(start, stop).tolist())
        return found

    def first_positions(self, ordinal: int) -> Array:
        """The first position of each posting: (n,). Raises as ``positions``."""
        if self._first is not None:
            return self._first.part(*self.postings(ordinal))
        bounds, found = self.positions(ordinal)
        return found if len(found) == len(bounds) - 1 else found[bounds[:-1]]

    def first_positions_at(self, ordinal: int, rows: NDArray[np.int64]) -> Array:
        """The first positions of some of the postings, (k,) ascending. Raises as ``positions``."""
        if self._first is not None:
            start, stop = self.postings(ordinal)
            return self._first.part(start, stop)[rows]
        if self._positions is None or self._position_at is None:
            raise ValueError(f"the field {self.name} has no positions")
        start, stop = self._position_at.part(ordinal, ordinal + 2).tolist()
        counts = self.occurrences(ordinal)
        if counts is None or not len(rows):
            return self._positions.part(start, stop)[rows]
        edges = np.concatenate([[0], rows])
        # What stands before the first row is added up first, then what is between two of them.
        before = np.add.reduceat(counts, edges, dtype=np.int64)[:-1]
        before[edges[1:] == edges[:-1]] = 0  # of no items reduceat gives one
        found: Array = self._positions.part(start, stop)[before.cumsum()]
        return found

    def values(self, ordinal: int) -> list[bytes]:
        """The values of a term's postings, as the field's format encoded them.

        Raises ValueError for a field without values.
        """
        if self._values is None or self._value_at is None:
            raise ValueError(f"the field {self.name} has no posting values")
        start, stop = self.postings(ordinal)
        places = self._value_at.part(start, stop + 1).tolist()
        return [self._values.part(left, right).tobytes() for left, right in pairwise(places)]

    def section(self, part: str) -> Section | None:
        """The section of the field with the last part of its name, if the field has it."""
        return self.container.sections.get(f"{self._number}.{part}")

    def section_part(self, part: str, start: int, stop: int) -> Array:
        """Items of such a section."""
        return self.container[f"{self._number}.{part}"].part(start, stop)

    def all_of(self, part: str) -> Array:
        """All items of such a section."""
        return self.container[f"{self._number}.{part}"].all()


@dataclass(frozen=True, slots=True)
class _TermsAlone:
    """A ``FieldIndex`` without postings, as the kernel takes one."""

    terms: int
    section: Callable[[str], Section | None]
    damaged: Callable[[str], FileDamaged]
    times: None = None


class Postings:
    """The mapped file of a segment: ``fields`` by name. Raises ``FileDamaged``."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.container = Container(storage, name, KIND)
        try:
            self.fields = {
                entry["name"]: FieldIndex(self.container, number, entry["name"], entry["terms"])
                for number, entry in enumerate(self.container.facts["fields"])
            }
            weights = (f"{number}.frequencies" for number in range(len(self.fields)))
            self.container.require_unsigned(*weights)
        except (KeyError, TypeError):
            raise FileDamaged(name, "its facts cannot be read") from None


def key_of(term: bytes) -> int:
    """The first eight bytes as a big-endian number, zeros behind shorter terms."""
    return int.from_bytes(term[:_KEY_BYTES].ljust(_KEY_BYTES, b"\0"), "big")


def keys_of(
    text: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """``key_of`` of terms in a text, by where each begins and how long it is: (k,) each."""
    if not len(text):
        return np.zeros(len(starts), "<u8")
    places = np.arange(_KEY_BYTES)
    begins = text.take(starts[:, np.newaxis] + places, mode="clip")
    begins[places >= lengths[:, np.newaxis]] = 0
    return begins.view(">u8").ravel().astype("<u8")
