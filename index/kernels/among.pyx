"""Which documents of a level (``index.segments.sampling``) have two terms, and where they do."""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t

from index.kernels.postings cimport Field
from index.kernels.searching cimport galloped, item, lower_bounds
from index.kernels.sections cimport View
from index.kernels.verbatim cimport Rows

cdef enum:
    BLOCK = 256     # numbers that are looked for together


def having(
    Field field not None, Py_ssize_t first, Py_ssize_t second, const uint8_t[::1] levels not None,
    uint8_t level, Py_ssize_t size,
):
    """The documents of a level or a higher one that have both, with the rows of their postings.

    ``first``, ``second``: ordinals; ``levels``: (size,), of all of the segment's documents. (k, 3)
    int64, by documents, which ascend. Raises ``FileDamaged``, IndexError for levels of others.
    """
    cdef Rows found = Rows(sizeof(int64_t))
    cdef Py_ssize_t row, stop, other, end, most, length = 0
    cdef int64_t *items
    if levels.shape[0] != size:
        raise IndexError("levels are of another segment")
    field.range_of(first, &row, &stop)
    field.range_of(second, &other, &end)
    field.documents.need(row, stop)
    field.documents.need(other, end)
    most = min(stop - row, end - other)
    if most > 0 and size:
        items = <int64_t *>found.more(3 * most)
        with nogil:
            length = _of_level(
                field.documents, row, stop, other, end, &levels[0], size, level, items
            )
    if length < 0 or (most > 0 and not size):
        raise field._error("it has a document that is none")
    found.length = 3 * length
    return found.array(np.int64).reshape(-1, 3)


cdef Py_ssize_t _of_level(
    View documents, Py_ssize_t row, Py_ssize_t stop, Py_ssize_t other, Py_ssize_t end,
    const uint8_t *levels, Py_ssize_t size, uint8_t level, int64_t *found,
) noexcept nogil:
    """Write what two ascending runs have in common of a level, and where; how often they have.

    -1 where one has what is no document.
    """
    cdef uint32_t wanted[BLOCK]
    cdef uint32_t rows[BLOCK]
    cdef uint32_t others[BLOCK]
    cdef Py_ssize_t number, one, last, length = 0
    cdef uint64_t document
    cdef const uint8_t *data = documents.data
    cdef int width = documents.width
    cdef bint swapped = end - other < stop - row
    if swapped:
        row, stop, other, end = other, end, row, stop
    # The numbers of the shorter run are looked for in the other one.
    while row < stop and other < end:
        number = 0
        while row < stop and number < BLOCK:
            last = min(row + BLOCK - number, stop)
            for one in range(row, last):
                document = item(data, width, one)
                if document >= <uint64_t>size:
                    return -1
                wanted[number], rows[number] = <uint32_t>document, <uint32_t>one
                number += levels[document] >= level
            row = last
        number = _found_of(data, width, &other, end, wanted, number, others, rows)
        for one in range(number):
            found[0] = wanted[one]
            found[1] = others[one] if swapped else rows[one]
            found[2] = rows[one] if swapped else others[one]
            found += 3
        length += number
    return length


cdef Py_ssize_t _found_of(
    const uint8_t *data, int width, Py_ssize_t *row, Py_ssize_t stop, uint32_t *wanted,
    Py_ssize_t count, uint32_t *rows, uint32_t *beside,
) noexcept nogil:
    """Leave those of up to ``BLOCK`` numbers, which ascend, that a run has from ``row`` on; how many.

    With those at the same places of ``beside``; ``rows``: where the run has them.
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
        wanted[kept], rows[kept], beside[kept] = wanted[at], places[at], beside[at]
        # Places ascend whatever a file has.
        if least <= places[at] < last and item(data, width, places[at]) == wanted[kept]:
            least = places[at] + 1
            kept += 1
    row[0] = max(least, <Py_ssize_t>places[count - 1])
    return kept
