"""Merges the terms of a field of several segments (see ``index.segments.merge_postings``)."""

include "source.pxi"

import numpy as np

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int64_t
from libc.string cimport memcmp

from index.kernels.sections cimport View


cdef struct Part:
    const unsigned char *term
    Py_ssize_t size
    Py_ssize_t number
    Py_ssize_t terms


cdef class _Terms:
    """The terms of one segment, all of them verified."""

    cdef View text, text_at
    cdef object _error
    cdef readonly Py_ssize_t terms

    def __cinit__(self, object index):
        self.text, self.text_at = View(index.section("text")), View(index.section("text_at"))
        self.terms = index.terms
        self._error = index.damaged
        self.text.need(0, self.text.length)
        self.text_at.need(0, self.text_at.length)
        if self.text_at.length <= self.terms:
            raise self._error("its terms differ in number")

    cdef bint read(self, Part *part) noexcept nogil:
        """Read the term of ``part.number``; False where it lies outside."""
        cdef Py_ssize_t start = self.text_at.at(part.number)
        cdef Py_ssize_t stop = self.text_at.at(part.number + 1)
        if not 0 <= start <= stop <= self.text.length:
            return False
        part.term, part.size = self.text.data + start, stop - start
        return True


def ranks(list indexes not None):
    """Where the terms of fields, ascending in each, are among all of them, each once.

    ``indexes``: of ``FieldIndex``. Returns how many there are, and of each field the places of its
    terms, (t,) int64. Raises ``FileDamaged``.
    """
    cdef list parts = [_Terms(index) for index in indexes]
    cdef list found = [np.empty(part.terms, np.int64) for part in parts]
    cdef Py_ssize_t count = len(parts), number
    cdef Part *heads = <Part *>PyMem_Malloc(max(count, 1) * sizeof(Part))
    if heads == NULL:
        raise MemoryError
    try:
        for number in range(count):
            heads[number].number = 0
            heads[number].terms = (<_Terms>parts[number]).terms
            if heads[number].terms and not (<_Terms>parts[number]).read(&heads[number]):
                raise (<_Terms>parts[number])._error("a term lies outside")
        return _merge(parts, found, heads, count), found
    finally:
        PyMem_Free(heads)


cdef Py_ssize_t _merge(list parts, list found, Part *heads, Py_ssize_t count) except -1:
    cdef Py_ssize_t rank = 0, number, least
    cdef list views = [_Places(one) for one in found]
    while True:
        least = -1
        for number in range(count):
            if heads[number].number < heads[number].terms and (
                least < 0 or _order(&heads[number], &heads[least]) < 0
            ):
                least = number
        if least < 0:
            return rank
        for number in range(count - 1, -1, -1):
            # The least itself goes last: the others are compared with its term.
            if number != least and heads[number].number < heads[number].terms:
                if _order(&heads[number], &heads[least]) == 0:
                    _take(parts[number], views[number], &heads[number], rank)
        _take(parts[least], views[least], &heads[least], rank)
        rank += 1


cdef class _Places:
    cdef int64_t[::1] items

    def __cinit__(self, object items):
        self.items = items


cdef int _take(_Terms part, _Places places, Part *head, Py_ssize_t rank) except -1:
    """Note the place of a term and go on to the next."""
    places.items[head.number] = rank
    head.number += 1
    if head.number < head.terms and not part.read(head):
        raise part._error("a term lies outside")
    return 0


cdef int _order(const Part *one, const Part *two) noexcept nogil:
    cdef Py_ssize_t shorter = min(one.size, two.size)
    cdef int order = memcmp(one.term, two.term, shorter) if shorter else 0
    if order:
        return order
    return (one.size > two.size) - (one.size < two.size)
