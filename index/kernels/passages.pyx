"""Titles and snippets as HTML: ``search.marking.snippets`` compiled.

What is shown is chosen, cut and escaped in code points, and becomes a string of Python's at the
end.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Free
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcpy, memset, strlen

from index.kernels.marks cimport Finder
from index.kernels.texts cimport Text, encode, grown
from index.kernels.wanted cimport Mark

cdef extern from "Python.h":
    str PyUnicode_DecodeUTF8(const char *text, Py_ssize_t size, const char *errors)

cdef extern from *:
    """
    static const char SIGNS[128] = {
        ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\\''] = 1
    };
    """
    const char *IS_SIGN "SIGNS"  # what HTML has another form of

cdef Py_ssize_t LONGEST_ESCAPE = 6
cdef Py_ssize_t ROOM_FOR_TAGS = 13
cdef Py_ssize_t FAR = 1 << 40  # no text is longer


cdef bint is_space(uint32_t code) noexcept nogil:
    """What ``str.isspace`` says of a character."""
    if code < 0x80:
        return code == 0x20 or 0x09 <= code <= 0x0D or 0x1C <= code <= 0x1F
    return (
        code == 0x85
        or code == 0xA0
        or code == 0x1680
        or 0x2000 <= code <= 0x200A
        or code == 0x2028
        or code == 0x2029
        or code == 0x202F
        or code == 0x205F
        or code == 0x3000
    )


def spaces():
    """All characters of white space."""
    return "".join(chr(code) for code in range(0x110000) if is_space(code))


cdef class Html:
    """A string in the making. ``collapsing``: white space as in HTML, none at the ends."""

    cdef uint8_t *text
    cdef Py_ssize_t size
    cdef bint collapsing
    cdef bint pending

    def __cinit__(self, Py_ssize_t room, bint collapsing):
        self.text = <uint8_t *>grown(NULL, room)
        self.collapsing = collapsing

    def __dealloc__(self):
        PyMem_Free(self.text)

    cdef void put(self, const char *text) noexcept:
        """Add ASCII without white space as it is."""
        cdef size_t size = strlen(text)
        if self.pending:
            self.pending = False
            if self.size:
                self.text[self.size] = c" "
                self.size += 1
        memcpy(self.text + self.size, text, size)
        self.size += size

    cdef void add(self, const uint32_t *codes, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Add characters, escaped as ``html.escape`` does it."""
        cdef Py_ssize_t at
        cdef uint32_t code
        for at in range(start, end):
            code = codes[at]
            if self.collapsing and code <= 0x20 and is_space(code):
                self.pending = True
            elif code < 0x80:
                if self.pending:
                    self.put("")
                if IS_SIGN[code]:
                    self.escape(code)
                else:
                    self.text[self.size] = code
                    self.size += 1
            elif self.collapsing and is_space(code):
                self.pending = True
            else:
                if self.pending:
                    self.put("")
                self.size += encode(code, self.text + self.size)

    cdef void escape(self, uint32_t code) noexcept:
        if code == c"&":
            self.put("&amp;")
        elif code == c"<":
            self.put("&lt;")
        elif code == c">":
            self.put("&gt;")
        elif code == c'"':
            self.put("&quot;")
        else:
            self.put("&#x27;")

    cdef str string(self):
        return PyUnicode_DecodeUTF8(<const char *>self.text, self.size, "surrogatepass")


def title(Finder finder not None, text, work, Py_ssize_t longest, *, bint every):
    """A title as HTML, matches marked, cut at a word where it is longer than ``longest``.

    ``every``: every chunk is looked into, for what matches alone.
    """
    return _title(finder, text, work, longest, every)


def snippet(Finder finder not None, text, work, Py_ssize_t width, Py_ssize_t most):
    """The passage of a text of about ``width`` characters that has the best matches, as HTML.

    It is chosen among ``most`` of them; of none, it is the beginning.
    """
    return _snippet(finder, text, work, width, most)


def several(
    Finder finder not None, list titles not None, list texts not None, work,
    Py_ssize_t longest, Py_ssize_t width, Py_ssize_t most, *, bint simple,
):
    """What ``title`` and ``snippet`` give of each hit, one hit after the other.

    ``simple``: into every chunk of a title is looked, where it is no longer than ``longest``. Raises
    IndexError where there are not as many texts as titles.
    """
    cdef Py_ssize_t at
    cdef list found = []
    cdef str one
    if len(titles) != len(texts):
        raise IndexError("each hit has a title and a text")
    for at in range(len(titles)):
        one = titles[at]
        html = _title(finder, one, work, longest, simple and len(one) <= longest)
        found.append((html, _snippet(finder, texts[at], work, width, most)))
    return found


cdef str _title(Finder finder, text, work, Py_ssize_t longest, bint every):
    cdef Py_ssize_t end
    longest = min(max(longest, 0), FAR)
    finder.begin(text, work)
    try:
        if every:
            finder.find_everywhere()
        else:
            finder.find(-1)
        end = finder.text.length
        if end <= longest:
            return html(finder, 0, end, False)
        return html(finder, 0, forward(finder.text, 0, longest), False) + " …"
    finally:
        finder.finish(work)


cdef str _snippet(Finder finder, text, work, Py_ssize_t width, Py_ssize_t most):
    cdef Py_ssize_t start = 0, end = 0
    cdef Text whole = finder.text
    cdef str shown
    width = min(max(width, 0), FAR)
    finder.begin(text, work)
    try:
        if most:
            finder.find(most)
        window(finder, width, &start, &end)
        start = back(whole, start, end, width)
        end = forward(whole, start, width)
        shown = html(finder, start, end, True)
        if not blank(whole, 0, start):
            shown = "… " + shown
        if not blank(whole, end, whole.length):
            shown += " …"
        return shown
    finally:
        finder.finish(work)


cdef str html(Finder finder, Py_ssize_t start, Py_ssize_t end, bint collapsing):
    """The text from ``start`` to ``end``, escaped, matches in ``<mark>`` elements."""
    cdef const uint32_t *codes = finder.text.codes
    cdef Py_ssize_t first = 0, stop, at = start, number, characters = end - start
    while first < finder.mark_count and finder.marks[first].start < start:
        first += 1
    stop = first
    while stop < finder.mark_count and finder.marks[stop].end <= end:
        characters += finder.marks[stop].end - finder.marks[stop].start
        stop += 1
    # Of what follows white space may be one character more.
    out = Html(characters * (LONGEST_ESCAPE + 1) + (stop - first) * (ROOM_FOR_TAGS + 2) + 2, collapsing)
    for number in range(first, stop):
        out.add(codes, at, finder.marks[number].start)
        out.put("<mark>")
        out.add(codes, finder.marks[number].start, finder.marks[number].end)
        out.put("</mark>")
        at = finder.marks[number].end
    out.add(codes, at, end)
    return out.string()


cdef int window(Finder finder, Py_ssize_t width, Py_ssize_t *start, Py_ssize_t *end) except -1:
    """The start of the first and the end of the last match of the best window.

    The one with the most distinct matches, then with the most, then the earliest.
    """
    cdef Py_ssize_t last, first = 0, distinct = 0, best = 0, most = -1
    cdef Mark *marks = finder.marks
    cdef Mark *one
    cdef int32_t *counts
    if not finder.mark_count:
        return 0
    counts = <int32_t *>grown(NULL, len(finder.names) * sizeof(int32_t))
    memset(counts, 0, len(finder.names) * sizeof(int32_t))
    for last in range(finder.mark_count):
        one = &marks[last]
        distinct += counts[one.found] == 0
        counts[one.found] += 1
        while first < last and one.end - marks[first].start > width:
            counts[marks[first].found] -= 1
            distinct -= counts[marks[first].found] == 0
            first += 1
        if distinct > best or (distinct == best and last - first > most):
            best, most = distinct, last - first
            start[0], end[0] = marks[first].start, one.end
    PyMem_Free(counts)
    return 0


cdef bint blank(Text text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether there is nothing but white space."""
    cdef Py_ssize_t at
    for at in range(start, end):
        if not is_space(text.codes[at]):
            return False
    return True


cdef Py_ssize_t LONGEST_WORD = 60


cdef Py_ssize_t back(Text text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t width) noexcept:
    """Where to begin: at a sentence if one begins near before ``start``, else at a word."""
    cdef const uint32_t *codes = text.codes
    cdef Py_ssize_t room = max(0, width - (end - start))
    cdef Py_ssize_t earliest = max(0, start - room * 2 // 3)
    cdef Py_ssize_t at
    if earliest == 0:
        return 0
    for at in range(start - 1, earliest - 1, -1):
        if codes[at] == c"." or codes[at] == c"!" or codes[at] == c"?" or codes[at] == c"\n":
            if is_space(codes[at + 1]) and not blank(text, at + 1, start):
                return at + 2
            break
    for at in range(earliest, start):
        if codes[at] == c" ":
            return at + 1
    return max(earliest, start - LONGEST_WORD)


cdef Py_ssize_t forward(Text text, Py_ssize_t start, Py_ssize_t width) noexcept:
    """Where to end: at the last word that fits."""
    cdef Py_ssize_t at, end = start + width
    if end >= text.length:
        return text.length
    for at in range(end - 1, max(start - 1, end - LONGEST_WORD), -1):
        if text.codes[at] == c" " or text.codes[at] == c"\n":
            return at
    return end
