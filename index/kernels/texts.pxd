from libc.stdint cimport int32_t, uint8_t, uint32_t

cdef enum:
    SEPARATOR
    JOINER
    PLAIN
    FOREIGN

cdef enum:
    # What the codes of capitals mean.
    OTHER = 65   # a word character beyond ASCII
    JOINS = 66   # a joiner beyond ASCII
    PARTS = 67   # a separator beyond ASCII
    KELVIN = 68  # the sign of Kelvin, in lower case a k
    DOTTED = 69  # a capital i with a dot, in lower case taken for an i

cdef enum:
    DOTTED_I = 0x130
    KELVIN_SIGN = 0x212A

cdef extern from "beginnings.h":
    ctypedef struct Beginnings:
        uint8_t low[3][16]
        uint8_t high[3][16]

cdef class Alphabet:
    cdef uint8_t *folded
    cdef Py_ssize_t size
    cdef uint8_t kinds[128]
    cdef Beginnings beginnings  # of what is not plain

cdef class Traces:
    cdef readonly Py_ssize_t count
    cdef Alphabet alphabet
    cdef Beginnings beginnings  # of traces and of what is not plain
    cdef bytes _text
    cdef const uint8_t *text
    cdef int32_t *begins
    cdef int32_t first_of[129]
    cdef void _note(self, const uint8_t *trace, Py_ssize_t size, uint8_t set) noexcept
    cdef int32_t standing_at(self, const uint8_t *folded, Py_ssize_t left) noexcept nogil

cdef class Text:
    cdef readonly Py_ssize_t length
    cdef uint32_t *codes
    cdef uint8_t *folded
    cdef Py_ssize_t room
    cdef Alphabet alphabet
    cdef int32_t *places        # ascending, each once
    cdef int32_t *place_stops   # by window: behind its last place
    cdef int32_t *counts        # by window: how much was found there
    cdef Py_ssize_t windows
    cdef int take(self, object text) except -1
    cdef Py_ssize_t _decode(self, const uint8_t *text, Py_ssize_t size) noexcept nogil
    cdef int look_for(self, Traces traces, Py_ssize_t window) except -1
    cdef void _look_through(
        self, Traces traces, Py_ssize_t window, Py_ssize_t windows
    ) noexcept nogil
    cdef void _look_in(
        self, Traces traces, Py_ssize_t begin, Py_ssize_t end, int32_t *found, int32_t *count
    ) noexcept nogil
    cdef bint next_chunk(
        self, Py_ssize_t at, Py_ssize_t *start, Py_ssize_t *stop
    ) noexcept nogil

cdef void *grown(void *memory, Py_ssize_t size) except NULL

cdef str letters_of(const uint32_t *codes, Py_ssize_t size)
cdef Py_ssize_t encode(uint32_t code, uint8_t *text) noexcept nogil
