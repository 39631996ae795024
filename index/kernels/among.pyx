"""Which of some documents, which ascend, have two terms, and where in their postings."""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint32_t

from index.kernels.postings cimport Field
from index.kernels.searching cimport galloped, item, lower_bounds
from index.kernels.sections cimport View
from index.kernels.verbatim cimport Rows

cdef enum:
    BLOCK = 256     # numbers that are looked for together


def having(
    Field field not None, Py_ssize_t first, Py_ssize_t second, const uint32_t[::1] among not None
):
    """Those of some documents that have both, each with the rows of its postings: (n, 3) int64.

    ``first``, ``second``: ordinals; ``among`` ascends, and what is found. Raises ``FileDamaged``.
    """
    cdef Rows found = Rows(sizeof(int64_t))
    cdef Py_ssize_t row, stop, other, end
    field.range_of(first, &row, &stop)
    field.range_of(second, &other, &end)
    field.documents.need(row, stop)
    field.documents.need(other, end)
    cdef Py_ssize_t most = min(among.shape[0], stop - row, end - other)
    cdef int64_t *items
    if most > 0:
        items = <int64_t *>found.more(3 * most)
        with nogil:
            found.length = 3 * _in_all(
                field.documents, row, stop, other, end, &among[0], among.shape[0], items
            )
    return found.array(np.int64).reshape(-1, 3)


cdef Py_ssize_t _in_all(
    View documents, Py_ssize_t row, Py_ssize_t stop, Py_ssize_t other, Py_ssize_t end,
    const uint32_t *among, Py_ssize_t count, int64_t *found,
) noexcept nogil:
    """Write what two ascending runs and ``among`` have in common, and where; how often they have."""
    cdef uint32_t wanted[BLOCK]
    cdef uint32_t rows[BLOCK]
    cdef uint32_t others[BLOCK]
    cdef Py_ssize_t at = 0, number, one, length = 0
    cdef const uint8_t *data = documents.data
    cdef int width = documents.width
    cdef bint swapped = end - other < stop - row, by_among
    if swapped:
        row, stop, other, end = other, end, row, stop
    # The numbers of the shortest are looked for in the others.
    by_among = count <= stop - row
    while at < count and row < stop and other < end:
        if by_among:
            number = min(BLOCK, count - at)
            number = _found_of(data, width, &row, stop, among + at, number, wanted, rows, NULL)
            at += BLOCK
        else:
            number = min(BLOCK, stop - row)
            for one in range(number):
                wanted[one] = <uint32_t>item(data, width, row + one)
                rows[one] = <uint32_t>(row + one)
            row += number
            number = _found_of(
                <const uint8_t *>among, 4, &at, count, wanted, number, wanted, others, rows
            )
        number = _found_of(data, width, &other, end, wanted, number, wanted, others, rows)
        for one in range(number):
            found[0] = wanted[one]
            found[1] = others[one] if swapped else rows[one]
            found[2] = rows[one] if swapped else others[one]
            found += 3
        length += number
    return length


cdef Py_ssize_t _found_of(
    const uint8_t *data, int width, Py_ssize_t *row, Py_ssize_t stop, const uint32_t *wanted,
    Py_ssize_t count, uint32_t *having, uint32_t *rows, uint32_t *beside,
) noexcept nogil:
    """Up to ``BLOCK`` numbers, which ascend, that a run has from ``row`` on, and where; how many.

    Those at the same places of ``beside`` are kept with them.
    """
    cdef uint32_t places[BLOCK]
    cdef Py_ssize_t at, kept = 0, last, least
    if not count or row[0] >= stop:
        return 0
    # Behind the last of them nothing is looked for.
    last = min(galloped(data, width, row[0], stop, wanted[count - 1]) + 1, stop)
    lower_bounds(data, width, row[0], last, wanted, 0, count, places)
    least = row[0]
    for at in range(count):
        having[kept], rows[kept] = wanted[at], places[at]
        if beside != NULL:
            beside[kept] = beside[at]
        # Places ascend whatever a file has.
        if least <= places[at] < last and item(data, width, places[at]) == wanted[at]:
            least = places[at] + 1
            kept += 1
    row[0] = max(least, <Py_ssize_t>places[count - 1])
    return kept
