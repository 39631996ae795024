"""The postings of a field, as other kernels read them (see ``index.segments.postings``).

Methods that are called with the GIL look at bounds and checksums and raise ``FileDamaged``. What
they gave may then be read without it, by the views' pointers. Items are as wide as the format says,
which ``FieldIndex`` looks at. Numbers of documents are not looked at here: who uses one as a place
of an array compares it with that array's size.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcmp

from index.kernels.sections cimport View

cdef Py_ssize_t KEY_STEP = 16


cdef uint64_t key_of(const uint8_t *term, Py_ssize_t length) noexcept nogil:
    """The first eight bytes as a big-endian number, zeros behind shorter terms."""
    cdef uint64_t key = 0
    cdef Py_ssize_t place
    for place in range(8):
        key = (key << 8) | (term[place] if place < length else 0)
    return key


cdef View optional(object section):
    return None if section is None else View(section)


cdef class Field:
    """The arrays of a ``FieldIndex``; ``damaged`` makes the error of what does not fit."""

    def __cinit__(self, object index):
        section = index.section
        self.terms = index.terms
        self._error = index.damaged
        self.text = View(section("text"))
        self.text_at = View(section("text_at"))
        self.keys = View(section("keys"))
        self.posting_at = View(section("posting_at"))
        self.documents = View(section("documents"))
        times = index.times
        self.frequencies = optional(times if times is None or times.array.dtype.kind == "u" else None)
        self.first = optional(section("first"))
        self.position_at = optional(section("position_at"))
        self.positions = optional(section("positions"))

    def find(self, bytes term not None):
        """The ordinal of a term, or -1. Raises ``FileDamaged``."""
        cdef char *text
        cdef Py_ssize_t length
        PyBytes_AsStringAndSize(term, &text, &length)
        return self.ordinal_of(<const uint8_t *>text, length)

    def document_frequency(self, bytes term not None):
        """How many documents have a term, deleted ones included. Raises ``FileDamaged``."""
        cdef Py_ssize_t start, stop
        cdef Py_ssize_t ordinal = self.find(term)
        if ordinal < 0:
            return 0
        self.range_of(ordinal, &start, &stop)
        return stop - start

    cdef Py_ssize_t ordinal_of(self, const uint8_t *term, Py_ssize_t length) except -2:
        """The ordinal of a term, or -1."""
        cdef Py_ssize_t low, high, middle, first, last, start, stop, shorter
        cdef uint64_t key
        cdef int order
        if not self.terms:
            return -1
        self.keys.need(0, self.keys.length)
        key = key_of(term, length)
        low, high = 0, self.keys.length
        while low < high:
            middle = (low + high) >> 1
            if self.keys.at(middle) < key:
                low = middle + 1
            else:
                high = middle
        first = max(low - 1, 0) * KEY_STEP
        high = self.keys.length
        while low < high:
            middle = (low + high) >> 1
            if self.keys.at(middle) <= key:
                low = middle + 1
            else:
                high = middle
        last = min(low * KEY_STEP, self.terms)
        if first >= last:
            return -1
        self.text_at.need(first, last + 1)
        while first < last:
            middle = (first + last) >> 1
            start, stop = self.text_at.at(middle), self.text_at.at(middle + 1)
            self.text.need(start, stop)
            shorter = min(stop - start, length)
            order = memcmp(self.text.data + start, term, shorter) if shorter else 0
            if order == 0:
                if stop - start == length:
                    return middle
                order = -1 if stop - start < length else 1
            if order < 0:
                first = middle + 1
            else:
                last = middle
        return -1

    cdef int range_of(self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop) except -1:
        """Where the postings of a term begin and end, which may not be verified yet."""
        self.posting_at.need(ordinal, ordinal + 2)
        start[0], stop[0] = self.posting_at.at(ordinal), self.posting_at.at(ordinal + 1)
        if not 0 <= start[0] <= stop[0] <= self.documents.length:
            raise self._error("a term has no postings")
        return 0

    cdef int need_postings(self, Py_ssize_t start, Py_ssize_t stop) except -1:
        """Verify documents, frequencies and first positions of postings."""
        self.documents.need(start, stop)
        if self.frequencies is not None:
            self.frequencies.need(start, stop)
        if self.first is not None:
            self.first.need(start, stop)
        return 0

    cdef int need_positions(
        self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop
    ) except -1:
        """Where the positions of a term begin and end, verified."""
        if self.positions is None or self.position_at is None:
            raise ValueError("the field has no positions")
        self.position_at.need(ordinal, ordinal + 2)
        start[0], stop[0] = self.position_at.at(ordinal), self.position_at.at(ordinal + 1)
        self.positions.need(start[0], stop[0])
        return 0
