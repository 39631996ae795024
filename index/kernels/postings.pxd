from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint64_t

from index.kernels.sections cimport View

cdef struct Place:
    Py_ssize_t ordinal  # -1 where the field does not have the term
    Py_ssize_t start    # its postings
    Py_ssize_t stop

cdef class Field:
    cdef readonly Py_ssize_t terms
    cdef object _error
    cdef bint _has_keys     # they were verified
    cdef View text
    cdef View text_at
    cdef View keys
    cdef View posting_at
    cdef View documents
    cdef View frequencies   # None where all are 1
    cdef View first         # None but in the field in which it counts how early a word stands
    cdef View position_at   # None without positions
    cdef View positions
    cdef Py_ssize_t ordinal_of(self, const unsigned char *term, Py_ssize_t length) except -2
    cdef int among(self, uint64_t key, Py_ssize_t *first, Py_ssize_t *last) except -1
    cdef void between(
        self, uint64_t key, Py_ssize_t low, Py_ssize_t *first, Py_ssize_t *last
    ) noexcept nogil
    cdef Py_ssize_t ordinal_among(
        self, const unsigned char *term, Py_ssize_t length, Py_ssize_t first, Py_ssize_t last
    ) except -2
    cdef int range_of(self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop) except -1
    cdef int need_postings(self, Py_ssize_t start, Py_ssize_t stop, bint leads=*) except -1
    cdef int positions_between(
        self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop
    ) except -1
    cdef int need_positions(self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop) except -1

cdef struct Wanted:
    # A term in a segment's field, and where it is there.
    PyObject *field         # a Field, which is held elsewhere; NULL for none
    const uint8_t *term
    Py_ssize_t length
    uint64_t key
    Place *place
    bint is_read            # its postings, and not only their number

cdef class Lookup:
    cdef readonly tuple fields
    cdef readonly Py_ssize_t segments
    cdef dict _kept
    cdef dict _older
    cdef Py_ssize_t _most
    cdef bytes find(self, str text)
    cdef tuple find_both(self, str first, str second)
    cdef bytes known(self, str text)
    cdef Py_ssize_t documents_in(self, bytes held) except -1
    cdef int keep(self, str text, Py_ssize_t length, bytes found) except -1

cdef Lookup lookup_of(object fields)
cdef Py_ssize_t most_documents(tuple lookups, str text) except -1
cdef Py_ssize_t want(
    Wanted *each, Lookup lookup, const unsigned char *term, Py_ssize_t length, Place *places,
    bint is_read=*
) noexcept
cdef int find_in(
    Lookup lookup, const unsigned char *term, Py_ssize_t length, Place *places, bint is_read=*
) except -1
cdef int find_each(Wanted *each, Py_ssize_t number) except -1
