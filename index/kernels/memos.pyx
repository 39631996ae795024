"""What was found out, kept while there is room.

The compiled twin of ``search.local.plain.memo.PythonMemo``, which says what is forgotten. A question
puts three values and asks for six.
"""

include "source.pxi"

from cpython.object cimport PyObject

cdef extern from "Python.h":
    PyObject *in_dict "PyDict_GetItemWithError"(dict some, object key) except? NULL     # borrowed


cdef class Kept:
    """A value, its size, and whether it was asked for since there was no room before."""

    cdef object value
    cdef Py_ssize_t size
    cdef bint is_wanted


cdef class Memo:
    """Values of up to ``limit`` bytes together. Shared by threads, which hold the GIL."""

    def __cinit__(self, Py_ssize_t limit):
        self._kept, self._limit = {}, limit

    @property
    def nbytes(self):
        """The bytes of all that is kept, about."""
        return self._bytes

    def get(self, key):
        """What was put for the key, if it is still there."""
        return self.find(key)

    cdef object find(self, key):
        cdef dict every = self._kept    # keys that are compared may put others in its place
        cdef PyObject *found = in_dict(every, key)
        cdef Kept kept
        if found == NULL:
            return None
        kept = <Kept><object>found
        kept.is_wanted = True
        return kept.value

    def several(self, keys):
        """The same of each of some keys."""
        return [self.find(key) for key in keys]

    def keys(self):
        """Those whose values are kept, in the order in which they would stay: the warmest first."""
        return [key for key, _ in self._warmest_first()]

    def reverse(self):
        """Be as if the values had been put the other way round."""
        cdef list turned = list(self._kept.copy().items())
        turned.reverse()
        self._kept = dict(turned)

    def put(self, key, value, Py_ssize_t size):
        """Keep a value of about ``size`` bytes. Raises ValueError for less than none."""
        self.keep(key, value, size)

    cdef int keep(self, key, value, Py_ssize_t size) except -1:
        cdef Kept kept
        cdef dict every
        if size < 0:
            raise ValueError("a value takes bytes")
        if size > self._limit // 2:
            return 0
        if size > self._limit - self._bytes:
            self._forget()
        kept = Kept.__new__(Kept)
        kept.value, kept.size = value, size
        self._bytes += size
        every = self._kept      # keys that are compared may put others in its place
        every[key] = kept
        return 0

    cdef list _warmest_first(self):
        # Others put in the midst of it, even within one thread: while objects are made, garbage may
        # be collected and run code. A copy of the dictionary makes none.
        cdef list warm = [], cold = [], every = list(self._kept.copy().items())
        cdef Kept kept
        every.reverse()
        for one in every:
            kept = (<tuple>one)[1]
            (warm if kept.is_wanted else cold).append(one)
        return warm + cold

    cdef int _forget(self) except -1:
        cdef list stay = []
        cdef Py_ssize_t total = 0
        cdef Kept kept
        for one in self._warmest_first():
            kept = (<tuple>one)[1]
            if kept.size > self._limit // 2 - total:
                break
            total += kept.size
            kept.is_wanted = False
            stay.append(one)
        stay.reverse()
        self._bytes, self._kept = total, dict(stay)  # in this order, as what is gone may put others
        return 0
