from index.kernels.budgets cimport Budget
from index.kernels.verbatim cimport Rows, Standing

cdef class Held:
    cdef readonly str feature
    cdef readonly str field
    cdef readonly tuple words
    cdef readonly double part   # what is of it comes so far before others
    cdef Rows rows              # the documents, int32, ascending; nobody changes them
    cdef object _documents      # the same as an array, once it was asked for

cdef class Holdings:
    cdef Standing _titles       # None where nothing is gained by these
    cdef Standing _bodies
    cdef const float[::1] _lengths
    cdef str _title
    cdef str _body
    cdef double _headline
    cdef double _verbatim
    cdef Py_ssize_t _long
    cdef tuple _links
    cdef object _by_steps
    cdef object _inside
    cdef tuple of_words(self, tuple words, Budget budget)
    cdef bint _in_bodies(self, tuple words, Budget budget, list found) except -1
    cdef bint _in_titles(self, tuple words, Budget budget, list found) except -1
    cdef tuple _general(self, tuple words, Budget budget)
