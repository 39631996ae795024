"""How often two terms stand in the same documents, and there one right behind the other.

The compiled form of ``search.local.completing.together``. Of a segment that lacks a term nothing is
read. Numbers of documents are compared with each other and never used as places.
"""

from libc.stdint cimport uint8_t, uint64_t

from index.kernels.postings cimport Field
from index.kernels.sections cimport View

cdef uint64_t MOST_TIMES = <uint64_t>1 << 40


def both(list fields not None, bytes first not None, bytes second not None):
    """The fields that have two terms: ``(number, ordinal, ordinal, documents, documents, common)``.

    ``fields``: one a segment, None where it lacks the field. ``documents``: how many have each
    term, ``common``: both. Raises ``FileDamaged``.
    """
    cdef Field field
    cdef Py_ssize_t number, one, two, start, stop, begin, end, common
    found = []
    for number in range(len(fields)):
        if fields[number] is None:
            continue
        field = fields[number]
        one = field.find(first)
        if one < 0:
            continue
        two = field.find(second)
        if two < 0:
            continue
        field.range_of(one, &start, &stop)
        field.range_of(two, &begin, &end)
        field.documents.need(start, stop)
        field.documents.need(begin, end)
        with nogil:
            common = in_both(field.documents, start, stop, begin, end)
        found.append((number, one, two, stop - start, end - begin, common))
    return found


def beside(Field field not None, Py_ssize_t first, Py_ssize_t second, Py_ssize_t most):
    """In how many of the first ``most`` documents with both one stands right behind the other.

    ``first``, ``second``: ordinals. And how often those documents have them, added up. Raises
    ``FileDamaged``, and ``ValueError`` where the field has no positions.
    """
    cdef Py_ssize_t start, stop, begin, end, left, left_end, right, right_end
    cdef Py_ssize_t found = 0
    cdef Py_ssize_t times = 0
    cdef Py_ssize_t one, two
    cdef bint damaged
    field.range_of(first, &start, &stop)
    field.range_of(second, &begin, &end)
    field.need_postings(start, stop)
    field.need_postings(begin, end)
    field.need_positions(first, &left, &left_end)
    field.need_positions(second, &right, &right_end)
    with nogil:
        while start < stop and begin < end and most > 0:
            if field.documents.at(start) < field.documents.at(begin):
                left += times_at(field, start)
                start += 1
            elif field.documents.at(start) > field.documents.at(begin):
                right += times_at(field, begin)
                begin += 1
            else:
                one, two = times_at(field, start), times_at(field, begin)
                if left_end - left < one or right_end - right < two:
                    break
                found += is_behind(field.positions, left, left + one, right, right + two)
                times += one + two
                left, right = left + one, right + two
                start, begin, most = start + 1, begin + 1, most - 1
        # Numbers of positions are of the file, and may be any.
        damaged = left > left_end or right > right_end
        damaged = damaged or (start < stop and begin < end and most > 0)
    if damaged:
        raise field._error("a posting has no positions")
    return found, times


cdef inline Py_ssize_t times_at(Field field, Py_ssize_t row) noexcept nogil:
    """How often the document of a posting has the term; no more than a file can hold."""
    cdef uint64_t times = 1
    if field.frequencies is not None:
        times = field.frequencies.at(row)
    return <Py_ssize_t>min(times, MOST_TIMES)


cdef bint is_behind(
    View positions, Py_ssize_t left, Py_ssize_t left_end, Py_ssize_t right, Py_ssize_t right_end
) noexcept nogil:
    """Whether one of the first positions is the one before one of the second; all ascend."""
    cdef uint64_t one, two
    while left < left_end and right < right_end:
        one, two = positions.at(left) + 1, positions.at(right)
        if one == two:
            return True
        if one < two:
            left += 1
        else:
            right += 1
    return False


cdef Py_ssize_t in_both(
    View documents, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t begin, Py_ssize_t end
) noexcept nogil:
    """How many numbers two ascending runs have in common: those of the shorter are looked for."""
    cdef Py_ssize_t found = 0
    cdef Py_ssize_t step, low, high, middle
    cdef uint64_t wanted
    if end - begin < stop - start:
        start, stop, begin, end = begin, end, start, stop
    while start < stop and begin < end:
        wanted = documents.at(start)
        step, low, high = 1, begin, begin
        while high < end and documents.at(high) < wanted:
            low, high, step = high + 1, high + step, step * 2
        if high > end:
            high = end
        while low < high:
            middle = (low + high) >> 1
            if documents.at(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        begin = low
        if begin < end and documents.at(begin) == wanted:
            found += 1
            begin += 1
        start += 1
    return found
