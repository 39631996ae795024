from cpython.ref cimport PyObject
from libc.stdint cimport int64_t, uint64_t

cdef struct Slot:
    PyObject *shown     # NULL of a free one
    int64_t number
    Py_ssize_t size
    uint64_t turn       # when it was put; of those that were asked for since in the upper half

cdef struct Segment:
    PyObject *listed    # NULL for None
    Py_ssize_t first    # document

cdef class Shelf:
    cdef list held              # what segments point to
    cdef Segment *segments
    cdef Py_ssize_t number      # of segments
    cdef Py_ssize_t limit
    cdef Py_ssize_t each
    cdef Py_ssize_t bytes_
    cdef Slot *slots
    cdef int bits               # of a number of a slot
    cdef Py_ssize_t count       # of those that are not free
    cdef uint64_t turn
    cdef list of(self, list numbers, otherwise)
    cdef int _put(self, Py_ssize_t number, tuple shown) except -1
    cdef tuple _kept(self, Py_ssize_t number)
    cdef tuple _told(self, Py_ssize_t number)
    cdef Segment *_segment(self, Py_ssize_t number) noexcept
    cdef int _fetch(self, const Py_ssize_t *numbers, Py_ssize_t count) except -1
    cdef Slot *_slot(self, int64_t number) noexcept
    cdef int _grow(self) except -1
    cdef int _forget(self) except -1
