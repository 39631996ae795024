"""Counts how often one word follows another in texts (see ``index.glued.neighbours``)."""

include "source.pxi"

from libc.stdint cimport uint32_t, uint64_t

from index.kernels.postings cimport Field
from index.kernels.searching cimport total
from index.kernels.sections cimport View


cdef class _Word:
    """A term's postings and positions, all of them verified."""

    cdef View documents, times, positions
    cdef Py_ssize_t row, rows, at, end  # from and up to which they go; moved on by ``advance``

    cdef bint advance(self, Py_ssize_t row) noexcept nogil:
        """Move on to a posting, so that ``at`` is where its positions begin; False where none is.
        """
        cdef uint64_t skipped = row - self.row
        if self.times is not None:
            skipped = total(self.times.data, self.times.width, self.row, row)
        if skipped > <uint64_t>(self.end - self.at):
            return False
        self.at += <Py_ssize_t>skipped
        self.row = row
        return self.often() <= <uint64_t>(self.end - self.at)

    cdef uint64_t often(self) noexcept nogil:
        return 1 if self.times is None else self.times.at(self.row)


cdef _Word _word_of(Field field, Py_ssize_t ordinal):
    cdef _Word word = _Word()
    if not 0 <= ordinal < field.terms:
        raise IndexError("a term has no postings")
    word.documents, word.times, word.positions = field.documents, field.frequencies, field.positions
    field.range_of(ordinal, &word.row, &word.rows)
    field.need_postings(word.row, word.rows)
    field.need_positions(ordinal, &word.at, &word.end)
    return word


def follows(
    Field field not None, Py_ssize_t one, Py_ssize_t two, bint second_is_rare,
    const uint32_t[::1] among=None,
):
    """At how many places term ``two`` follows term ``one``.

    ``second_is_rare``: whose documents are gone through, and looked for among the other's.
    ``among``: some documents, ascending, no others are looked at; None where all are. Raises
    ``FileDamaged``.
    """
    cdef _Word first = _word_of(field, one), second = _word_of(field, two), rare, other
    cdef Py_ssize_t found, count = 0
    cdef const uint32_t *some = NULL
    rare, other = (second, first) if second_is_rare else (first, second)
    if among is not None:
        count = among.shape[0]
        if not count:
            return 0
        some = &among[0]
    with nogil:
        found = _count(first, second, rare, other, some, count)
    if found < 0:
        raise field._error("its positions do not fit its frequencies")
    return found


cdef Py_ssize_t _count(
    _Word first, _Word second, _Word rare, _Word other, const uint32_t *among, Py_ssize_t count
) noexcept nogil:
    cdef Py_ssize_t at, row = rare.row, place = other.row, found = 0
    cdef uint64_t document
    if among == NULL:
        count = rare.rows - row
    for at in range(count):
        if among == NULL:
            document = rare.documents.at(row)
        else:
            document = among[at]
            row = _behind(rare.documents, document, row, rare.rows)
            if row == rare.rows:
                break
            if rare.documents.at(row) != document:
                continue
        place = _behind(other.documents, document, place, other.rows)
        if place == other.rows:
            break
        if other.documents.at(place) == document:
            if not (rare.advance(row) and other.advance(place)):
                return -1
            found += _following(first, second)
        if among == NULL:
            row += 1
    return found


cdef Py_ssize_t _behind(
    View documents, uint64_t document, Py_ssize_t low, Py_ssize_t stop
) noexcept nogil:
    """The first place from ``low`` on whose document is not less."""
    cdef Py_ssize_t step = 1, high = low, middle
    while high < stop and documents.at(high) < document:
        low = high + 1
        high += step
        step *= 2
    high = min(high, stop)
    while low < high:
        middle = (low + high) >> 1
        if documents.at(middle) < document:
            low = middle + 1
        else:
            high = middle
    return low


cdef Py_ssize_t _following(_Word first, _Word second) noexcept nogil:
    """At how many places of a text both have the second stands behind the first."""
    cdef Py_ssize_t left = first.at, right = second.at, found = 0
    cdef Py_ssize_t left_end = left + <Py_ssize_t>first.often()
    cdef Py_ssize_t right_end = right + <Py_ssize_t>second.often()
    cdef uint64_t behind, place
    while left < left_end and right < right_end:
        behind, place = first.positions.at(left) + 1, second.positions.at(right)
        found += place == behind
        left += place >= behind
        right += place <= behind
    return found
