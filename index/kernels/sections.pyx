"""Sections of mapped files, as other kernels read them: checked first, then by pointer.

A ``View`` is made once of a section of unsigned integers (see ``index.segments.container``).
``need`` looks at bounds and at whether the blocks were verified, which costs a byte a block, and
verifies those that were not; the section itself does so, and says what is wrong, where the processor
cannot or a checksum does not fit. Then ``at`` and the pointer may be used without the GIL.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from "crc32.h":
    bint warta_crc32_there() nogil
    uint32_t warta_crc32_folded(const uint8_t *data, size_t size, uint32_t state) nogil

cdef enum:
    FEW = 16        # blocks that are verified without releasing the GIL
    FOLDED = 64     # bytes whose sum is had by folding, at least
    FOLDS = 16      # of which these are multiples


cdef class View:
    """A section, kept alive as long as this is."""

    def __cinit__(self, object section):
        cdef object array = section.array
        cdef const uint8_t[::1] raw = section.raw()
        cdef uint8_t[::1] seen = section.seen()
        cdef const uint32_t[::1] checksums = section.checksums
        if array.dtype.kind != "u":
            raise TypeError("a section of unsigned integers is needed")
        self._section = section
        self._array = raw
        self._seen = seen
        self._checksums = checksums
        self.shift = section.shift
        self.width = array.dtype.itemsize
        self.length = raw.shape[0] // self.width
        self.data = &raw[0] if raw.shape[0] else NULL
        if seen.shape[0] < (raw.shape[0] + (<Py_ssize_t>1 << self.shift) - 1) >> self.shift or (
            checksums.shape[0] != seen.shape[0]
        ):
            raise ValueError("not every block has a checksum")
        if <size_t>self.data % self.width or (
            checksums.shape[0] and <size_t>&checksums[0] % sizeof(uint32_t)
        ):
            raise ValueError(
                f"{section.name} of {section.file} does not lie where a processor reads numbers"
            )
        self.seen = &seen[0] if seen.shape[0] else NULL
        self.checksums = &checksums[0] if seen.shape[0] else NULL

    def __len__(self):
        return self.length

    cdef int need(self, Py_ssize_t start, Py_ssize_t stop) except -1:
        """Raise ``FileDamaged`` unless the items from ``start`` to ``stop`` are there and sound."""
        if not (self.known(start, stop) or self._verify(start, stop)):
            self._section.part(start, stop)
        return 0

    cdef bint _verify(self, Py_ssize_t start, Py_ssize_t stop):
        """Verify blocks here; False where it is left to the section, which raises what is wrong."""
        cdef Py_ssize_t first, last
        cdef bint sound
        if not (0 <= start < stop <= self.length and warta_crc32_there()):
            return False
        first = (start * self.width) >> self.shift
        last = (stop * self.width - 1) >> self.shift
        if last - first < FEW:
            return self._are_sound(first, last)
        with nogil:
            sound = self._are_sound(first, last)
        return sound

    cdef bint _are_sound(self, Py_ssize_t first, Py_ssize_t last) noexcept nogil:
        """Whether blocks' checksums fit, which is noted of each."""
        cdef Py_ssize_t block, size, begin, bytes_ = self.length * self.width
        cdef uint32_t checksum
        for block in range(first, last + 1):
            if self.seen[block]:
                continue
            begin = block << self.shift
            size = min(bytes_ - begin, <Py_ssize_t>1 << self.shift)
            if size < FOLDED or size % FOLDS:
                return False
            checksum = <uint32_t>~warta_crc32_folded(self.data + begin, size, ~<uint32_t>0)
            if checksum != self.checksums[block]:
                return False
            self.seen[block] = 1
        return True

    cdef bint known(self, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
        """Whether the items from ``start`` to ``stop`` are within bounds and verified."""
        return 0 <= start <= stop <= self.length and are_seen(
            self.seen, self.shift, self.width, start, stop
        )

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
