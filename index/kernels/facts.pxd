from libc.stdint cimport uint64_t

from index.kernels.cuts cimport Cutter
from index.kernels.glued cimport Begins
from index.kernels.later cimport InOne, Ways
from index.kernels.postings cimport Wanted
from index.kernels.slotted cimport Maker
from index.kernels.word cimport Read
from index.kernels.words cimport ScoredField, Sought, Words

cdef class Weighed:
    cdef readonly tuple stems
    cdef readonly tuple surfaces
    cdef readonly tuple glued
    cdef tuple _fields
    cdef list _scored       # the field of each of them, one after another
    cdef double *weights
    cdef uint64_t within    # bits of those that others are within: each is the twin of one of stems

cdef class Kinds:
    cdef object facts
    cdef Maker word
    cdef Maker sought
    cdef Maker flat
    cdef object holder
    cdef object made
    cdef object node(
        self, str surface, str stem, bint is_optional, bint capital, str typed, object holders
    )
    cdef object sought_of(
        self, object node, Ways ways, InOne in_one, object made, tuple alike, tuple beside
    )

cdef class Asked:
    cdef readonly Words words
    cdef Cutter _cutter
    cdef Begins _begins
    cdef Kinds _kinds
    cdef Weighed _must
    cdef Weighed _may
    cdef Py_ssize_t _most
    cdef Py_ssize_t _few, _least, _longest
    cdef double _worth
    cdef ScoredField _lead
    cdef ScoredField _written
    cdef object _chunk
    cdef frozenset _unusual
    cdef object _told
    cdef object _doubts
    cdef object _damaged
    cdef object _new
    cdef Py_ssize_t _of_term, _of_place, _of_posting, _of_word
    cdef tuple spelt_as(self, str surface, str stem, double factor)
    cdef double idf(self, str stem) except -1.0
    cdef Py_ssize_t cost(self, const Read *read) noexcept
    cdef tuple _facts(
        self, str typed, str surface, str stem, bint optional, bint capital, bint usual, tuple known
    )
    cdef void _begin(self, Ways ways, InOne in_one, str surface, str stem, double factor) noexcept
    cdef tuple _ask(
        self, Weighed fields, Ways ways, Py_ssize_t *articles, bint *written, double *idf
    )
    cdef int _find(
        self, Weighed fields, Ways ways, bytes stem, bytes surface, list held, Sought *each,
        Wanted *wanted,
    ) except -1
    cdef object _held_by(self, Ways ways)
    cdef list _commonest(self, list found)
    cdef int _weigh(self, Ways ways, Weighed weighed, double idf, Sought *each) except -1
    cdef tuple _ready(self, tuple both, Ways ways, InOne in_one)
