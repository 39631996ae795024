"""Objects of a class with slots, without a call for each: the compiled form of calling the class.

A call of a class of Python's takes 0.4 µs, most of it the way to ``__init__`` and its arguments.
Here the descriptors of slots are asked to set what ``__init__`` would set.
"""

include "source.pxi"

from types import MemberDescriptorType

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.ref cimport PyObject

cdef extern from *:
    """
    typedef int (*Setting)(PyObject *, PyObject *, PyObject *);

    static Setting setting_of(PyObject *type) {
        return (Setting)PyType_GetSlot((PyTypeObject *)type, Py_tp_descr_set);
    }

    static PyObject *without_values(PyObject *type) {
        return PyType_GenericAlloc((PyTypeObject *)type, 0);
    }
    """
    ctypedef int (*Setting)(object descriptor, object one, object value) except -1
    Setting setting_of(object type)
    object without_values(object type)


cdef class Maker:
    """Makes objects of a class whose ``__init__`` does no more than to fill slots: ``names``.

    ``places``: of each slot where rows have its value, -1 where none has: of those a column tells.
    Raises TypeError for a class that has not all of these slots, or none but slots, or that is made
    otherwise; ValueError where ``places`` are not as many as names. Shared by threads.
    """

    cdef object kind
    cdef tuple slots            # their descriptors
    cdef Py_ssize_t *places
    cdef Py_ssize_t size        # of slots
    cdef Py_ssize_t least       # items of a row
    cdef Py_ssize_t apart       # slots of which columns tell
    cdef Setting set

    def __cinit__(self, kind not None, tuple names not None, tuple places not None):
        cdef Py_ssize_t at
        if type(kind) is not type or kind.__bases__ != (object,) or kind.__dictoffset__:
            raise TypeError("a class is needed that has nothing but slots")
        self.kind, self.size = kind, len(names)
        if len(places) != self.size:
            raise ValueError("each slot has a place, or none")
        found = [vars(kind).get(name) for name in names]
        slots = [one for one in vars(kind).values() if type(one) is MemberDescriptorType]
        if "__new__" in vars(kind) or len(slots) != self.size or any(one not in slots for one in found):
            raise TypeError("all slots are needed, each once, and no other way to make the class")
        self.slots, self.set = tuple(found), setting_of(MemberDescriptorType)
        self.places = <Py_ssize_t *>PyMem_Malloc((self.size + 1) * sizeof(Py_ssize_t))
        if self.places == NULL:
            raise MemoryError
        for at in range(self.size):
            self.places[at] = max(<Py_ssize_t>places[at], -1)
            self.least = max(self.least, self.places[at] + 1)
            self.apart += self.places[at] < 0

    def __dealloc__(self):
        PyMem_Free(self.places)

    def one(self, *values):
        """The object of its values, in the order of the names. Raises TypeError for more or fewer."""
        cdef Py_ssize_t at
        if len(values) != self.size:
            raise TypeError("each slot has a value")
        found = without_values(self.kind)
        for at in range(self.size):
            self.set(self.slots[at], found, values[at])
        return found

    def of_rows(self, list rows not None, tuple columns not None):
        """Of each row, a tuple, an object: a tuple of them.

        ``columns``: of each slot without a place a list of its values, as long as ``rows``, or
        anything else, which all of them have. Raises ValueError where lengths differ, TypeError for
        other rows, IndexError for shorter ones.
        """
        cdef Py_ssize_t number, at, column, count = len(rows)
        cdef list found = []
        cdef tuple row
        if len(columns) != self.apart:
            raise ValueError("each slot that rows have not has a column")
        for each in columns:
            if type(each) is list and len(<list>each) != count:
                raise ValueError("a column is not as long as there are rows")
        for number in range(count):
            row = <tuple?>rows[number]
            if len(row) < self.least:
                raise IndexError("a row is too short")
            one = without_values(self.kind)
            column = 0
            for at in range(self.size):
                if self.places[at] >= 0:
                    self.set(self.slots[at], one, row[self.places[at]])
                    continue
                value = columns[column]
                column += 1
                self.set(self.slots[at], one, (<list>value)[number] if type(value) is list else value)
            found.append(one)
        return tuple(found)
