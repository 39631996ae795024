"""Whether a text of an archive is clean as it stands, so that nothing has to be done about it.

What makes a text unclean the modules of ``index.sources.text`` say, and look for it one after the
other: ``clean``, ``to_plain``, ``join_divided``. Nearly all texts are clean, which is told here by
going through their bytes once. It is told of no text that one of those would alter; of some that
none would alter it is not told either.
"""

include "source.pxi"

from libc.string cimport memcmp

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    BLOCK = 32  # bytes that are looked at together
    LONGEST_WITHOUT_TEXT = 100  # characters of a body that may say that there is none
    END = 200  # characters in which a text is told to be cut
    PLAIN = 0  # nothing to look at
    LINE = 1  # the end of a line
    LEADS = 2  # begins a character of two bytes, three or four
    ASKS = 3  # markup, control characters, what is no UTF-8


cdef class Tidiness:
    """``opening``: characters of ASCII with which no tidy text begins, and ``word``, which none
    begins with either. ``inside``: of none is one in it, four at most; but for those in ``behind``,
    which may be there with something else behind them than begins as is told there, in ASCII (a
    space: white space or what is no ASCII), in a text of up to ``longest`` bytes.
    ``dividing``: what divides a word at the end of a line. ``ordinary``: ``(first, last)`` each,
    ascending, the code points beyond ASCII that may be in it; those of ``leads``, likewise, before
    ASCII only, and before no blank if they are among ``before_blanks``.
    """

    def __cinit__(
        self,
        str opening not None,
        str word not None,
        str inside not None,
        behind,
        Py_ssize_t longest,
        str dividing not None,
        ordinary,
        leads,
        str before_blanks not None,
    ):
        cdef int code, mark
        if len(ordinary) > MOST_RANGES or len(dividing) > 16 or not 0 < len(inside) <= 4:
            raise ValueError("too many characters")
        if len(leads) > 8 or len(before_blanks) > 4:
            raise ValueError("too many characters")
        self.word_size = len(word)
        if self.word_size > 16:
            raise ValueError("too long a word")
        for code in range(self.word_size):
            self.word[code] = ord(word[code]) & 127
        for code in range(4):
            self.marks[code] = ord(inside[min(code, len(inside) - 1)]) & 127
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
        for mark in range(4):
            after = behind.get(chr(self.marks[mark]))
            for code in range(256):
                self.asks[mark][code] = after is None
            for begins in after or ():
                self._learn(mark, begins.encode("ascii"))
        self.longest = longest
        self.dividers = len(dividing)
        for code in range(self.dividers):
            self.divides[code] = ord(dividing[code])
        self.ranges = len(ordinary)
        for code in range(self.ranges):
            self.firsts[code], self.lasts[code] = ordinary[code]
        self.leads = len(leads)
        for code in range(self.leads):
            self.first_leads[code], self.last_leads[code] = leads[code]
        self.blanked = len(before_blanks)
        for code in range(self.blanked):
            self.before_blanks[code] = ord(before_blanks[code])

    cdef int _learn(self, int mark, bytes begins) except -1:
        """Note what markup begins with behind a mark. Raises ValueError."""
        cdef Beginning *beginning
        cdef int at
        if not 0 < len(begins) <= LONGEST_BEGINNING or begins[0] == 32:
            raise ValueError("it begins with nothing, or is too long")
        if len(begins) == 1:
            self.asks[mark][<uint8_t>begins[0]] = 1
            return 0
        if self.count == MOST_BEGINNINGS:
            raise ValueError("too many beginnings")
        if not self.asks[mark][<uint8_t>begins[0]]:
            self.asks[mark][<uint8_t>begins[0]] = 2
        beginning = &self.beginnings[self.count]
        beginning.mark, beginning.size = mark, len(begins)
        for at in range(beginning.size):
            beginning.letters[at] = begins[at]
        self.count += 1
        return 0

    def is_tidy(self, str text not None):
        """Whether nothing has to be done about the text."""
        cdef Py_ssize_t size
        cdef const uint8_t *letters
        try:
            letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
        except UnicodeEncodeError:  # a lone surrogate
            return False
        return self._passes(letters, size)

    def is_line(self, str text not None):
        """Whether the text is tidy, not empty, and has no white space but one space at a time,
        between words."""
        return self.line(text)

    def is_body(self, str text not None):
        """Whether the text is tidy, neither begins nor ends with white space, and is too long to
        say that there is none; and nothing in its end is what stands where a text was cut."""
        return self.body(text) == CERTAIN

    cdef bint line(self, str text) except -1:
        cdef Py_ssize_t size, at
        cdef const uint8_t *letters
        try:
            letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
        except UnicodeEncodeError:
            return False
        if size == 0 or letters[size - 1] == 32 or not self._passes(letters, size):
            return False
        at = 0
        while at < size:  # The text does not begin with a space: it passed.
            if letters[at] < 32 or (letters[at] == 32 and letters[at + 1] == 32):
                return False
            if letters[at] >= 0xC2 and may_be_space(decoded(letters, at, size)):
                return False
            at += 1
        return True

    cdef int body(self, str text) except -1:
        """CERTAIN where ``is_body`` says so, PERHAPS where only its end keeps it from that, else 0."""
        cdef Py_ssize_t size
        cdef const uint8_t *letters
        if len(text) <= LONGEST_WITHOUT_TEXT:
            return 0
        try:
            letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(text, &size)
        except UnicodeEncodeError:
            return 0
        if (
            letters[size - 1] <= 32
            or may_be_space(self._before(letters, size))
            or (letters[0] >= 0x80 and may_be_space(decoded(letters, 0, size)))
            or not self._passes(letters, size)
        ):
            return 0
        return PERHAPS if may_be_cut(letters, size) else CERTAIN

    cdef bint _passes(self, const uint8_t *letters, Py_ssize_t size) noexcept:
        cdef Py_ssize_t at = 0, end
        if size and self.opens[letters[0]]:
            return False
        if size >= self.word_size and memcmp(letters, self.word, self.word_size) == 0:
            return False
        while at < size:
            end = at + BLOCK
            if end <= size and self._are_plain(letters + at):
                at = end
                continue
            end = min(end, size)
            while at < end:  # A character may end behind the block.
                if self.kinds[letters[at]] == PLAIN:
                    at += 1
                elif not self._passes_odd(letters, &at, size):
                    return False
        return True

    cdef bint _passes_odd(self, const uint8_t *letters, Py_ssize_t *at, Py_ssize_t size) noexcept:
        """Whether nothing has to be done about a character that is not plain; ``at``: the next."""
        cdef uint8_t kind = self.kinds[letters[at[0]]]
        cdef int32_t code, width
        if kind == LINE:
            if self._divides(letters, at[0]):
                return False
            at[0] += 1
        elif kind == LEADS:
            code = decoded(letters, at[0], size)
            width = 2 if code < 0x800 else 3 if code < 0x10000 else 4
            if not self._is_ordinary(code) and not self._begins_nothing(code, letters[at[0] + width]):
                return False
            at[0] += width
        elif size <= self.longest and not self._asks(letters + at[0]):
            at[0] += 1
        else:
            return False
        return True

    cdef bint _asks(self, const uint8_t *letters) noexcept:
        """Whether a byte that is not plain has to be looked at; behind the last one is a zero."""
        cdef int mark, number
        for mark in range(4):
            if self.marks[mark] == letters[0]:
                if self.asks[mark][letters[1]] < 2:
                    return self.asks[mark][letters[1]]
                for number in range(self.count):
                    if self.beginnings[number].mark == mark and begins_as(
                        letters + 1, &self.beginnings[number]
                    ):
                        return True
                return False
        return True

    cdef bint _are_plain(self, const uint8_t *letters) noexcept:
        """Whether all bytes of a block are plain; the compiler looks at many of them at once."""
        cdef uint8_t odd = 0, letter
        cdef uint8_t first = self.marks[0], second = self.marks[1]
        cdef uint8_t third = self.marks[2], fourth = self.marks[3]
        cdef int at
        for at in range(BLOCK):
            letter = letters[at]
            odd |= (
                (letter < 32) | (letter > 126) | (letter == first) | (letter == second)
                | (letter == third) | (letter == fourth)
            )
        return not odd

    cdef int32_t _before(self, const uint8_t *letters, Py_ssize_t at) noexcept:
        """The character that ends before ``at``, which is not the first."""
        cdef Py_ssize_t first = at - 1
        while first and letters[first] & 0xC0 == 0x80:
            first -= 1
        return letters[first] if letters[first] < 0x80 else decoded(letters, first, at)

    cdef bint _divides(self, const uint8_t *letters, Py_ssize_t end) noexcept:
        """Whether a word may be divided at the end of a line."""
        cdef Py_ssize_t at = end
        cdef int32_t code
        cdef int number
        while at and letters[at - 1] in (32, 9):
            at -= 1
        if at == 0:
            return False
        code = self._before(letters, at)
        at -= 1 if code < 0x80 else 2 if code < 0x800 else 3
        for number in range(self.dividers):
            if self.divides[number] == code:
                return at > 0 and may_be_letter(letters[at - 1])
        return False

    cdef bint _is_ordinary(self, int32_t code) noexcept:
        cdef int at
        for at in range(self.ranges):
            if code <= self.lasts[at]:
                return code >= self.firsts[at]
        return False


    cdef bint _begins_nothing(self, int32_t code, uint8_t behind) noexcept:
        """Whether a character is tidy before a byte, or the end, for which a zero stands."""
        cdef int at
        if behind >= 0x80:
            return False
        if behind == c" ":
            for at in range(self.blanked):
                if self.before_blanks[at] == code:
                    return False
        for at in range(self.leads):
            if self.first_leads[at] <= code <= self.last_leads[at]:
                return True
        return False


cdef bint begins_as(const uint8_t *letters, const Beginning *beginning) noexcept:
    """Whether a text begins so; behind its last byte is a zero."""
    cdef int at
    cdef uint8_t letter
    for at in range(beginning.size):
        letter = letters[at]
        if beginning.letters[at] == 32:
            if not letter or 32 < letter < 0x80:
                return False
        elif letter != beginning.letters[at]:
            return False
    return True


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


cdef bint may_be_letter(uint8_t letter) noexcept:
    """Whether the last byte of a character may be that of a letter."""
    return c"a" <= letter <= c"z" or c"A" <= letter <= c"Z" or letter >= 0x80


cdef bint may_be_space(int32_t code) noexcept:
    """Whether a character is white space beyond ASCII; -1 may be."""
    if code < 0x1680:
        return code == -1 or code == 0x85 or code == 0xA0
    if 0x2000 <= code <= 0x205F:
        return not 0x2010 <= code <= 0x2027
    return code == 0x1680 or code == 0x3000


cdef bint may_be_cut(const uint8_t *letters, Py_ssize_t size) noexcept:
    """Whether an ellipsis or a closing bracket is in the end of a text that ends as no sentence
    does. The text has three bytes or more, and a zero behind them."""
    cdef Py_ssize_t at
    cdef uint8_t letter = letters[size - 1]
    if letter in (c"?", c"!", c'"', c"'"):
        return False
    if letter == c".":
        return letters[size - 2] == c"." and letters[size - 3] == c"."
    for at in range(max(size - 4 * END, 0), size):
        letter = letters[at]
        if (
            letter == c"]"
            or (letter == c"." and letters[at + 1] == c"." and letters[at + 2] == c".")
            or (letter == 0xE2 and letters[at + 1] == 0x80 and letters[at + 2] == 0xA6)
        ):
            return True
    return False
