from index.kernels.asking cimport Finding
from index.kernels.budgets cimport Budget
from index.kernels.composed cimport Composed
from index.kernels.compounds cimport Compounds
from index.kernels.cuts cimport Cutter
from index.kernels.facts cimport Facts
from index.kernels.postings cimport Lookup
from index.kernels.spelt cimport Spelt
from index.kernels.words cimport Words

cdef class Composer:
    cdef dict _pairs
    cdef Cutter _cutter
    cdef tuple _none            # of two words that are none together
    cdef Compounds _compounds   # None where there are none
    cdef Spelt _spelt
    cdef Py_ssize_t _node
    cdef bint _partial
    cdef Words _scorer
    cdef Lookup _lead
    cdef double _worth
    cdef bint _alike
    cdef Py_ssize_t _several
    cdef object composed_of(self, list facts, Finding finding)
    cdef int _pair(self, Facts one, Facts other, Finding finding, Py_ssize_t *work) except -2
    cdef bint _find_out(self, Facts one, Facts other, tuple both, Budget budget) except -1
    cdef object _of_compounds(self, Composed found, Finding finding)
    cdef int _charge(self, Composed found) except -1
