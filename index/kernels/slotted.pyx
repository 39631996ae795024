"""Objects of a class with slots, without a call for each: the compiled form of calling the class.

A call of a class of Python's takes 0.4 µs, most of it the way to ``__init__`` and its arguments.
Here the slots are filled where they are in an object, which their descriptors show once.
"""

include "source.pxi"

from abc import ABCMeta
from types import MemberDescriptorType

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.ref cimport Py_INCREF, PyObject

cdef extern from "Python.h":
    Py_ssize_t PY_SSIZE_T_MAX

cdef extern from *:
    """
    static PyObject *without_values(PyObject *type) {
        return PyType_GenericAlloc((PyTypeObject *)type, 0);
    }
    """
    object without_values(object type)
    tuple tuple_of_length "PyTuple_New"(Py_ssize_t length)
    int put_in_tuple "PyTuple_SetItem"(tuple some, Py_ssize_t at, PyObject *one) except -1

cdef enum:
    HEAD = 2    # words of an object before all slots


cdef class Maker:
    """Makes objects of a class whose ``__init__`` does no more than to fill slots: ``names``.

    ``places``: of each slot where rows have its value, -1 where none has: of those a column tells.
    Raises TypeError for a class that has other slots, one of them twice, or more than slots, or that
    is made otherwise; ValueError where ``places`` are not as many as names. Shared by threads.
    """

    def __cinit__(self, kind not None, tuple names not None, tuple places not None):
        cdef Py_ssize_t at
        found = slots_of(kind, names)
        self.kind, self.size = kind, len(names)
        if len(places) != self.size:
            raise ValueError("each slot has a place, or none")
        self.slots = <Slot *>PyMem_Malloc((self.size + 1) * sizeof(Slot))
        if self.slots == NULL:
            raise MemoryError
        for at in range(self.size):
            self.slots[at].word = word_of(found[at], kind)
            self.slots[at].place = max(<Py_ssize_t>places[at], -1)
            if self.slots[at].place == PY_SSIZE_T_MAX:
                raise OverflowError("no row is so long")
            self.least = max(self.least, self.slots[at].place + 1)
            self.apart += self.slots[at].place < 0

    def __dealloc__(self):
        PyMem_Free(self.slots)

    def one(self, *values):
        """The object of its values, in the order of the names. Raises TypeError for more or fewer."""
        cdef Py_ssize_t at
        if len(values) != self.size:
            raise TypeError("each slot has a value")
        found = without_values(self.kind)
        for at in range(self.size):
            fill(found, self.slots[at].word, in_tuple(values, at))
        return found

    cdef object of(self, PyObject **values):
        """The object of as many values as it has slots, in the order of the names."""
        cdef Py_ssize_t at
        found = without_values(self.kind)
        for at in range(self.size):
            fill(found, self.slots[at].word, values[at])
        return found

    def of_rows(self, list rows not None, tuple columns not None):
        """Of each row, a tuple, an object: a tuple of them.

        ``columns``: of each slot without a place a list of its values, as long as ``rows``, or
        anything else, which all of them have. Raises ValueError where lengths differ, TypeError for
        other rows, IndexError for shorter ones.
        """
        return self.rows(rows, columns)

    cdef tuple rows(self, list rows, tuple columns):
        cdef Py_ssize_t number, at, column, count = len(rows)
        cdef tuple row, found
        cdef PyObject *value
        if len(columns) != self.apart:
            raise ValueError("each slot that rows have not has a column")
        for each in columns:
            if type(each) is list and len(<list>each) != count:
                raise ValueError("a column is not as long as there are rows")
        found = tuple_of_length(count)
        for number in range(count):     # as making objects may run what looks at all
            Py_INCREF(None)
            put_in_tuple(found, number, <PyObject *>None)
        for number in range(count):
            row = <tuple?><object>in_list(rows, number)
            if len(row) < self.least:
                raise IndexError("a row is too short")
            one = without_values(self.kind)
            column = 0
            for at in range(self.size):
                if self.slots[at].place >= 0:
                    value = in_tuple(row, self.slots[at].place)
                else:
                    value = in_tuple(columns, column)
                    column += 1
                    if type(<object>value) is list:
                        value = in_list(<list>value, number)
                fill(one, self.slots[at].word, value)
            Py_INCREF(one)
            put_in_tuple(found, number, <PyObject *>one)
        return found


cdef list slots_of(kind, tuple names):
    """The slots of a class, and of those that it derives from, in the order of their ``names``.

    Raises TypeError unless these are all, each once, its objects have nothing but slots, and it has
    no ``__new__``.
    """
    cdef Py_ssize_t words = HEAD + len(names)
    if type(kind) is not type and type(kind) is not ABCMeta:
        raise TypeError("a class is needed that has nothing but slots")
    of_classes = [vars(one) for one in kind.__mro__ if one is not object]
    if (
        kind.__dictoffset__
        or kind.__itemsize__
        or kind.__basicsize__ != (words + (kind.__weakrefoffset__ > 0)) * sizeof(PyObject *)
        or any(["__new__" in one for one in of_classes])
    ):
        raise TypeError("a class is needed that has nothing but slots, and no other way to be made")
    found = [next((one[name] for one in of_classes if name in one), None) for name in names]
    for one in found:
        if type(one) is not MemberDescriptorType or one.__objclass__ not in kind.__mro__:
            raise TypeError("a class has other slots")
    if len(set(names)) < len(names) or len({id(one) for one in found}) < len(found):
        raise TypeError("all slots are needed, each once")
    return found


cdef inline void fill(object one, Py_ssize_t word, PyObject *value) noexcept:
    """Set a slot that has no value."""
    Py_INCREF(<object>value)
    (<PyObject **><PyObject *>one)[word] = value


cdef Py_ssize_t word_of(object slot, object kind) except -1:
    """Which word of an object a slot is. Raises TypeError where it is none."""
    cdef Py_ssize_t at, words = <Py_ssize_t>kind.__basicsize__ // <Py_ssize_t>sizeof(PyObject *)
    one, value = without_values(kind), object()
    slot.__set__(one, value)
    for at in range(HEAD, words):
        if (<PyObject **><PyObject *>one)[at] == <PyObject *>value:
            return at
    raise TypeError("a slot is a word of an object")
