"""The entries of a table of glued words, see ``index.glued.table``: read, and found by their stems."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memchr, memcmp

cdef enum:
    TAB = 9
    TABS = 3
    DIGITS = 9  # of a number
    MOST = 1 << 30  # entries


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


cdef class Begins:
    """Entries, ascending, by the stems of parts. Shared by threads, which hold the GIL.

    A table of the numbers of the first entry of each stem, by its hash: most words have none, which
    is soon told. Nobody changes ``entries``. Raises TypeError where one is no bytes.
    """

    def __cinit__(self, list entries not None):
        cdef char *letters
        cdef const char *before = NULL
        cdef const char *tab
        cdef Py_ssize_t number, size, length = 0, many = len(entries)
        cdef uint64_t slot
        if many >= MOST:
            raise ValueError("there are too many entries")
        self.entries, self._none = entries, []
        self._secret, self._mask = <uint64_t>hash("begins"), 1
        while self._mask < <uint64_t>many * 2:
            self._mask <<= 1
        self._slots = <uint32_t *>PyMem_Calloc(self._mask, sizeof(uint32_t))
        if self._slots == NULL:
            raise MemoryError
        self._mask -= 1
        for number in range(many):
            PyBytes_AsStringAndSize(entries[number], &letters, &size)
            if length and size > length and letters[length] == TAB and not memcmp(
                letters, before, length
            ):
                continue  # as of the entry before
            tab = <const char *>memchr(letters, TAB, size)
            length = 0 if tab == NULL else tab - letters
            before = letters  # of an entry, which the list has
            if tab == NULL or self.first(letters, length) >= 0:
                continue
            slot = self._slot(letters, length)
            while self._slots[slot]:
                slot = (slot + 1) & self._mask
            self._slots[slot] = <uint32_t>(number + 1)

    def __dealloc__(self):
        PyMem_Free(self._slots)

    def hold(self, str stem not None):
        """Whether any glued word has a word of the stem as a part."""
        cdef bytes letters = stem.encode("utf-8", "surrogatepass")
        return self.first(letters, len(letters)) >= 0

    def holding(self, str stem not None):
        """The glued words that a word of a stem is a part of: ``(glued word, start, end)`` each.

        Raises ``ValueError`` where something is no entry.
        """
        cdef bytes letters = stem.encode("utf-8", "surrogatepass")
        return [parts_of(one) for one in self.held(letters, len(letters))]

    cdef list held(self, const char *stem, Py_ssize_t length):
        """The entries of a stem, which are sound and stay as they are.

        Raises ``ValueError`` where something is none.
        """
        cdef Py_ssize_t number = self.first(stem, length), size
        cdef char *letters
        cdef Entry entry
        cdef list found
        if number < 0:
            return self._none
        found = []
        while number < len(self.entries):
            one = self.entries[number]
            PyBytes_AsStringAndSize(one, &letters, &size)
            if size <= length or letters[length] != TAB or memcmp(letters, stem, length):
                break
            entry_of(one, length, &entry)
            found.append(one)
            number += 1
        return found

    cdef Py_ssize_t first(self, const char *stem, Py_ssize_t length) except -2:
        """The number of the first entry of a stem, or -1."""
        cdef uint64_t slot = self._slot(stem, length)
        cdef char *letters
        cdef Py_ssize_t number, size
        while self._slots[slot]:
            number = <Py_ssize_t>self._slots[slot] - 1
            if number < len(self.entries):
                PyBytes_AsStringAndSize(self.entries[number], &letters, &size)
                if size > length and letters[length] == TAB and not memcmp(letters, stem, length):
                    return number
            slot = (slot + 1) & self._mask
        return -1

    cdef uint64_t _slot(self, const char *stem, Py_ssize_t length) noexcept:
        """Where a stem is looked for first; the secret is of this process, as that of strings."""
        cdef uint64_t hash = self._secret
        cdef Py_ssize_t at
        for at in range(length):
            hash = (hash ^ <uint8_t>stem[at]) * <uint64_t>0x9E3779B185EBCA87
            hash ^= hash >> 32
        return hash & self._mask


cdef tuple parts_of(bytes one):
    """The glued word, and where the part begins in it and where it ends."""
    cdef Entry entry
    cdef const char *letters = one
    cdef const char *tab = <const char *>memchr(letters, TAB, len(one))
    if tab == NULL:
        raise ValueError("an entry has too few tabs")
    entry_of(one, tab - letters, &entry)
    return (
        PyUnicode_DecodeUTF8(entry.surface, entry.length, "surrogatepass"), entry.start, entry.end
    )


cdef int entry_of(bytes one, Py_ssize_t length, Entry *found) except -1:
    """Read an entry whose stem is so long. Raises ``ValueError`` where it is none."""
    cdef const char *text = one
    cdef Py_ssize_t size = len(one), place = length + 1
    cdef bint is_ascii = True
    while place < size and text[place] != TAB:
        is_ascii &= <uint8_t>text[place] < 128
        place += 1
    found.surface, found.length = text + length + 1, place - length - 1
    if not is_ascii:
        PyUnicode_DecodeUTF8(found.surface, found.length, "surrogatepass")
    found.start = number_at(text, &place, size)
    found.end = number_at(text, &place, size)
    if place != size:
        raise ValueError("an entry goes on")
    return 0


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
