from libc.stdint cimport int32_t, int64_t, uint32_t, uint64_t

cdef enum:
    NONE = -1
    MOST_NAMES = 1 << 30    # numbers are of 31 bits

cdef struct Slot:
    uint32_t tag
    int32_t behind      # one more than the number, 0: the slot is free

cdef class Names:
    cdef uint64_t _secret
    cdef Slot *_slots
    cdef int _bits
    cdef char *_text
    cdef int64_t _room
    cdef int64_t *_ends     # where each name begins, and the end of the last
    cdef int64_t _ends_room
    cdef readonly int64_t count
    cdef void expect(self, const char *name, Py_ssize_t length) noexcept nogil
    cdef int64_t find(self, const char *name, Py_ssize_t length) noexcept nogil
    cdef int64_t _find(self, const char *name, Py_ssize_t length, uint64_t hash) noexcept nogil
    cdef int64_t number(self, const char *name, Py_ssize_t length) except -1 nogil
    cdef const char *text_of(self, int64_t number, Py_ssize_t *length) noexcept nogil
    cdef object string(self, int64_t number)
    cdef int64_t number_of(self, str name) except -1
    cdef int _grow(self) except -1 nogil
    cdef Names copy(self)
