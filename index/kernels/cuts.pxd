from libc.stdint cimport int64_t, uint64_t

from index.kernels.company cimport Prices
from index.kernels.postings cimport Lookup
from index.kernels.stems cimport Stems

cdef struct Cost:
    # How often it was looked for what stands beside, and what that gave, the documents by fours.
    Py_ssize_t times, quarters, fewer
    int listed  # whether no part may be a sliver, or ``UNKNOWN``

cdef class Cutter:
    cdef bytes _bits
    cdef uint64_t _prime
    cdef Lookup _fields
    cdef Lookup _exact
    cdef object _how
    cdef Stems _rules
    cdef dict _stems
    cdef dict _beside   # of stems side by side what ``any_beside`` tells besides
    cdef frozenset _hyphenated
    cdef bint _ours     # whether stems are by the rules that say what is doubled
    cdef frozenset _prefixes
    cdef frozenset _affixes
    cdef frozenset _endings
    cdef frozenset _particles
    cdef frozenset _stop_words
    cdef str _lone
    cdef Py_ssize_t _least
    cdef Py_ssize_t _most
    cdef Py_ssize_t _shortest
    cdef Py_ssize_t _longest
    cdef Py_ssize_t _prefix
    cdef object _exceptions
    cdef tuple _lexicon
    cdef frozenset _names
    cdef frozenset _currencies
    cdef Prices _prices
    cdef tuple seen_of(self, str first, str second, int64_t left)
    cdef Py_ssize_t uncut_of(self, str surface, str stem) except -2
    cdef bint are_no_word(self, str first, str second, str stem) except -1
    cdef Py_ssize_t _cost(self, Cost *cost) noexcept
    cdef bint leaves_any(self, str word, str stem, Cost *cost) except -1
    cdef list left_of(self, str word, str whole, bint first_only, Cost *cost)
    cdef bint stand_beside(self, str stem, str other, Cost *cost) except -1
    cdef bint any_beside(
        self, str stem, str other, Py_ssize_t *documents, Py_ssize_t *fewer
    ) except -1
    cdef str stem_of(self, str word)
    cdef bint is_known(self, str stem) except -1
    cdef bint is_sliver(self, str word, Py_ssize_t at, Py_ssize_t length) except -1
    cdef bint begins_again(self, str first, str second) except -1
    cdef bint are_one(self, str word, str first, str second) except -1
    cdef bint is_no_name(self, str whole, str first, str second) except -1
