from libc.stdint cimport int32_t, int64_t

from index.kernels.lists cimport Lists
from index.kernels.morphology cimport Deriver, Taken
from index.kernels.names cimport Names

cdef enum:
    LONGEST_STEM = 96   # of a word of 64 letters, prefixes of negation included
    OPEN = -2           # in place of the number of a name

cdef enum:  # the lists of ``index.analysis.compiled``, a bit each, in their order
    PREFIX = 16         # the first bit behind those of ``morphology.pxd``
    PAIR = 32           # with a hyphen inside, a word of its own
    UNDOUBLED = 64      # whose 2 at the end doubles nothing
    DEGREE = 128
    ENDING = 256
    ENDING_OF_AFFIXED = 512
    NEGATION = 1024
    PREFIX_OF_DOUBLED = 2048
    CURRENCY = 4096
    UNIT = 8192
    ABBREVIATION = 16384

cdef struct Text:
    char letters[LONGEST_STEM + 8]
    Py_ssize_t length

cdef class Stems:
    cdef readonly Lists lists
    cdef object roots           # those of the ``Deriver``
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
