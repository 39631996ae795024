"""How often two terms stand in the same documents, and there one right behind the other.

The compiled form of ``search.local.completing.together``. Of a segment that lacks a term nothing is
read. Numbers of documents are compared with each other and never used as places.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

from index.kernels.postings cimport Field, Lookup, Place, lookup_of
from index.kernels.searching cimport item, total
from index.kernels.sections cimport View

cdef extern from "Python.h":
    Py_ssize_t PY_SSIZE_T_MAX

cdef extern from "apart.h":
    void warta_pass_apart(
        const uint32_t *numbers, Py_ssize_t *first, Py_ssize_t stop, Py_ssize_t *second,
        Py_ssize_t end
    ) nogil

cdef Py_ssize_t FAR_MORE = 16  # then the shorter run's numbers are looked for in the longer one
cdef Py_ssize_t MANY = 2048  # in the shorter run: a table of 16 bits is cleared in the time of merging so many
cdef Py_ssize_t MOST = PY_SSIZE_T_MAX

cdef enum:
    TABLE = 65536

ctypedef fused number:
    uint16_t
    uint32_t

ctypedef fused any_number:
    uint8_t
    uint16_t
    uint32_t
    uint64_t


def both(fields not None, str first not None, str second not None):
    """The fields that have two terms: ``(number, ordinal, ordinal, documents, documents, common)``.

    ``fields``: one a segment, None where it lacks the field, as a list or a Lookup. ``documents``:
    how many have each term, ``common``: both. Raises ``FileDamaged``.
    """
    cdef Lookup lookup = lookup_of(fields)
    cdef bytes held, also
    held, also = lookup.find_both(first, second)
    cdef const Place *one = <const Place *>PyBytes_AsString(held)
    cdef const Place *two = <const Place *>PyBytes_AsString(also)
    cdef Field field
    cdef Py_ssize_t segment, start, stop, begin, end, common
    found = []
    for segment in range(lookup.segments):
        if one[segment].ordinal < 0 or two[segment].ordinal < 0:
            continue
        field = <Field>lookup.fields[segment]
        start, stop = one[segment].start, one[segment].stop
        begin, end = two[segment].start, two[segment].stop
        field.documents.need(start, stop)
        field.documents.need(begin, end)
        with nogil:
            common = in_both(field.documents, start, stop, begin, end)
        found.append(
            (
                segment, one[segment].ordinal, two[segment].ordinal, stop - start, end - begin,
                common,
            )
        )
    return found


def beside(
    Field field not None, Py_ssize_t first, Py_ssize_t second, const int64_t[:, ::1] among=None
):
    """In how many of the documents with both one stands right behind the other.

    ``first``, ``second``: ordinals; ``among``: some of what ``among.having`` gives, no others are looked
    at; None where all are. And how often these have them, added up. Raises ``FileDamaged``, and
    ``ValueError`` where the field has no positions, or ``among`` is not of these terms.
    """
    cdef Pairs pairs = Pairs(0, 0, 0)
    if among is None:
        beside_in(field, first, second, MOST, NULL, 0, NULL, &pairs, False)
    elif among.shape[1] != 3:
        raise ValueError("a document and its rows are three numbers")
    elif among.shape[0]:
        beside_among(field, first, second, &among[0, 0], among.shape[0], &pairs)
    return pairs.beside, pairs.times


cdef int beside_among(
    Field field, Py_ssize_t first, Py_ssize_t second, const int64_t *among, Py_ssize_t count,
    Pairs *pairs,
) except -1:
    """The same of what ``among.having`` gives; frequencies are added up to the last of it."""
    cdef Py_ssize_t start, stop, begin, end, left, left_end, right, right_end
    cdef Py_ssize_t at, row, other, one, two
    cdef bint has_positions = True, fit = True
    field.range_of(first, &start, &stop)
    field.range_of(second, &begin, &end)
    if field.frequencies is not None:
        field.frequencies.need(start, stop)
        field.frequencies.need(begin, end)
    field.positions_between(first, &left, &left_end)
    field.positions_between(second, &right, &right_end)
    with nogil:
        for at in range(0, 3 * count, 3):
            row, other = among[at + 1], among[at + 2]
            if not (start <= row < stop and begin <= other < end):
                fit = False
                break
            left += times_in(field, start, row)
            right += times_in(field, begin, other)
            one, two = times_in(field, row, row + 1), times_in(field, other, other + 1)
            if left_end - left < one or right_end - right < two:
                has_positions = False
                break
            pairs.both += 1
            pairs.times += one + two
            if not (
                field.positions.known(left, left + one)
                and field.positions.known(right, right + two)
            ):
                with gil:
                    field.positions.need(left, left + one)
                    field.positions.need(right, right + two)
            pairs.beside += is_behind(field.positions, left, left + one, right, right + two)
            left, right, start, begin = left + one, right + two, row + 1, other + 1
    if not fit:
        raise ValueError("rows do not ascend, or are of other terms")
    if not has_positions:
        raise field._error("a posting has no positions")
    return 0


cdef int beside_in(
    Field field, Py_ssize_t first, Py_ssize_t second, Py_ssize_t most, const uint8_t *left_out,
    uint64_t size, int32_t *having, Pairs *pairs, bint any_, Py_ssize_t row=-1, Py_ssize_t other=-1,
) except -1:
    """The same of the first ``most``; write those that have them so to ``having``, unless it is NULL.

    ``row``, ``other``: the places of the first document with both, where these are known.

    Then, and where ``left_out`` is not NULL, documents are of a segment of ``size``; those that it
    has are passed over. ``any_``: whether the first of them is enough.
    """
    cdef Py_ssize_t start, stop, begin, end, left, left_end, right, right_end
    cdef Py_ssize_t one, two
    cdef bint met = row >= 0
    cdef Py_ssize_t row_sure = -1, other_sure = -1, left_sure = -1, right_sure = -1
    cdef uint64_t document
    cdef View times = field.frequencies, positions = field.positions
    cdef bint has_positions = True, ascend = True
    field.range_of(first, &start, &stop)
    field.range_of(second, &begin, &end)
    field.documents.need(start, stop)
    field.documents.need(begin, end)
    field.positions_between(first, &left, &left_end)
    field.positions_between(second, &right, &right_end)
    with nogil:
        while most > 0:
            # From one document with both to the next; positions of those between are passed over.
            if not met:
                row, other = start, begin
                if not next_of(field.documents, &row, stop, &other, end):
                    break
            met = False
            one = two = 1
            if times is None:
                left, right = left + row - start, right + other - begin
            else:
                # Where the first is enough, few are read.
                if row >= row_sure:
                    row_sure = sure(times, start, row + 1)
                if other >= other_sure:
                    other_sure = sure(times, begin, other + 1)
                if row > start:
                    left += <Py_ssize_t>total(times.data, times.width, start, row)
                if other > begin:
                    right += <Py_ssize_t>total(times.data, times.width, begin, other)
                one = <Py_ssize_t>item(times.data, times.width, row)
                two = <Py_ssize_t>item(times.data, times.width, other)
            if left_end - left < one or right_end - right < two:
                has_positions = False
                break
            document = 0
            if having != NULL or left_out != NULL:
                document = field.documents.at(row)
            if (document >= size and (having != NULL or left_out != NULL)) or (
                having != NULL and pairs.beside and <uint64_t>having[pairs.beside - 1] >= document
            ):
                ascend = False
                break
            if left_out == NULL or not left_out[document]:
                pairs.both += 1
                pairs.times += one + two
                # Of terms that many documents have, few positions are read.
                if left + one > left_sure:
                    left_sure = sure(positions, left, left + one)
                if right + two > right_sure:
                    right_sure = sure(positions, right, right + two)
                if is_behind(positions, left, left + one, right, right + two):
                    if having != NULL:
                        having[pairs.beside] = <int32_t>document
                    pairs.beside += 1
                    if any_:
                        break
            left, right, start, begin = left + one, right + two, row + 1, other + 1
            most -= 1
    if not has_positions:
        raise field._error("a posting has no positions")
    if not ascend:
        raise field._error("documents of a term do not ascend, or are too great")
    return 0


def stand_beside(fields not None, str first not None, str second not None, Py_ssize_t most):
    """Whether any document has two terms, one right behind the other: ``(it has, documents, fewer)``.

    True, too, where more than ``most`` documents have both. ``documents``: how many have
    one of them, added up over the segments that have both, ``fewer``: of each the fewer of the two;
    both are 0 where there is no such segment. ``fields`` as for ``both``. Raises ``FileDamaged``,
    and ``ValueError`` where the field has no positions.
    """
    cdef Py_ssize_t documents, fewer
    cdef bint found = any_beside(lookup_of(fields), first, second, most, &documents, &fewer)
    return found, documents, fewer


cdef bint together_in(
    Lookup lookup, str first, str second, Py_ssize_t most, int64_t left, const Prices *prices,
    Pairs *found, int64_t *cost,
) except -1:
    """In how many documents both terms are, and one right behind the other; ``times`` is any.

    As ``search.local.completing.together``, and what that counts. False, and nothing is told, where
    more than ``most`` have both, or where that counts more than ``left`` before all are read.
    """
    cdef bytes held, also
    held, also = lookup.find_both(first, second)
    cdef const Place *one = <const Place *>PyBytes_AsString(held)
    cdef const Place *two = <const Place *>PyBytes_AsString(also)
    cdef Field field
    cdef Py_ssize_t segment, some, others
    cdef int64_t work = 0
    cdef Py_ssize_t count = 0
    cdef Pairs pairs
    for segment in range(lookup.segments):
        if one[segment].ordinal < 0 or two[segment].ordinal < 0:
            continue
        field = <Field>lookup.fields[segment]
        field.documents.need(one[segment].start, one[segment].stop)
        field.documents.need(two[segment].start, two[segment].stop)
        some, others = one[segment].stop - one[segment].start, two[segment].stop - two[segment].start
        work += prices.looking + prices.compared * min(some, others)
        with nogil:
            count += in_both(
                field.documents, one[segment].start, one[segment].stop, two[segment].start,
                two[segment].stop,
            )
    if count > most:
        return False
    found.both, found.beside = count, 0
    for segment in range(lookup.segments if count else 0):
        if one[segment].ordinal < 0 or two[segment].ordinal < 0:
            continue
        if count > prices.few and work > left:
            return False
        pairs = Pairs(0, 0, 0)
        beside_in(
            <Field>lookup.fields[segment], one[segment].ordinal, two[segment].ordinal, MOST, NULL, 0,
            NULL, &pairs, False,
        )
        found.beside += pairs.beside
        if pairs.both and count > prices.few:
            some = one[segment].stop - one[segment].start
            others = two[segment].stop - two[segment].start
            work += prices.looking + some // 4 + others // 4 + prices.position * pairs.times
    cost[0] = work
    return True


cdef bint any_beside(
    Lookup lookup, str first, str second, Py_ssize_t most,
    Py_ssize_t *documents, Py_ssize_t *fewer,
) except -1:
    """The same for other kernels."""
    cdef bytes held, also
    held, also = lookup.find_both(first, second)
    cdef const Place *one = <const Place *>PyBytes_AsString(held)
    cdef const Place *two = <const Place *>PyBytes_AsString(also)
    cdef Field field
    cdef Py_ssize_t segment, start, stop, begin, end, row, other, common = 0
    cdef bint found = False, meet
    cdef Pairs pairs
    documents[0] = fewer[0] = 0
    for segment in range(lookup.segments):
        if one[segment].ordinal < 0 or two[segment].ordinal < 0:
            continue
        field = <Field>lookup.fields[segment]
        start, stop = one[segment].start, one[segment].stop
        begin, end = two[segment].start, two[segment].stop
        documents[0] += stop - start + end - begin
        fewer[0] += min(stop - start, end - begin)
        if found:
            continue
        field.documents.need(start, stop)
        field.documents.need(begin, end)
        row, other = start, begin
        with nogil:
            meet = next_of(field.documents, &row, stop, &other, end)
        if meet:
            pairs = Pairs(0, 0, 0)
            beside_in(
                field, one[segment].ordinal, two[segment].ordinal, most + 1 - common, NULL, 0, NULL,
                &pairs, True, row, other,
            )
            common += pairs.both
            found = pairs.beside or common > most
    return found


cdef Py_ssize_t sure(View view, Py_ssize_t start, Py_ssize_t stop) except -1 nogil:
    """Verify some items; up to where those behind the last one are of its block, and verified too."""
    cdef Py_ssize_t block
    if not view.known(start, stop):
        with gil:
            view.need(start, stop)
    block = (stop * view.width - 1) >> view.shift
    return min(((block + 1) << view.shift) // view.width, view.length)


cdef Py_ssize_t times_in(Field field, Py_ssize_t start, Py_ssize_t stop) noexcept nogil:
    """How often the documents of some postings have the term; no more than a file can hold."""
    if field.frequencies is None:
        return stop - start
    return <Py_ssize_t>total(field.frequencies.data, field.frequencies.width, start, stop)


cdef bint is_behind(
    View positions, Py_ssize_t left, Py_ssize_t left_end, Py_ssize_t right, Py_ssize_t right_end
) noexcept nogil:
    """Whether one of the first positions is the one before one of the second; all ascend."""
    cdef const uint8_t *data = positions.data
    if positions.width == 2:
        return are_behind(<const uint16_t *>data, left, left_end, right, right_end)
    if positions.width == 4:
        return are_behind(<const uint32_t *>data, left, left_end, right, right_end)
    if positions.width == 1:
        return are_behind(data, left, left_end, right, right_end)
    return are_behind(<const uint64_t *>data, left, left_end, right, right_end)


cdef inline bint are_behind(
    const any_number *positions, Py_ssize_t left, Py_ssize_t left_end, Py_ssize_t right,
    Py_ssize_t right_end
) noexcept nogil:
    cdef uint64_t one, two
    while left < left_end and right < right_end:
        one, two = <uint64_t>positions[left] + 1, positions[right]
        if one == two:
            return True
        left += one < two
        right += two < one
    return False


cdef bint next_of(
    View documents, Py_ssize_t *row, Py_ssize_t stop, Py_ssize_t *other, Py_ssize_t end
) noexcept nogil:
    """Move to the next number that two ascending runs have in common; whether there is one."""
    cdef const uint8_t *data = documents.data
    if documents.width == 2:
        return next_common(<const uint16_t *>data, row, stop, other, end)
    return next_common(<const uint32_t *>data, row, stop, other, end)


cdef bint next_common(
    const number *numbers, Py_ssize_t *row, Py_ssize_t stop, Py_ssize_t *other, Py_ssize_t end
) noexcept nogil:
    cdef Py_ssize_t one = row[0]
    cdef Py_ssize_t two = other[0]
    cdef number left, right
    if end - two > FAR_MORE * (stop - one):
        return next_in_longer(numbers, row, stop, other, end)
    if stop - one > FAR_MORE * (end - two):
        return next_in_longer(numbers, other, end, row, stop)
    if number is uint32_t:
        warta_pass_apart(numbers, &one, stop, &two, end)
    while one < stop and two < end:
        left, right = numbers[one], numbers[two]
        if left == right:
            row[0], other[0] = one, two
            return True
        one += left < right
        two += right < left
    return False


cdef bint next_in_longer(
    const number *numbers, Py_ssize_t *row, Py_ssize_t stop, Py_ssize_t *other, Py_ssize_t end
) noexcept nogil:
    """The same where the second run is much longer."""
    cdef Py_ssize_t one = row[0]
    cdef Py_ssize_t two = other[0]
    while one < stop and two < end:
        two = reached(numbers, two, end, numbers[one])
        if two < end and numbers[two] == numbers[one]:
            row[0], other[0] = one, two
            return True
        one += 1
    return False


cdef inline Py_ssize_t reached(
    const number *numbers, Py_ssize_t begin, Py_ssize_t end, uint64_t wanted
) noexcept nogil:
    """The first place from ``begin`` on whose number is not less, in steps that double."""
    cdef Py_ssize_t step = 1, high = begin, middle
    while high < end and numbers[high] < wanted:
        begin, high, step = high + 1, high + step, step * 2
    high = min(high, end)
    while begin < high:
        middle = (begin + high) >> 1
        if numbers[middle] < wanted:
            begin = middle + 1
        else:
            high = middle
    return begin


cdef Py_ssize_t in_both(
    View documents, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t begin, Py_ssize_t end
) noexcept nogil:
    """How many numbers two ascending runs have in common."""
    cdef const uint8_t *data = documents.data
    if end - begin < stop - start:
        start, stop, begin, end = begin, end, start, stop
    if documents.width == 2:
        return common_of_chunks(<const uint16_t *>data, start, stop, begin, end)
    return common_of_chunks(<const uint32_t *>data, start, stop, begin, end)


cdef Py_ssize_t common_of_chunks(
    const number *numbers, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t begin, Py_ssize_t end
) noexcept nogil:
    """As ``common_of``, of those numbers together that differ in their last 16 bits alone."""
    cdef Py_ssize_t middle, half, found = 0
    cdef uint64_t least
    if stop - start < MANY or end - begin > FAR_MORE * (stop - start):
        return common_of(numbers, start, stop, begin, end)
    while start < stop and begin < end:
        least = numbers[start] & ~<uint64_t>(TABLE - 1)
        middle = reached(numbers, start, stop, least + TABLE)
        begin = reached(numbers, begin, end, least)
        half = reached(numbers, begin, end, least + TABLE)
        found += common_in_table(numbers, start, middle, begin, half)
        start, begin = middle, half
    return found


cdef Py_ssize_t common_in_table(
    const number *numbers, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t begin, Py_ssize_t end
) noexcept nogil:
    """As ``common_of``. No step waits for the one before, as it does where two runs are merged."""
    cdef uint8_t table[TABLE]
    cdef Py_ssize_t at, found = 0
    memset(table, 0, sizeof(table))
    for at in range(start, stop):
        table[numbers[at] & (TABLE - 1)] = 1
    for at in range(begin, end):
        found += table[numbers[at] & (TABLE - 1)]
    return found


cdef Py_ssize_t common_of(
    const number *numbers, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t begin, Py_ssize_t end
) noexcept nogil:
    """The first run is no longer than the second."""
    cdef Py_ssize_t found = 0
    cdef number left, right
    if end - begin <= FAR_MORE * (stop - start):
        while start < stop and begin < end:
            left, right = numbers[start], numbers[begin]
            found += left == right
            start += left <= right
            begin += right <= left
        return found
    while start < stop and begin < end:
        left = numbers[start]
        begin = reached(numbers, begin, end, left)
        if begin < end and numbers[begin] == left:
            found += 1
            begin += 1
        start += 1
    return found
