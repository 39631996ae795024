"""Whether a text may begin with a dateline: most do not, which its first bytes tell.

What a dateline is ``index.sources.text.dateline`` says. It has either a dash that parts it from the
report, with what makes a dash more than a hyphen inside a word, or begins with the name of a site,
or has nothing but capitals, blanks and commas before a full stop.
"""

include "source.pxi"

from libc.stdint cimport uint8_t

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL


def may_begin_with_dateline(str text not None, Py_ssize_t longest):
    """Whether one may be in the first ``longest`` characters. Nothing is said by True.

    Nor is anything said of a text with a lone surrogate.
    """
    cdef Py_ssize_t size, at
    cdef const uint8_t *letters
    try:
        letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
    except UnicodeEncodeError:
        return True
    if begins_with_site(letters, size) or begins_in_capitals(letters, size):
        return True
    for at in range(size):
        if longest < 0:
            break
        if letters[at] & 0xC0 != 0x80:  # a character begins
            longest -= 1
        if letters[at] == c"-":
            if is_more_than_hyphen(letters, at):
                return True
        elif letters[at] == 0xE2 and is_dash(letters + at):
            return True
    return False


cdef bint begins_with_site(const uint8_t *letters, Py_ssize_t size) noexcept:
    """Whether letters, digits and hyphens of ASCII stand before the first full stop."""
    cdef Py_ssize_t at = 0
    while at < size and (
        c"a" <= letters[at] <= c"z"
        or c"A" <= letters[at] <= c"Z"
        or c"0" <= letters[at] <= c"9"
        or letters[at] == c"-"
    ):
        at += 1
    return 0 < at < size and letters[at] == c"."


cdef bint begins_in_capitals(const uint8_t *letters, Py_ssize_t size) noexcept:
    """Whether capitals of ASCII, blanks and commas stand before the first full stop."""
    cdef Py_ssize_t at = 0
    while at < size and (
        c"A" <= letters[at] <= c"Z" or letters[at] == c" " or letters[at] == c","
    ):
        at += 1
    return 0 < at < size and letters[at] == c"."


cdef bint is_more_than_hyphen(const uint8_t *letters, Py_ssize_t at) noexcept:
    """Whether beside a hyphen stands what is no letter, digit or mark of ASCII.

    There is a zero behind the text.
    """
    return at == 0 or is_beside(letters[at - 1]) or is_beside(letters[at + 1])


cdef bint is_beside(uint8_t letter) noexcept:
    return letter <= 32 or letter == c"-" or letter >= 0x80


cdef bint is_dash(const uint8_t *letters) noexcept:
    """Whether a character of three bytes is U+2013, U+2014 or U+2212."""
    if letters[1] == 0x80:
        return letters[2] == 0x93 or letters[2] == 0x94
    return letters[1] == 0x88 and letters[2] == 0x92
