"""The entries of a table of glued words, see ``index.glued.table``: read, and found by their stems."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport int64_t
from libc.string cimport memchr, memcmp

cdef enum:
    TAB = 9
    TABS = 3
    DIGITS = 9  # of a number


def parted(bytes text not None, const int64_t[::1] ends not None):
    """The entries of a text: where each begins, and where the last ends.

    Raises ``ValueError`` where something is no entry.
    """
    cdef char *letters
    cdef Py_ssize_t size, at, place, tabs
    cdef list found = []
    PyBytes_AsStringAndSize(text, &letters, &size)
    for at in range(ends.shape[0] - 1):
        if not 0 <= ends[at] <= ends[at + 1] <= size:
            raise ValueError("an entry is outside the text")
        tabs = 0
        for place in range(ends[at], ends[at + 1]):
            tabs += letters[place] == TAB
        if tabs != TABS:
            raise ValueError("an entry has other tabs")
        found.append(PyBytes_FromStringAndSize(letters + ends[at], ends[at + 1] - ends[at]))
    return found


def begins(list entries not None):
    """The number of the first entry of each beginning up to the first tab, which belongs to it."""
    cdef char *letters
    cdef const char *before = NULL
    cdef const char *tab
    cdef Py_ssize_t number, size, length = 0
    cdef dict found = {}
    cdef object kept = None     # what ``before`` is of
    for number, entry in enumerate(entries):
        PyBytes_AsStringAndSize(entry, &letters, &size)
        if length > 0 and size >= length and not memcmp(letters, before, length):
            continue  # as of the entry before, since a tab ends both
        tab = <const char *>memchr(letters, TAB, size)
        length = tab - letters + 1 if tab != NULL else 0
        before, kept = letters, entry
        begin = PyBytes_FromStringAndSize(letters, length)
        if begin not in found:
            found[begin] = number
    return found


def surfaces(list entries not None):
    """The glued words of all entries, as a frozenset. Raises ``ValueError`` where one has none."""
    cdef char *letters
    cdef const char *tab
    cdef const char *end
    cdef Py_ssize_t size
    cdef set found = set()
    for entry in entries:
        PyBytes_AsStringAndSize(entry, &letters, &size)
        tab = <const char *>memchr(letters, TAB, size)
        if tab == NULL:
            raise ValueError("an entry has no glued word")
        tab += 1
        end = <const char *>memchr(tab, TAB, size - (tab - letters))
        if end == NULL:
            end = letters + size
        found.add(PyUnicode_DecodeUTF8(tab, end - tab, "surrogatepass"))
    return frozenset(found)


def holding(list entries not None, dict begins not None, str stem not None):
    """The glued words that a word of a stem is a part of: ``(glued word, start, end)`` each.

    ``begins``: of the entries, see above. Raises ``ValueError`` where something is no entry, and
    ``IndexError`` where entries begin before the first.
    """
    cdef bytes begin = stem.encode("utf-8", "surrogatepass") + b"\t"
    cdef object first = begins.get(begin)
    cdef Py_ssize_t number, size, length, place, start, end
    cdef char *head
    cdef char *text
    cdef list found = []
    if first is None:
        return found
    if first < 0:
        raise IndexError("no entry is before the first")
    PyBytes_AsStringAndSize(begin, &head, &length)
    for number in range(first, len(entries)):
        entry = entries[number]
        PyBytes_AsStringAndSize(entry, &text, &size)
        if size < length or memcmp(text, head, length):
            break
        place = length
        while place < size and text[place] != TAB:
            place += 1
        surface = PyUnicode_DecodeUTF8(text + length, place - length, "surrogatepass")
        start = number_at(text, &place, size)
        end = number_at(text, &place, size)
        if place != size:
            raise ValueError("an entry goes on")
        found.append((surface, start, end))
    return found


cdef Py_ssize_t number_at(const char *text, Py_ssize_t *place, Py_ssize_t size) except -1:
    """The number behind the tab that is at ``place``, which is then behind the number."""
    cdef Py_ssize_t found = 0, at = place[0] + 1
    if at >= size or text[place[0]] != TAB:
        raise ValueError("an entry has too few tabs")
    while at < size and text[at] != TAB:
        if not 48 <= text[at] <= 57 or at - place[0] > DIGITS:
            raise ValueError("an entry has no number")
        found = found * 10 + text[at] - 48
        at += 1
    if at == place[0] + 1:
        raise ValueError("an entry has no number")
    place[0] = at
    return found
