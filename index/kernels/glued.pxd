from libc.stdint cimport uint32_t, uint64_t

cdef struct Entry:
    # What an entry says beside the stem; its memory is that of its bytes.
    const char *surface
    Py_ssize_t length
    Py_ssize_t start
    Py_ssize_t end

cdef class Begins:
    cdef list entries
    cdef list _none         # of a stem that has no entries
    cdef uint32_t *_slots   # numbers of entries and one more, 0 for none
    cdef uint64_t _mask
    cdef uint64_t _secret
    cdef list held(self, const char *stem, Py_ssize_t length)
    cdef Py_ssize_t first(self, const char *stem, Py_ssize_t length) except -2
    cdef uint64_t _slot(self, const char *stem, Py_ssize_t length) noexcept

cdef tuple parts_of(bytes one)
cdef int entry_of(bytes one, Py_ssize_t length, Entry *found) except -1
