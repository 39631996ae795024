"""Byte strings by number, from a section that holds them and one that says where each begins."""

include "source.pxi"

from cpython.bytes cimport PyBytes_FromStringAndSize

from index.kernels.sections cimport View


cdef class Strings:
    """``texts``, bytes, and ``places``, where each of the strings begins and the last one ends."""

    cdef View texts
    cdef View places

    def __cinit__(self, texts, places):
        self.texts = View(texts)
        self.places = View(places)
        if self.texts.width != 1:
            raise TypeError("a section of bytes is needed")

    def get(self, Py_ssize_t number):
        """The string of a number. Raises ``FileDamaged``."""
        cdef Py_ssize_t start, stop
        self.places.need(number, number + 2)
        start, stop = self.places.at(number), self.places.at(number + 1)
        self.texts.need(start, stop)
        return PyBytes_FromStringAndSize(<const char *>self.texts.data + start, stop - start)
