"""What of a text its hash is taken of: what readers see, and not how it was typed."""

include "source.pxi"

from libc.stdint cimport uint8_t

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL
    object PyBytes_FromStringAndSize(const char *letters, Py_ssize_t size)
    void *PyMem_Malloc(size_t size)
    void PyMem_Free(void *room)


def seen(str text not None):
    """The text as UTF-8 with ASCII letters lowered, typographic apostrophes (U+2018, U+2019, U+02BC)
    made plain, and without ASCII white space.

    Raises ``UnicodeEncodeError`` for a lone surrogate.
    """
    cdef Py_ssize_t size
    cdef const uint8_t *letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
    cdef uint8_t *room = <uint8_t *>PyMem_Malloc(size + 1)
    if room == NULL:
        raise MemoryError
    try:
        return PyBytes_FromStringAndSize(<const char *>room, write(letters, size, room))
    finally:
        PyMem_Free(room)


cdef Py_ssize_t write(const uint8_t *letters, Py_ssize_t size, uint8_t *out) noexcept:
    """Writes what is seen, no more bytes than there are letters; how many.

    Behind the letters is a zero.
    """
    cdef uint8_t lower[256]
    cdef uint8_t kept[256]
    cdef Py_ssize_t at = 0, written = 0
    cdef int code
    cdef uint8_t letter
    for code in range(256):
        lower[code] = code + 32 if 65 <= code <= 90 else code
        kept[code] = not (code == 32 or 9 <= code <= 13 or 28 <= code <= 31)
    while at < size:
        letter = letters[at]
        if letter >= 0xCA:  # the first byte of an apostrophe, or of another character
            if letter == 0xE2 and letters[at + 1] == 0x80 and letters[at + 2] & 0xFE == 0x98:
                letter = c"'"
                at += 2
            elif letter == 0xCA and letters[at + 1] == 0xBC:
                letter = c"'"
                at += 1
        out[written] = lower[letter]
        written += kept[letter]
        at += 1
    return written
