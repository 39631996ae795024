from libc.stdint cimport int32_t, int64_t

from index.kernels.lists cimport Lists
from index.kernels.morphology cimport Deriver, Taken
from index.kernels.names cimport Names

cdef enum:
    LONGEST_STEM = 96   # of a word of 64 letters, prefixes of negation included
    OPEN = -2           # in place of the number of a name

cdef enum:  # the lists of ``index.analysis.compiled``, a bit each, in their order
    SELF = 1            # their own stems
    KNOWN = 2
    ROOT = 4
    PREFIX = 8
    PAIR = 16           # with a hyphen inside, a word of its own
    UNDOUBLED = 32      # whose 2 at the end doubles nothing
    DEGREE = 64
    ENDING = 128
    ENDING_OF_AFFIXED = 256
    NEGATION = 512
    PREFIX_OF_DOUBLED = 1024
    CURRENCY = 2048
    UNIT = 4096
    ABBREVIATION = 8192

cdef struct Text:
    char letters[LONGEST_STEM + 8]
    Py_ssize_t length

cdef class Stems:
    cdef readonly Lists lists
    cdef object roots           # the set of which ``ROOT`` says that a word is in it
    cdef Names names
    cdef Deriver _deriver
    cdef int32_t *_irregular    # by number of a name, that of its stem; NONE where it is in no list
    cdef int32_t *_standard     # the same of its standard spelling
    cdef str term_of(self, str word)
    cdef bint stem(self, const char *word, Py_ssize_t length, Text *into) noexcept nogil
    cdef bint term(self, const char *word, Py_ssize_t length, Text *into) noexcept nogil
    cdef int64_t term_number(
        self, const char *word, Py_ssize_t length, int64_t number, Text *into
    ) noexcept nogil
    cdef int64_t _stem(
        self, const char *word, Py_ssize_t length, int64_t number, Text *into
    ) noexcept nogil
    cdef int64_t _stem_of(self, Taken *found, Text *into) noexcept nogil
    cdef bint knows(self, const char *word, Py_ssize_t length) noexcept nogil
    cdef bint _put(self, int64_t number, Text *into) noexcept nogil
