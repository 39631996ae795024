from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF

cdef extern from *:
    PyObject *in_tuple "PyTuple_GetItem"(tuple some, Py_ssize_t at) except NULL   # borrowed
    PyObject *in_list "PyList_GetItem"(list some, Py_ssize_t at) except NULL      # borrowed
    tuple packed "PyTuple_Pack"(Py_ssize_t size, ...)   # of so many PyObject *
    int _put "PyList_SetItem"(list some, Py_ssize_t at, PyObject *one) except -1


cdef inline int put(list some, Py_ssize_t at, object one) except -1:
    """Set an item of a list."""
    Py_INCREF(one)
    return _put(some, at, <PyObject *>one)


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
