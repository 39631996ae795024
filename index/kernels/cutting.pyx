"""Where terms may fall apart into words of sets: the compiled form of ``index.glued.candidates``.

Pieces of terms are numbers, and the sets tell at a glance, as of ``index.segments.hashing``.
"""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.stdlib cimport free, realloc

cdef enum:
    LONGEST = 64
    # The bits of the sets.
    ANY = 1
    STRONG = 2
    SOLID = 4
    COMMON = 8
    FIRST_ROOM = 1024   # cuts

cdef struct Term:
    const uint8_t *having
    uint64_t mix
    int shift
    int size
    uint64_t sums[LONGEST + 1]
    uint64_t inverse[LONGEST + 1]
    uint8_t ends[LONGEST + 1]   # in which sets what stands behind a place may be, see ``_sets``

cdef struct Cut:
    int64_t term
    int64_t first
    int64_t second

cdef struct Cuts:
    Cut *cuts
    Py_ssize_t count
    Py_ssize_t room


def cuts(
    const uint8_t[::1] text not None, const int64_t[::1] starts not None,
    const int64_t[::1] ends not None, const uint8_t[::1] small not None,
    const uint8_t[::1] having not None, uint64_t base, uint64_t inverse, uint64_t mix, int bits,
    int shortest, int three_from,
):
    """The cuts of terms into two words and into three that are good together.

    ``starts``, ``ends``: (t,), where the terms are in ``text``; ``small``: which are written in small
    letters. ``having``: (2 ** bits,), in which of four sets a number may be: any words, strong, solid
    and common ones by the lowest bits. Parts have ``shortest`` letters at least, and
    terms of three words ``three_from``. Returns ``(terms, first)`` and ``(terms, first, second)``:
    the numbers of the terms, ascending, and where their second and third part begin, (k,) int64
    each. Raises ``IndexError`` where a term lies outside the text or has more than 64 bytes.
    """
    cdef Term term
    cdef Cuts two, three
    cdef bint enough = True
    cdef Py_ssize_t at, count = starts.shape[0]
    if ends.shape[0] != count or small.shape[0] != count:
        raise IndexError("the arrays do not fit each other")
    if not 0 < bits < 64 or having.shape[0] != <int64_t>1 << bits:
        raise IndexError("the arrays do not fit each other")
    if shortest < 1 or three_from < 1:
        raise IndexError("parts have a letter at least")
    for at in range(count):
        if not 0 <= starts[at] <= ends[at] <= text.shape[0] or ends[at] - starts[at] > LONGEST:
            raise IndexError("a term lies outside the text or is too long")
    term.having, term.mix, term.shift = &having[0], mix, 64 - bits
    term.inverse[0] = 1
    for at in range(LONGEST):
        term.inverse[at + 1] = term.inverse[at] * inverse
    two.cuts = three.cuts = NULL
    two.count = two.room = three.count = three.room = 0
    try:
        with nogil:
            for at in range(count):
                term.size = <int>(ends[at] - starts[at])
                if term.size >= 2 * shortest and enough:
                    _sum(&term, &text[starts[at]], base)
                    enough = _cut(&term, at, shortest, three_from, small[at] != 0, &two, &three)
        if not enough:
            raise MemoryError
        return _arrays(&two, 2), _arrays(&three, 3)
    finally:
        free(two.cuts)
        free(three.cuts)


cdef object _arrays(const Cuts *found, int rows):
    array = np.empty((rows, found.count), np.int64)
    cdef int64_t[:, ::1] into = array
    cdef Py_ssize_t at
    for at in range(found.count):
        into[0, at], into[1, at] = found.cuts[at].term, found.cuts[at].first
        if rows > 2:
            into[2, at] = found.cuts[at].second
    return array


cdef void _sum(Term *term, const uint8_t *text, uint64_t base) noexcept nogil:
    cdef int at
    cdef uint64_t power = 1
    term.sums[0] = 0
    for at in range(term.size):
        term.sums[at + 1] = term.sums[at] + (text[at] + <uint64_t>1) * power
        power *= base


cdef inline uint8_t _sets(const Term *term, int start, int end) noexcept nogil:
    """In which sets a piece may be; in none where it is no word at all."""
    cdef uint64_t number = (term.sums[end] - term.sums[start]) * term.inverse[start]
    number = (number ^ (number >> 32)) * term.mix
    cdef uint8_t found = term.having[number >> term.shift]
    return found if found & ANY else 0


cdef bint _cut(
    Term *term, Py_ssize_t number, int shortest, int three_from, bint small, Cuts *two, Cuts *three
) noexcept nogil:
    """Find the cuts of a term; False where memory is not to be had."""
    cdef int first, second, last = term.size - shortest
    cdef uint8_t head, middle, tail, enough = SOLID if small else COMMON
    for first in range(shortest, last + 1):
        term.ends[first] = _sets(term, first, term.size)
    for first in range(shortest, last + 1):
        head = _sets(term, 0, first)
        if not head:
            continue
        tail = term.ends[first]
        if tail and ((head | tail) & STRONG or head & tail & enough):
            if not _add(two, number, first, 0):
                return False
        if term.size < three_from:
            continue
        for second in range(first + shortest, last + 1):
            tail = term.ends[second]
            if not tail:
                continue
            middle = _sets(term, first, second)
            if not middle:
                continue
            if (
                (middle | head & tail) & STRONG
                or small and ((head | tail) & STRONG or head & middle & tail & SOLID)
            ):
                if not _add(three, number, first, second):
                    return False
    return True


cdef bint _add(Cuts *found, Py_ssize_t term, int first, int second) noexcept nogil:
    """Keep a cut; False where memory is not to be had."""
    cdef Py_ssize_t room
    cdef Cut *grown
    if found.count == found.room:
        room = max(2 * found.room, FIRST_ROOM)
        grown = <Cut *>realloc(found.cuts, <size_t>room * sizeof(Cut))
        if grown == NULL:
            return False
        found.cuts, found.room = grown, room
    found.cuts[found.count].term = term
    found.cuts[found.count].first, found.cuts[found.count].second = first, second
    found.count += 1
    return True
