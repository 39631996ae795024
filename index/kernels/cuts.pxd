from libc.stdint cimport int64_t, uint64_t

from index.kernels.company cimport Prices
from index.kernels.lists cimport Lists
from index.kernels.postings cimport Lookup
from index.kernels.stems cimport Stems, Text

cdef struct Cost:
    # How often it was looked for what stands beside, and what that gave, the documents by fours.
    Py_ssize_t times, quarters, fewer
    int listed  # whether no part may be a sliver, or ``UNKNOWN``

cdef enum:
    CODE = 3    # letters of a name that a number is part of, though no one writes them together

cdef enum:  # the lists of ``Cutter``, a bit each, in their order
    BELONGS = 1     # to what follows
    AFFIX = 2
    ENDING = 4
    PARTICLE = 8
    STOP_WORD = 16
    LONE = 32
    CURRENCY = 64
    HYPHENATED = 128
    LEXICALISED = 256

cdef class Cutter:
    cdef bytes _bits
    cdef const char *_set       # these
    cdef uint64_t _prime
    cdef Lookup _fields
    cdef Lookup _exact
    cdef object _how
    cdef Stems _rules
    cdef bint _know_roots       # on a list of the rules, which is ``_roots``
    cdef Lists _lists
    cdef dict _stems
    cdef dict _beside   # of stems side by side what ``any_beside`` tells besides
    cdef bint _ours     # whether stems are by the rules that say what is doubled
    cdef Py_ssize_t _alone      # letters of what is lone
    cdef Py_ssize_t _least
    cdef Py_ssize_t _most
    cdef Py_ssize_t _shortest
    cdef Py_ssize_t _longest
    cdef Py_ssize_t _prefix
    cdef object _exceptions
    cdef frozenset _roots
    cdef frozenset _names
    cdef Prices _prices
    cdef tuple seen_of(self, str first, str second, int64_t left)
    cdef Py_ssize_t uncut_of(self, str surface, str stem) except -2
    cdef bint are_no_word(self, str first, str second, str stem) except -1
    cdef Py_ssize_t _cost(self, Cost *cost) noexcept
    cdef bint leaves_any(self, str word, str stem, Cost *cost) except -1
    cdef list left_of(self, str word, Cost *cost)
    cdef bint _is_left(
        self, const char *word, Py_ssize_t length, Py_ssize_t at, bint both, str whole, Cost *cost
    ) except -1
    cdef bint stand_beside(self, str stem, str other, Cost *cost) except -1
    cdef bint any_beside(
        self, str stem, str other, Py_ssize_t *documents, Py_ssize_t *fewer
    ) except -1
    cdef int lists_of(self, str word) noexcept
    cdef str stem_of(self, str word)
    cdef bint _has_rules(self) except -1
    cdef bint _term(self, const char *word, Py_ssize_t length, Text *into) except -1
    cdef bint _has_one_stem(
        self, const char *one, Py_ssize_t length, const char *other, Py_ssize_t size
    ) except -1
    cdef bint is_known(self, str stem) except -1
    cdef bint _is_known(self, const char *stem, Py_ssize_t length) except -1
    cdef bint _is_sliver(self, Py_ssize_t at, Py_ssize_t length, int first, int second) noexcept
    cdef bint are_one(self, str first, str second) except -1
    cdef bint _are_one(
        self, const char *word, Py_ssize_t length, Py_ssize_t at, int first, int second
    ) except -1
    cdef bint _begins_again(self, const char *word, Py_ssize_t length, Py_ssize_t at) except -1
    cdef bint is_no_name(self, str whole, str first, str second) except -1

cdef bint is_year(str number) except -1
