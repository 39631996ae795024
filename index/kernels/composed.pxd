from index.kernels.candidates cimport Sought
from index.kernels.postings cimport Lookup
from index.kernels.words cimport Words

cdef class Composed:
    cdef readonly list facts        # each is ``facts.Facts``
    cdef readonly list compounds
    cdef readonly tuple surfaces
    cdef readonly tuple doubtful
    cdef readonly tuple words       # each is ``word.Word``, as in the tuples that follow
    cdef readonly tuple loose
    cdef readonly tuple uncounted
    cdef readonly tuple alike
    cdef readonly Py_ssize_t work
    cdef readonly Py_ssize_t reading
    cdef readonly Py_ssize_t cost
    cdef readonly Py_ssize_t nbytes
    cdef readonly bint tells_days
    cdef readonly Words scorer
    cdef Lookup _lead
    cdef double _worth
    cdef list every(self)
    cdef Sought sought_of(self)
    cdef tuple _pairs(self)

cdef Py_ssize_t charge(made, list keys) except -1
