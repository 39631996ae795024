"""Where terms may fall apart into words of a set: the compiled form of ``index.glued.candidates``.

Pieces of terms are numbers, and the set tells at a glance, as of ``index.segments.hashing``.
"""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint64_t

cdef enum:
    LONGEST = 64

cdef struct Term:
    const uint8_t *having
    uint64_t mix
    int shift
    int size
    uint64_t sums[LONGEST + 1]
    uint64_t inverse[LONGEST + 1]
    bint ends[LONGEST + 1]      # whether what stands behind a place may be a word

cdef struct Found:
    Py_ssize_t two
    Py_ssize_t three


def cuts(
    const uint8_t[::1] text not None, const int64_t[::1] starts not None,
    const int64_t[::1] ends not None, const uint8_t[::1] having not None,
    uint64_t base, uint64_t inverse, uint64_t mix, int bits, int shortest, int three_from,
):
    """The cuts of terms into two words of a set, and into three.

    ``starts``, ``ends``: (t,), where the terms are in ``text``. ``having``: (2 ** bits,), whose
    lowest bit is set where a number may be in the set. Parts have ``shortest`` letters at least, and
    terms of three words ``three_from``. Returns ``(terms, first)`` and ``(terms, first, second)``:
    the numbers of the terms, ascending, and where their second and third part begin, (k,) int64
    each. Raises ``IndexError`` where a term lies outside the text or has more than 64 bytes. Where
    the text or the set is altered meanwhile the cuts are any, and no more than were counted.
    """
    cdef Term term
    cdef Found found
    cdef bint filling
    cdef int64_t[:, ::1] in_two, in_three
    cdef Py_ssize_t at, count = starts.shape[0]
    if ends.shape[0] != count or not 0 < bits < 64 or having.shape[0] != <int64_t>1 << bits:
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
    arrays = (np.empty((2, 0), np.int64), np.empty((3, 0), np.int64))
    for filling in range(2):  # they are counted first
        found.two = found.three = 0
        in_two, in_three = arrays
        with nogil:
            for at in range(count):
                term.size = <int>(ends[at] - starts[at])
                if term.size >= 2 * shortest:
                    _sum(&term, &text[starts[at]], base)
                    _cut(&term, at, shortest, three_from, in_two, in_three, filling, &found)
        if not filling:
            arrays = (np.empty((2, found.two), np.int64), np.empty((3, found.three), np.int64))
    return arrays[0][:, : found.two], arrays[1][:, : found.three]


cdef void _sum(Term *term, const uint8_t *text, uint64_t base) noexcept nogil:
    cdef int at
    cdef uint64_t power = 1
    term.sums[0] = 0
    for at in range(term.size):
        term.sums[at + 1] = term.sums[at] + (text[at] + <uint64_t>1) * power
        power *= base


cdef inline bint _may_be(const Term *term, int start, int end) noexcept nogil:
    """Whether a piece may be in the set."""
    cdef uint64_t number = (term.sums[end] - term.sums[start]) * term.inverse[start]
    number = (number ^ (number >> 32)) * term.mix
    return term.having[number >> term.shift] & 1


cdef void _cut(
    Term *term, Py_ssize_t number, int shortest, int three_from, int64_t[:, ::1] in_two,
    int64_t[:, ::1] in_three, bint filling, Found *found,
) noexcept nogil:
    cdef int first, second, last = term.size - shortest
    for first in range(shortest, last + 1):
        term.ends[first] = _may_be(term, first, term.size)
    for first in range(shortest, last + 1):
        if not _may_be(term, 0, first):
            continue
        # What was counted is not trusted: the set may have been altered since.
        if term.ends[first] and (not filling or found.two < in_two.shape[1]):
            if filling:
                in_two[0, found.two], in_two[1, found.two] = number, first
            found.two += 1
        if term.size < three_from:
            continue
        for second in range(first + shortest, last + 1):
            if filling and found.three >= in_three.shape[1]:
                break
            if term.ends[second] and _may_be(term, first, second):
                if filling:
                    in_three[0, found.three], in_three[1, found.three] = number, first
                    in_three[2, found.three] = second
                found.three += 1
