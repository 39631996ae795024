"""What of a text counts where it is asked whether two are alike (``index.build.stored_values``)."""

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t


def packed(const uint8_t[::1] text not None):
    """A text in UTF-8 with ASCII letters lowered, apostrophes made plain, without white space."""
    cdef Py_ssize_t size = text.shape[0], length
    cdef bytes room = PyBytes_FromStringAndSize(NULL, size + 1)
    cdef uint8_t *to = <uint8_t *>PyBytes_AsString(room)
    if not size:
        return b""
    with nogil:
        length = _pack(&text[0], size, to)
    return room[:length]


cdef Py_ssize_t _pack(const uint8_t *text, Py_ssize_t size, uint8_t *to) noexcept nogil:
    cdef Py_ssize_t at = 0, length = 0
    cdef uint8_t byte
    while at < size:
        byte = text[at]
        if byte >= 0xCA:
            if byte == 0xCA and at + 1 < size and text[at + 1] == 0xBC:
                at += 1
                byte = 0x27
            elif byte == 0xE2 and at + 2 < size and text[at + 1] == 0x80 and (
                text[at + 2] == 0x98 or text[at + 2] == 0x99
            ):
                at += 2
                byte = 0x27
        to[length] = byte + (<uint8_t>(0x41 <= byte <= 0x5A) << 5)
        # Every byte is written; the next one takes the place of white space.
        length += not (byte == 0x20 or 0x09 <= byte <= 0x0D or 0x1C <= byte <= 0x1F)
        at += 1
    return length
