"""The letters of texts of ASCII, where they are: no object is made to look at them."""

from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memcmp, memcpy, memset

from index.kernels.hashes cimport SPARE

cdef enum:
    SHORT = 32  # letters of a word, at the most, that is copied

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size)
    Py_ssize_t PyUnicode_GetLength(object text)
    void PyErr_Clear()


cdef inline const char *ascii_of(str text, Py_ssize_t *size) noexcept:
    """The letters of a text of ASCII, there as long as it is; NULL of any other."""
    cdef const char *letters = PyUnicode_AsUTF8AndSize(text, size)
    if letters == NULL:
        PyErr_Clear()  # it has surrogates
        return NULL
    return letters if PyUnicode_GetLength(text) == size[0] else NULL


cdef inline bint are_letters(const char *text, Py_ssize_t size) noexcept nogil:
    """Whether there are any, and nothing else, as ``str.isalpha`` says of ASCII."""
    cdef Py_ssize_t at
    for at in range(size):
        if not c"a" <= text[at] | 32 <= c"z":
            return False
    return size > 0


cdef inline bint are_digits(const char *text, Py_ssize_t size) noexcept nogil:
    """As ``str.isdigit`` says of ASCII."""
    cdef Py_ssize_t at
    for at in range(size):
        if not c"0" <= text[at] <= c"9":
            return False
    return size > 0


cdef inline bint are_small(const char *text, Py_ssize_t size) noexcept nogil:
    """Whether there are small letters, and nothing else."""
    cdef Py_ssize_t at
    for at in range(size):
        if not c"a" <= text[at] <= c"z":
            return False
    return size > 0


cdef inline void copy(char *letters, const char *text, Py_ssize_t length) noexcept nogil:
    """Write up to ``SHORT`` letters where ``SPARE`` bytes are readable behind them."""
    memset(letters, 0, SHORT + SPARE)
    memcpy(letters, text, <size_t>length)


cdef inline Py_ssize_t joined(str first, str second, char *letters, Py_ssize_t *at) noexcept:
    """Write the letters of two words, and where the second begins; how many they are.

    -1 where they are not of ASCII, or more than ``SHORT``.
    """
    cdef Py_ssize_t size
    cdef const char *one = ascii_of(first, at)
    cdef const char *other = ascii_of(second, &size)
    if one == NULL or other == NULL or at[0] > SHORT or size > SHORT - at[0]:
        at[0] = 0
        return -1
    memset(letters, 0, SHORT + SPARE)
    memcpy(letters, one, <size_t>at[0])
    memcpy(letters + at[0], other, <size_t>size)
    return at[0] + size


cdef inline bint same(
    const char *one, Py_ssize_t length, const char *other, Py_ssize_t size
) noexcept nogil:
    return length == size and not memcmp(one, other, <size_t>size)


cdef inline str text_of(const char *letters, Py_ssize_t length):
    return PyUnicode_DecodeUTF8(letters, length, NULL)
