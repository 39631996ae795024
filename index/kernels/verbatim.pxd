from libc.stdint cimport int32_t, int64_t, uint8_t

from index.kernels.postings cimport Field, Lookup

cdef struct Found:
    # A term of a query in one segment, the word number ``step`` of the query.
    Py_ssize_t ordinal
    Py_ssize_t start
    Py_ssize_t stop
    Py_ssize_t step

cdef class Rows:
    cdef uint8_t *items
    cdef Py_ssize_t length
    cdef Py_ssize_t room
    cdef Py_ssize_t width
    cdef void *more(self, Py_ssize_t most) except NULL
    cdef object array(self, kind)

cdef class Inside:
    cdef int32_t *documents
    cdef Py_ssize_t length
    cdef Py_ssize_t *firsts     # of a term's positions in each document
    cdef Py_ssize_t *counts
    cdef Py_ssize_t look(self, Field field, Py_ssize_t ordinal) except -1

cdef class Standing:
    cdef Lookup lookup
    cdef tuple fields
    cdef list segments
    cdef Py_ssize_t *bases      # of segments the number of the first document
    cdef Py_ssize_t *sizes
    cdef object _nowhere        # no places
    cdef int64_t looked_up
    cdef int64_t term
    cdef int64_t compared
    cdef int64_t position
    cdef list known(self, tuple terms)
    cdef const uint8_t[::1] deletions(self, Py_ssize_t number)
    cdef Rows places_of(self, tuple terms, int64_t most, int64_t *cost)
    cdef int64_t cost(self, const Found *place, Py_ssize_t positions)
    cdef bint look_up(self, Py_ssize_t number, list known, Found *places) except -1
    cdef Inside having(self, Py_ssize_t number, const Found *places, Py_ssize_t count)
    cdef int beginning(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, Inside inside, int64_t *work
    ) except -1
    cdef int spread(
        self, Py_ssize_t number, const Found *places, Py_ssize_t count, Inside inside,
        const float *lengths, list groups, int64_t *work,
    ) except -1
