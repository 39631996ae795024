"""Puts the tokens of texts in their order again (see ``index.derived.in_order``).

What postings say of documents and positions is compared with the arrays that it leads into.
"""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint16_t, uint32_t, uint64_t

from index.kernels.sections cimport View


cdef struct Items:
    const uint8_t *data
    int width


cdef inline uint64_t item(Items items, Py_ssize_t index) noexcept nogil:
    """What ``View.at`` gives, without a call: every posting and every position is asked for."""
    if items.width == 1:
        return items.data[index]
    if items.width == 2:
        return (<const uint16_t *>items.data)[index]
    if items.width == 4:
        return (<const uint32_t *>items.data)[index]
    return (<const uint64_t *>items.data)[index]


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
        cdef uint64_t number
        cdef bint fits = True
        cdef Items documents = _items(self.documents), times = _items(self.times)
        found = np.zeros(size, np.int64)
        cdef int64_t[::1] lengths = found
        with nogil:
            for row in range(self.documents.length):
                number = item(documents, row)
                if number >= <uint64_t>size:
                    fits = False
                    break
                lengths[number] += 1 if times.data == NULL else item(times, row)
        if not fits:
            raise self._error("it has a document too many")
        return found

    def put(
        self,
        uint32_t[::1] tokens not None,
        const int64_t[::1] starts not None,
        const int64_t[::1] terms not None,
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
        cdef Py_ssize_t row, rows, at, end, place, texts = max(starts.shape[0] - 1, 0)
        cdef uint64_t number, often = 1, left
        cdef Items documents = _items(self.documents), times = _items(self.times)
        cdef Items positions = _items(self.positions)
        if not self._runs(term, &row, &rows, &at, &end):
            return False
        while row < rows:
            number = item(documents, row)
            if times.data != NULL:
                often = item(times, row)
            row += 1
            if number >= <uint64_t>texts or often > <uint64_t>(end - at):
                return False
            if step > 1 and number % <uint64_t>step:
                at += often
                continue
            for left in range(often):
                place = starts[number] + <Py_ssize_t>item(positions, at)
                if not 0 <= place < tokens.shape[0]:
                    return False
                tokens[place] = term + 1
                at += 1
        return True


cdef inline Items _items(View view) noexcept nogil:
    """The items of a section, which must be known; of None there are none."""
    cdef Items found
    found.data, found.width = NULL, 0
    if view is not None:
        found.data, found.width = view.data, view.width
    return found


cdef View _whole(object section):
    """A section of which every item was verified."""
    cdef View view = View(section)
    view.need(0, view.length)
    return view
