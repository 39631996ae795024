"""Whether a text of an archive is clean as it stands, so that nothing has to be done about it.

What makes a text unclean the modules of ``index.sources.text`` say, and look for it one after the
other: ``clean``, ``to_plain``, ``join_divided``. Nearly all texts are clean, which is told here by
going through their bytes once. It is told of no text that one of those would alter; of some that
none would alter it is not told either.
"""

include "source.pxi"

from libc.stdint cimport int32_t, uint8_t

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    PLAIN = 0  # nothing to look at
    LINE = 1  # the end of a line
    LEADS = 2  # begins a character of two bytes, three or four
    ASKS = 3  # markup, control characters, what is no UTF-8


cdef class Tidiness:
    """``opening``: characters of ASCII with which no tidy text begins; ``inside``: of none is one
    in it. ``dividing``: characters that are not told to be tidy before the end of a line.
    ``ordinary``: ``(first, last)`` each, ascending, the code points beyond ASCII that may be in it.
    """

    cdef uint8_t opens[256]
    cdef uint8_t kinds[256]
    cdef int32_t firsts[64]
    cdef int32_t lasts[64]
    cdef int ranges
    cdef int32_t divides[16]
    cdef int dividers

    def __cinit__(self, str opening not None, str inside not None, str dividing not None, ordinary):
        cdef int code
        if len(ordinary) > 64 or len(dividing) > 16:
            raise ValueError("too many characters")
        for code in range(256):
            self.opens[code] = 0
            if code in (9, 10) or 32 <= code < 127:
                self.kinds[code] = LINE if code == 10 else PLAIN
            else:
                self.kinds[code] = LEADS if 0xC2 <= code <= 0xF4 else ASKS
        for letter in opening:
            self.opens[ord(letter) & 127] = 1
        for letter in inside:
            self.kinds[ord(letter) & 127] = ASKS
        self.dividers = len(dividing)
        for code in range(self.dividers):
            self.divides[code] = ord(dividing[code])
        self.ranges = len(ordinary)
        for code in range(self.ranges):
            self.firsts[code], self.lasts[code] = ordinary[code]

    def is_tidy(self, str text not None):
        """Whether nothing has to be done about the text."""
        cdef Py_ssize_t size
        cdef const uint8_t *letters
        try:
            letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
        except UnicodeEncodeError:  # a lone surrogate
            return False
        return size == 0 or (not self.opens[letters[0]] and self._passes(letters, size))

    cdef bint _passes(self, const uint8_t *letters, Py_ssize_t size) noexcept:
        cdef Py_ssize_t at = 0
        cdef int32_t code
        cdef uint8_t kind
        while at < size:
            kind = self.kinds[letters[at]]
            if kind == PLAIN:
                at += 1
            elif kind == LINE:
                if at and self._divides(self._before(letters, at)):
                    return False
                at += 1
            elif kind == LEADS:
                code = decoded(letters, at, size)
                if not self._is_ordinary(code):
                    return False
                at += 2 if code < 0x800 else 3 if code < 0x10000 else 4
            else:
                return False
        return True

    cdef int32_t _before(self, const uint8_t *letters, Py_ssize_t at) noexcept:
        """The character that ends before ``at``, which is not the first."""
        cdef Py_ssize_t first = at - 1
        while first and letters[first] & 0xC0 == 0x80:
            first -= 1
        return letters[first] if letters[first] < 0x80 else decoded(letters, first, at)

    cdef bint _divides(self, int32_t code) noexcept:
        cdef int at
        for at in range(self.dividers):
            if self.divides[at] == code:
                return True
        return False

    cdef bint _is_ordinary(self, int32_t code) noexcept:
        cdef int at
        for at in range(self.ranges):
            if code <= self.lasts[at]:
                return code >= self.firsts[at]
        return False


cdef int32_t decoded(const uint8_t *letters, Py_ssize_t at, Py_ssize_t size) noexcept:
    """The character of several bytes that begins at a place; -1 where it is cut."""
    cdef uint8_t lead = letters[at]
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | letters[at + 1] & 0x3F if at + 1 < size else -1
    if lead < 0xF0:
        if at + 2 >= size:
            return -1
        return (lead & 0x0F) << 12 | (letters[at + 1] & 0x3F) << 6 | letters[at + 2] & 0x3F
    if at + 3 >= size:
        return -1
    return (
        (lead & 0x07) << 18
        | (letters[at + 1] & 0x3F) << 12
        | (letters[at + 2] & 0x3F) << 6
        | letters[at + 3] & 0x3F
    )
