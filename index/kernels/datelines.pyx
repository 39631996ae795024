"""What may be a dateline, before the dash that parts it from the report.

What a dateline is ``index.sources.text.dateline`` says, which reads it; most texts have none, which
their first bytes tell. Its ``_before_dash`` is the witness.
"""

include "source.pxi"

from libc.stdint cimport int32_t, uint8_t

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL
    str part_of "PyUnicode_Substring"(str text, Py_ssize_t start, Py_ssize_t stop)

cdef enum:
    NOTHING = -1
    MOST_WORDS = 5


def before_dash(str text not None, Py_ssize_t longest):
    """``(before, end, opens)``: what stands before the first dash that is more than a hyphen, with
    single blanks; which character follows it; and whether that may open a sentence.

    Only the first ``longest`` characters are looked at, and nothing follows where they end: then, and
    where nothing stands before it, more than a line, or more than five words of one part, None. True
    where there is more to look at: the text begins with a name and a full stop, as that of a site, or
    with capitals, blanks and commas and a full stop, or has a lone surrogate.
    """
    cdef Py_ssize_t size, stop = 0, at = 0, start, end
    cdef const uint8_t *letters
    cdef str before
    try:
        letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
    except UnicodeEncodeError:
        return True
    if begins_with_site(letters, size) or begins_in_capitals(letters, size):
        return True
    while stop < size and longest > 0:
        stop += width_of(letters[stop])
        longest -= 1
    while at < stop:
        if letters[at] == c"\n":
            return None
        if is_dash(letters + at):
            start = before_blanks(letters, at)
            end = end_of_break(letters, start, at, stop)
            if end != NOTHING:
                if start == 0 or end == stop:
                    return None
                before = part_of(text, 0, characters(letters, start))
                before = with_single_blanks(before, letters, start)
                if is_prose(before):
                    return None
                return before, characters(letters, end), is_opening(code_at(letters + end))
        at += width_of(letters[at])
    return None


cdef bint begins_with_site(const uint8_t *letters, Py_ssize_t size) noexcept:
    """Whether letters, digits and hyphens of ASCII stand before the first full stop."""
    cdef Py_ssize_t at = 0
    while at < size and (is_letter(letters[at]) or is_digit(letters[at]) or letters[at] == c"-"):
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


cdef Py_ssize_t before_blanks(const uint8_t *letters, Py_ssize_t at) noexcept:
    """Where blanks and no-break spaces begin that end at a place."""
    while True:
        if at > 0 and letters[at - 1] == c" ":
            at -= 1
        elif at > 1 and letters[at - 1] == 0xA0 and letters[at - 2] == 0xC2:
            at -= 2
        else:
            return at


cdef Py_ssize_t end_of_break(
    const uint8_t *letters, Py_ssize_t start, Py_ssize_t dash, Py_ssize_t stop
) noexcept:
    """Where a dash ends with the dashes and spaces behind it; NOTHING where it is a hyphen.

    ``start``: where the blanks before it begin.
    """
    cdef Py_ssize_t at = dash + width_of(letters[dash])
    if at == dash + 1 and start == dash:
        if at >= stop or not (letters[at] == c"-" or is_space(code_at(letters + at))):
            return NOTHING
    while at < stop and (is_dash(letters + at) or is_space(code_at(letters + at))):
        at += width_of(letters[at])
    return at


cdef str with_single_blanks(str text, const uint8_t *letters, Py_ssize_t size):
    """The text of so many letters without white space around it, and one blank for all within."""
    cdef Py_ssize_t at
    cdef bint odd = letters[0] == c" "
    for at in range(size):
        if letters[at] < 32 or letters[at] >= 0x80 or (letters[at] == 32 and letters[at + 1] == 32):
            odd = True
    return " ".join(text.split()) if odd else text


cdef bint is_prose(str before) except -1:
    """Whether there are more words than a dateline of one part has."""
    cdef Py_ssize_t size, at, blanks = 0
    cdef const uint8_t *letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(before, &size)
    for at in range(size):
        if letters[at] == c" ":
            blanks += 1
        elif letters[at] in (c"(", c")", c",", c".", c"/"):
            return False
    return blanks >= MOST_WORDS


cdef Py_ssize_t characters(const uint8_t *letters, Py_ssize_t size) noexcept:
    """How many characters so many bytes are."""
    cdef Py_ssize_t at, found = 0
    for at in range(size):
        found += letters[at] & 0xC0 != 0x80
    return found


cdef inline Py_ssize_t width_of(uint8_t lead) noexcept:
    return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


cdef inline int32_t code_at(const uint8_t *letters) noexcept:
    """A character of up to three bytes; that of a longer one is none of those looked for."""
    if letters[0] < 0x80:
        return letters[0]
    if letters[0] < 0xE0:
        return (letters[0] & 0x1F) << 6 | letters[1] & 0x3F
    if letters[0] < 0xF0:
        return (letters[0] & 0x0F) << 12 | (letters[1] & 0x3F) << 6 | letters[2] & 0x3F
    return 0x10FFFF


cdef inline bint is_letter(uint8_t letter) noexcept:
    return c"a" <= letter <= c"z" or c"A" <= letter <= c"Z"


cdef inline bint is_digit(uint8_t letter) noexcept:
    return c"0" <= letter <= c"9"


cdef bint is_dash(const uint8_t *letters) noexcept:
    """Whether a character is a hyphen, U+2013, U+2014 or U+2212."""
    if letters[0] == c"-":
        return True
    if letters[0] != 0xE2:
        return False
    if letters[1] == 0x80:
        return letters[2] == 0x93 or letters[2] == 0x94
    return letters[1] == 0x88 and letters[2] == 0x92


cdef bint is_space(int32_t code) noexcept:
    """As ``str.isspace`` says."""
    if code < 0x80:
        return 9 <= code <= 13 or 28 <= code <= 32
    if code < 0x2000:
        return code == 0x85 or code == 0xA0 or code == 0x1680
    return code <= 0x200A or code in (0x2028, 0x2029, 0x202F, 0x205F, 0x3000)


cdef bint is_opening(int32_t code) noexcept:
    """Whether a character may open a sentence."""
    if code < 0x80:
        return c"A" <= code <= c"Z" or c"0" <= code <= c"9" or code in (c'"', c"'", c"(")
    return code in (0x201C, 0x2018, 0xAB)
