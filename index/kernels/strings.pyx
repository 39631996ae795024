"""Byte strings by number, from a section that holds them and one that says where each begins."""

include "source.pxi"

from cpython.bytes cimport PyBytes_FromStringAndSize

from index.kernels.sections cimport View


cdef class Strings:
    """``texts``, bytes, and ``places``, where each of the strings begins and the last one ends."""

    cdef View texts
    cdef View places
    cdef object raw

    def __cinit__(self, texts, places):
        self.texts = View(texts)
        self.places = View(places)
        self.raw = texts.raw()
        if self.texts.width != 1:
            raise TypeError("a section of bytes is needed")

    def get(self, Py_ssize_t number):
        """The string of a number. Raises ``FileDamaged``."""
        cdef Py_ssize_t start = 0, stop = 0
        self.find(number, &start, &stop)
        return PyBytes_FromStringAndSize(<const char *>self.texts.data + start, stop - start)

    def view(self, Py_ssize_t number):
        """The same where it lies: a memoryview of bytes."""
        cdef Py_ssize_t start = 0, stop = 0
        self.find(number, &start, &stop)
        return self.raw[start:stop]

    cdef int find(self, Py_ssize_t number, Py_ssize_t *start, Py_ssize_t *stop) except -1:
        self.places.need(number, number + 2)
        start[0], stop[0] = self.places.at(number), self.places.at(number + 1)
        return self.texts.need(start[0], stop[0])
