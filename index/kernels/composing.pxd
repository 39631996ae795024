from index.kernels.asking cimport Finding
from index.kernels.composed cimport Composed
from index.kernels.cuts cimport Cutter
from index.kernels.facts cimport Facts
from index.kernels.postings cimport Lookup
from index.kernels.words cimport Words

cdef class Composer:
    cdef dict _pairs
    cdef Cutter _cutter
    cdef tuple _none            # of two words that are none together
    cdef object _compound
    cdef Py_ssize_t _node
    cdef bint _partial
    cdef Words _scorer
    cdef Lookup _lead
    cdef double _worth
    cdef bint _alike
    cdef Py_ssize_t _several
    cdef object composed_of(self, list facts, Finding finding)
    cdef int _pair(self, Facts one, Facts other, Finding finding, Py_ssize_t *work) except -2
    cdef object _of_compounds(self, Composed found, Finding finding)
    cdef int _charge(self, Composed found) except -1
