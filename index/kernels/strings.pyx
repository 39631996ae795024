"""Byte strings by number, from a section that holds them and one that says where each begins."""

include "source.pxi"

from cpython.bytes cimport PyBytes_FromStringAndSize

from index.kernels.sections cimport View

cdef extern from *:
    void prefetch_line "__builtin_prefetch"(const void *) nogil

cdef enum:
    LINE = 64       # bytes that a processor reads at once
    MOST_LINES = 48

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

    def views(self, list numbers not None):
        """The same of several, whose memory is waited for at once."""
        cdef Py_ssize_t number
        for one in numbers:
            number = one
            if 0 <= number < self.places.length:
                prefetch_line(self.places.data + number * self.places.width)
        for one in numbers:
            self._fetch(one)
        return [self.view(one) for one in numbers]

    cdef void _fetch(self, Py_ssize_t number) noexcept nogil:
        """Have a string read, wherever it is said to be: that is verified later."""
        cdef Py_ssize_t start, stop
        if not 0 <= number < self.places.length - 1:
            return
        start, stop = <Py_ssize_t>self.places.at(number), <Py_ssize_t>self.places.at(number + 1)
        stop = min(stop, self.texts.length, start + MOST_LINES * LINE)
        if start < 0:
            return
        while start < stop:
            prefetch_line(self.texts.data + start)
            start += LINE

    cdef int find(self, Py_ssize_t number, Py_ssize_t *start, Py_ssize_t *stop) except -1:
        self.places.need(number, number + 2)
        start[0], stop[0] = self.places.at(number), self.places.at(number + 1)
        return self.texts.need(start[0], stop[0])
