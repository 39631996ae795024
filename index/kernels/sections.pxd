from libc.stdint cimport uint8_t, uint32_t, uint64_t

cdef inline bint are_seen(
    const uint8_t *seen, int shift, int width, Py_ssize_t start, Py_ssize_t stop
) noexcept nogil:
    """Whether the blocks of items of some bytes, from ``start`` up to ``stop``, were verified."""
    cdef Py_ssize_t block
    if start < stop:
        for block in range((start * width) >> shift, ((stop * width - 1) >> shift) + 1):
            if not seen[block]:
                return False
    return True

cdef class View:
    cdef const uint8_t *data
    cdef uint8_t *seen              # of each block whether it was verified
    cdef const uint32_t *checksums
    cdef int shift                  # a block has 1 << shift bytes
    cdef Py_ssize_t length
    cdef readonly int width
    cdef object _section
    cdef object _array
    cdef object _seen
    cdef object _checksums
    cdef bint _verify(self, Py_ssize_t start, Py_ssize_t stop)
    cdef bint _are_sound(self, Py_ssize_t first, Py_ssize_t last) noexcept nogil
    cdef int need(self, Py_ssize_t start, Py_ssize_t stop) except -1
    cdef bint known(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil
    cdef uint64_t at(self, Py_ssize_t index) noexcept nogil
