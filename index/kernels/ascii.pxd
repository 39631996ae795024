"""The letters of texts of ASCII, where they are: no object is made to look at them."""

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
