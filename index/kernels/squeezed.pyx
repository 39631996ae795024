"""A text without what readers do not see: the compiled form of ``stored_values.squeezed``."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t
from libc.stdlib cimport free, malloc


cdef uint8_t[256] LOWERED  # written once, here
cdef uint8_t[256] KEPT
cdef int code
for code in range(256):
    LOWERED[code] = code + 32 if b"A" <= code <= b"Z" else code
    KEPT[code] = not (code == b" " or 9 <= code <= 13 or 28 <= code <= 31)


def squeezed(bytes text not None):
    """UTF-8 with ASCII letters lowered, typographic apostrophes made plain, no ASCII white space.

    Raises MemoryError.
    """
    cdef char *raw
    cdef Py_ssize_t length, kept
    PyBytes_AsStringAndSize(text, &raw, &length)
    cdef uint8_t *into = <uint8_t *>malloc(<size_t>length + 1)
    if into == NULL:
        raise MemoryError
    try:
        with nogil:
            kept = squeeze(<const uint8_t *>raw, length, into)
        return PyBytes_FromStringAndSize(<const char *>into, kept)
    finally:
        free(into)


cdef Py_ssize_t squeeze(const uint8_t *text, Py_ssize_t length, uint8_t *into) noexcept nogil:
    """Write what is left of a text, which is no longer; how many bytes that are."""
    cdef Py_ssize_t at = 0, kept = 0
    cdef int width
    cdef uint8_t byte
    while at < length:
        byte = text[at]
        if byte < 0x80:
            into[kept] = LOWERED[byte]
            kept += KEPT[byte]
            at += 1
            continue
        width = apostrophe(text + at, length - at)
        into[kept] = b"'" if width else byte
        kept += 1
        at += max(width, 1)
    return kept


cdef inline int apostrophe(const uint8_t *text, Py_ssize_t left) noexcept nogil:
    """The bytes of the typographic apostrophe that begins here, 0 for none."""
    if left >= 3 and text[0] == 0xE2 and text[1] == 0x80 and (text[2] == 0x98 or text[2] == 0x99):
        return 3
    return 2 if left >= 2 and text[0] == 0xCA and text[1] == 0xBC else 0
