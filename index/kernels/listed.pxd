from index.kernels.sections cimport View

cdef enum:
    MOST_FACETS = 16
    MOST_NAMES = MOST_FACETS + 6

cdef struct Key:
    char *letters
    Py_ssize_t length

cdef struct Value:                  # of a record
    int kind
    int has
    Py_ssize_t start
    Py_ssize_t stop

cdef class Listed:
    cdef View texts
    cdef View places
    cdef tuple facets
    cdef str bulky
    cdef object latest
    cdef list _alike                # values of facets as bytes, and as a dictionary, or None
    cdef tuple _names               # bytes, in the order of their numbers
    cdef Key _keys[MOST_NAMES]
    cdef Key _bulky
    cdef Py_ssize_t known           # how many names
    cdef tuple shown(self, Py_ssize_t number)
    cdef void fetch_place(self, Py_ssize_t number) noexcept nogil
    cdef void fetch(self, Py_ssize_t number) noexcept nogil
    cdef tuple _soon(self, const char *text, Py_ssize_t size)
    cdef tuple _made(
        self, const char *text, const Value *values, const Value *moment, Py_ssize_t bytes_
    )
    cdef dict _facets(self, const char *text, const Value *values)
    cdef bint _are_said(self, const char *text, const Value *values, bytes names)
    cdef Py_ssize_t _which(self, const char *name, Py_ssize_t length) noexcept nogil
