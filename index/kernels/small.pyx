"""Words in small letters among the pieces of texts: the compiled form of ``derived.small``."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize, PyBytes_Size
from libc.stdint cimport uint8_t


def small_words(words, Py_ssize_t shortest, Py_ssize_t longest):
    """Those of ``words``, bytes, that are small letters alone, from ``shortest`` to ``longest``.

    Without those that stand somewhere in them, between what is no letter, with a capital first; and
    these, in small letters: a list and a set. Raises TypeError where one is not bytes.
    """
    cdef list found = []
    cdef set capital = set()
    cdef const uint8_t *letters
    cdef Py_ssize_t size, at, start
    cdef bint small
    for word in words:
        letters = <const uint8_t *>PyBytes_AsString(word)
        size = PyBytes_Size(word)
        small = size > 0
        start = 0
        for at in range(size + 1):
            if at < size and is_letter(letters[at]):
                if letters[at] < 97:
                    small = False
                continue
            if at < size:
                small = False
            if start < at and letters[start] < 97 and shortest <= at - start <= longest:
                capital.add(PyBytes_FromStringAndSize(<const char *>letters + start, at - start).lower())
            start = at + 1
        if small and shortest <= size <= longest:
            found.append(word)
    return [word for word in found if word not in capital], capital


cdef inline bint is_letter(uint8_t code) noexcept:
    return 97 <= code <= 122 or 65 <= code <= 90
