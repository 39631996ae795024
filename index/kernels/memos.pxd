cdef class Memo:
    cdef dict _kept         # of each key a ``Kept``
    cdef Py_ssize_t _limit
    cdef Py_ssize_t _bytes
    cdef object find(self, key)
    cdef int keep(self, key, value, Py_ssize_t size) except -1
    cdef list _warmest_first(self)
    cdef int _forget(self) except -1
