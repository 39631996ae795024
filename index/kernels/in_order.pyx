"""Puts the tokens of texts in order again, and counts which stand side by side.

See ``index.derived.in_order`` and ``index.derived.pairs``. What postings say of documents and
positions is compared with the arrays that it leads into.
"""

import numpy as np

from libc.stdint cimport int64_t, uint32_t
from libc.stdlib cimport qsort

from index.kernels.sections cimport View


cdef struct Second:
    uint32_t texts  # how many have it behind the word that is looked at
    uint32_t seen  # one more than the last of them


cdef class Postings:
    """A field's postings with positions, all of them verified.

    Raises ``FileDamaged``, as its methods do where something lies outside of what it leads into.
    """

    cdef object _error
    cdef View documents, times, posting_at, position_at, positions
    cdef Py_ssize_t terms

    def __cinit__(self, object index):
        times = index.times
        self._error = index.damaged
        self.terms = index.terms
        self.documents = _whole(index.section("documents"))
        self.times = None if times is None else _whole(times)
        self.posting_at = _whole(index.section("posting_at"))
        self.position_at = _whole(index.section("position_at"))
        self.positions = _whole(index.section("positions"))
        if min(self.posting_at.length, self.position_at.length) <= self.terms:
            raise self._error("a term has no postings")
        if self.times is not None and self.times.length != self.documents.length:
            raise self._error("its postings differ in number")

    def lengths(self, Py_ssize_t size):
        """How many tokens each of ``size`` texts has: (size,) int64."""
        cdef Py_ssize_t row
        cdef uint32_t number
        cdef bint fits = True
        found = np.zeros(size, np.int64)
        cdef int64_t[::1] lengths = found
        with nogil:
            for row in range(self.documents.length):
                number = self.documents.at(row)
                if number >= size:
                    fits = False
                    break
                lengths[number] += self.often(row)
        if not fits:
            raise self._error("it has a document too many")
        return found

    def put(
        self,
        uint32_t[::1] tokens,
        const int64_t[::1] starts,
        const int64_t[::1] terms,
        Py_ssize_t step,
    ):
        """Write one more than the ordinal of each of ``terms`` where it stands in ``tokens``.

        ``starts``: where each document begins there, and the end; those whose number is no
        multiple of ``step`` are left out. Raises ``FileDamaged``.
        """
        cdef Py_ssize_t row
        cdef bint fits = True
        with nogil:
            for row in range(terms.shape[0]):
                fits = self._put_term(tokens, starts, terms[row], step)
                if not fits:
                    break
        if not fits:
            raise self._error("a position is behind its text")

    def pairs(
        self,
        const uint32_t[::1] tokens,
        const int64_t[::1] starts,
        const int64_t[::1] terms,
        Py_ssize_t step,
        Py_ssize_t fewest,
        int short,
    ):
        """Which of ``terms`` stand one behind the other in ``fewest`` texts or more.

        ``tokens``, ``starts``, ``step``: as ``put`` has made them of the same terms, ascending.
        Texts whose numbers differ in the lowest ``short`` bits only count as one. Returns how many
        pairs each term begins, (terms,) int64, and of every pair, ascending, its second term and
        the texts that have it: (p,) uint32 each.
        """
        cdef Py_ssize_t row, kept, at = 0, found = 0
        # Every text of a pair has a token of its own.
        most = tokens.shape[0] // max(fewest, 1)
        held = np.zeros(max(self.terms, 1) * 2, np.uint32)
        arrays = [np.zeros(terms.shape[0], np.int64), *(np.empty(most, np.uint32) for _ in "12")]
        touched_array = np.empty(max(self.terms, 1), np.uint32)
        cdef uint32_t[::1] held_view = held, touched = touched_array
        cdef int64_t[::1] counts = arrays[0]
        cdef uint32_t[::1] seconds = arrays[1], texts = arrays[2]
        cdef Second *second = <Second *>&held_view[0]
        with nogil:
            for row in range(terms.shape[0]):
                found = self._behind(tokens, starts, terms[row], step, short, second, touched)
                if found < 0:
                    break
                kept = _enough(second, touched, found, fewest)
                if kept > seconds.shape[0] - at:
                    found = -1
                    break
                _take(second, touched, seconds[at : at + kept], texts[at : at + kept])
                counts[row] = kept
                at += kept
        if found < 0:
            raise self._error("a position is behind its text")
        return arrays[0], arrays[1][:at].copy(), arrays[2][:at].copy()

    cdef uint32_t often(self, Py_ssize_t row) noexcept nogil:
        """How often a posting's document has its term."""
        return 1 if self.times is None else self.times.at(row)

    cdef bint _runs(
        self, int64_t term, Py_ssize_t *row, Py_ssize_t *rows, Py_ssize_t *at, Py_ssize_t *end
    ) noexcept nogil:
        """A term's postings and positions, from and up to; False where they lie outside."""
        if not 0 <= term < self.terms:
            return False
        row[0], rows[0] = self.posting_at.at(term), self.posting_at.at(term + 1)
        at[0], end[0] = self.position_at.at(term), self.position_at.at(term + 1)
        return (
            0 <= row[0] <= rows[0] <= self.documents.length
            and 0 <= at[0] <= end[0] <= self.positions.length
        )

    cdef bint _put_term(
        self,
        uint32_t[::1] tokens,
        const int64_t[::1] starts,
        int64_t term,
        Py_ssize_t step,
    ) noexcept nogil:
        cdef Py_ssize_t row, rows, at, end, place
        cdef uint32_t number, often, left
        if not self._runs(term, &row, &rows, &at, &end):
            return False
        while row < rows:
            number, often = self.documents.at(row), self.often(row)
            row += 1
            if <Py_ssize_t>number + 1 >= starts.shape[0] or often > end - at:
                return False
            if step > 1 and number % step:
                at += often
                continue
            for left in range(often):
                place = starts[number] + <Py_ssize_t>self.positions.at(at)
                if not 0 <= place < tokens.shape[0]:
                    return False
                tokens[place] = term + 1
                at += 1
        return True

    cdef Py_ssize_t _behind(
        self,
        const uint32_t[::1] tokens,
        const int64_t[::1] starts,
        int64_t term,
        Py_ssize_t step,
        int short,
        Second *seconds,
        uint32_t[::1] touched,
    ) noexcept nogil:
        """Count the terms behind one; how many, which are in ``touched``, or -1."""
        cdef Py_ssize_t row, rows, at, end, place, found = 0
        cdef uint32_t number, often, left, behind, text
        if not self._runs(term, &row, &rows, &at, &end):
            return -1
        while row < rows:
            number, often = self.documents.at(row), self.often(row)
            row += 1
            if <Py_ssize_t>number + 1 >= starts.shape[0] or often > end - at:
                return -1
            if step > 1 and number % step:
                at += often
                continue
            text = (number >> short) + 1
            for left in range(often):
                place = starts[number] + <Py_ssize_t>self.positions.at(at)
                at += 1
                if not 0 <= place < tokens.shape[0]:
                    return -1
                if tokens[place] != term + 1 or place + 1 >= tokens.shape[0]:
                    continue
                behind = tokens[place + 1]
                if behind == 0 or behind > self.terms or place + 1 >= starts[number + 1]:
                    continue
                if seconds[behind - 1].seen != text:
                    if seconds[behind - 1].texts == 0:
                        touched[found] = behind - 1
                        found += 1
                    seconds[behind - 1].seen = text
                    seconds[behind - 1].texts += 1
        return found


cdef View _whole(object section):
    """A section of which every item was verified."""
    cdef View view = View(section)
    view.need(0, view.length)
    return view


cdef int _order(const void *one, const void *two) noexcept nogil:
    cdef uint32_t first = (<const uint32_t *>one)[0], second = (<const uint32_t *>two)[0]
    return (first > second) - (first < second)


cdef Py_ssize_t _enough(
    Second *second, uint32_t[::1] touched, Py_ssize_t found, Py_ssize_t fewest
) noexcept nogil:
    """Put those of enough texts at the beginning of ``touched``, ascending; how many."""
    cdef Py_ssize_t each, kept = 0
    cdef uint32_t term
    for each in range(found):
        term = touched[each]
        if second[term].texts >= fewest:
            touched[kept] = term
            kept += 1
        else:
            second[term].texts = second[term].seen = 0
    if kept > 1:
        qsort(&touched[0], kept, sizeof(uint32_t), _order)
    return kept


cdef void _take(
    Second *second, const uint32_t[::1] touched, uint32_t[::1] seconds, uint32_t[::1] texts
) noexcept nogil:
    """Write the first of ``touched`` and their counts, and clear these."""
    cdef Py_ssize_t each
    cdef uint32_t term
    for each in range(seconds.shape[0]):
        term = touched[each]
        seconds[each], texts[each] = term, second[term].texts
        second[term].texts = second[term].seen = 0
