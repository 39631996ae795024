from libc.stdint cimport int32_t, uint8_t

cdef enum:
    MOST_RANGES = 64  # of ordinary characters
    MOST_BEGINNINGS = 64
    CERTAIN = 1  # a body
    PERHAPS = 2  # one that may have been cut
    LONGEST_BEGINNING = 16  # bytes of what may be behind a mark


cdef struct Beginning:
    int mark
    int size
    uint8_t letters[LONGEST_BEGINNING]


cdef class Tidiness:
    cdef uint8_t opens[256]
    cdef uint8_t kinds[256]
    cdef int32_t firsts[MOST_RANGES]
    cdef int32_t lasts[MOST_RANGES]
    cdef int ranges
    cdef int32_t first_leads[8]
    cdef int32_t last_leads[8]
    cdef int leads
    cdef int32_t before_blanks[4]
    cdef int blanked
    cdef int32_t divides[16]
    cdef int dividers
    cdef uint8_t marks[4]
    cdef uint8_t word[16]
    cdef int word_size
    cdef uint8_t asks[4][256]  # of each of the marks, with which bytes behind it; 2: perhaps
    cdef Beginning beginnings[MOST_BEGINNINGS]  # of more than a byte
    cdef int count
    cdef Py_ssize_t longest
    cdef int _learn(self, int mark, bytes begins) except -1
    cdef bint line(self, str text) except -1
    cdef int body(self, str text) except -1
    cdef bint _passes(self, const uint8_t *letters, Py_ssize_t size) noexcept
    cdef bint _passes_odd(self, const uint8_t *letters, Py_ssize_t *at, Py_ssize_t size) noexcept
    cdef bint _asks(self, const uint8_t *letters) noexcept
    cdef bint _are_plain(self, const uint8_t *letters) noexcept
    cdef int32_t _before(self, const uint8_t *letters, Py_ssize_t at) noexcept
    cdef bint _divides(self, const uint8_t *letters, Py_ssize_t end) noexcept
    cdef bint _is_ordinary(self, int32_t code) noexcept
    cdef bint _begins_nothing(self, int32_t code, uint8_t behind) noexcept
