"""Sections of mapped files, as other kernels read them: checked first, then by pointer.

A ``View`` is made once of a section of unsigned integers (see ``index.segments.container``).
``need`` looks at bounds and at whether the blocks were verified, which costs a byte a block; what was
not is verified by the section itself, under the GIL. Then ``at`` and the pointer may be used
without it.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef int SHIFT = 16  # blocks of 64 KiB


cdef class View:
    """A section, kept alive as long as this is."""

    def __cinit__(self, object section):
        cdef object array = section.array
        cdef const uint8_t[::1] raw = section.raw()
        cdef const uint8_t[::1] seen = section.seen()
        if array.dtype.kind != "u":
            raise TypeError("a section of unsigned integers is needed")
        self._section = section
        self._array = raw
        self._seen = seen
        self.width = array.dtype.itemsize
        self.length = raw.shape[0] // self.width
        self.data = &raw[0] if raw.shape[0] else NULL
        self.seen = &seen[0] if seen.shape[0] else NULL

    def __len__(self):
        return self.length

    cdef int need(self, Py_ssize_t start, Py_ssize_t stop) except -1:
        """Raise ``FileDamaged`` unless the items from ``start`` to ``stop`` are there and sound."""
        if not self.known(start, stop):
            self._section.part(start, stop)
        return 0

    cdef bint known(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
        """Whether the items from ``start`` to ``stop`` are within bounds and verified."""
        cdef Py_ssize_t block, last
        if not 0 <= start <= stop <= self.length:
            return False
        if start == stop:
            return True
        last = (stop * self.width - 1) >> SHIFT
        for block in range((start * self.width) >> SHIFT, last + 1):
            if not self.seen[block]:
                return False
        return True

    cdef uint64_t at(self, Py_ssize_t index) noexcept nogil:
        """One item, which must be known."""
        if self.width == 1:
            return self.data[index]
        if self.width == 2:
            return (<const uint16_t *>self.data)[index]
        if self.width == 4:
            return (<const uint32_t *>self.data)[index]
        return (<const uint64_t *>self.data)[index]

    def items(self, Py_ssize_t start, Py_ssize_t stop):
        """The items from ``start`` to ``stop`` as ints: what a kernel sees. Raises ``FileDamaged``."""
        self.need(start, stop)
        cdef Py_ssize_t index
        return [self.at(index) for index in range(start, stop)]
