from cpython.object cimport PyObject

cdef extern from *:
    PyObject *in_tuple "PyTuple_GetItem"(tuple some, Py_ssize_t at) except NULL   # borrowed

cdef struct Slot:
    Py_ssize_t word     # of an object
    Py_ssize_t place    # of a row; -1 where a column has the value

cdef class Maker:
    cdef object kind
    cdef Slot *slots
    cdef Py_ssize_t size        # how many
    cdef Py_ssize_t least       # items of a row
    cdef Py_ssize_t apart       # slots of which columns tell
    cdef object of(self, PyObject **values)
    cdef tuple rows(self, list rows, tuple columns)

cdef list slots_of(kind, tuple names)
cdef Py_ssize_t word_of(object slot, object kind) except -1
