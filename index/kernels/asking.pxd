from libc.stdint cimport uint64_t

from index.kernels.budgets cimport Budget
from index.kernels.compounds cimport Compounds
from index.kernels.cuts cimport Cutter
from index.kernels.facts cimport Facts, Kinds
from index.kernels.glued cimport Begins
from index.kernels.later cimport Ways
from index.kernels.postings cimport Wanted
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

cdef class Finding:
    cdef Budget whole
    cdef Budget budget      # None until it is needed
    cdef object made        # makes ``Spellings`` of a budget
    cdef object _spellings
    cdef Budget spent(self)
    cdef object spellings(self)

cdef class Asked:
    cdef readonly Words words
    cdef Cutter _cutter
    cdef Begins _begins
    cdef Compounds _compounds   # None where there are none
    cdef dict _joined
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
    cdef Py_ssize_t _of_term, _of_place, _of_posting, _of_word
    cdef Facts found_out(self, str typed, Finding finding)
    cdef bint _is_joined(self, str surface, Finding finding) except -1
    cdef int _tell(self, Facts facts, bint capital, bint usual) except -1
    cdef tuple spelt_as(self, str surface, str stem, double factor)
    cdef double idf(self, str stem) except -1.0
    cdef Py_ssize_t cost(self, const Read *read) noexcept
    cdef void _begin(self, Ways ways, str surface, str stem, double factor) noexcept
    cdef tuple _ask(
        self, Weighed fields, Ways ways, Py_ssize_t *articles, bint *written, double *idf
    )
    cdef int _find(
        self, Weighed fields, Ways ways, list held, Sought *each, Wanted *wanted
    ) except -1
    cdef object _held_by(self, Ways ways)
    cdef list _commonest(self, list found)
    cdef int _weigh(self, Ways ways, Weighed weighed, double idf, Sought *each) except -1

cdef Finding finding_of(spellings)
