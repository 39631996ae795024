"""Which words are near to a given one: the compiled form of ``vocabulary``.

Most are ruled out by the set of their letters, without reading them.
"""

include "source.pxi"

import numpy as np

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from index.kernels.unaligned cimport bound

cdef extern from "flags.h":
    size_t warta_places(
        const uint8_t *states, size_t length, uint8_t wanted, uint32_t first, uint32_t *places
    ) nogil

cdef enum:
    LENGTHS = 256
    TWO_ENDS = 5    # letters of which one edit leaves the first two or the last two
    BLOCK = 256     # words that are looked at together
    NO_LETTER = 0x100
    DIGIT = 11      # bits of a count by which words are put in order at once
    DIGITS = 1 << DIGIT
    MOST_COUNT = 0x7FFFFFFF

cdef struct Shape:
    int32_t ordinal
    int32_t count       # of documents, as a negative number
    uint32_t letters
    uint16_t head
    uint16_t tail
    uint8_t length


cdef class Shapes:
    """The plain words of a field by length, the commonest first: (n,) each. Shared by threads.

    ``letters``: the set of those of each; ``heads`` and ``tails``: its first two bytes and its last
    two, as numbers; ``counts``: how many documents have it, negative; ``begins``: where those of
    each length begin, (257,); ``ordinals``: which of the terms of ``texts`` each is, of which
    ``ends`` has where each begins and the last ends, as bytes of numbers of ``width`` bytes. Raises
    ``IndexError`` where they do not fit each other.
    """

    cdef const uint32_t[::1] _letters
    cdef const uint16_t[::1] _heads
    cdef const uint16_t[::1] _tails
    cdef const int32_t[::1] _counts
    cdef const int64_t[::1] _begins
    cdef const int32_t[::1] _ordinals
    cdef const uint8_t[::1] _texts
    cdef const uint8_t[::1] _ends
    cdef int _width

    def __cinit__(
        self,
        const uint32_t[::1] letters not None,
        const uint16_t[::1] heads not None,
        const uint16_t[::1] tails not None,
        const int32_t[::1] counts not None,
        const int64_t[::1] begins not None,
        const int32_t[::1] ordinals not None,
        const uint8_t[::1] texts not None,
        const uint8_t[::1] ends not None,
        int width,
    ):
        cdef Py_ssize_t total = letters.shape[0]
        for size in (heads.shape[0], tails.shape[0], counts.shape[0], ordinals.shape[0]):
            if size != total:
                raise IndexError("the arrays differ in length")
        if begins.shape[0] != LENGTHS + 1 or width not in (1, 2, 4, 8):
            raise IndexError("there are no such arrays")
        self._letters, self._heads, self._tails, self._counts = letters, heads, tails, counts
        self._begins, self._ordinals = begins, ordinals
        self._texts, self._ends, self._width = texts, ends, width

    def near(self, bytes word not None, tuple fewest not None):
        """The words that are near: ``(word, edits, documents)`` each; and how many were looked at.

        As ``fitting``; raises ``IndexError``, too, where a term is outside the texts.
        """
        cdef Py_ssize_t at, number, ordinal, start, stop, terms, size, fits, looked_at
        cdef Py_ssize_t edits, most = len(fewest)
        cdef char *own
        cdef int64_t *places = NULL
        cdef list found = []
        cdef const uint8_t *bounds = NULL
        if self._ends.shape[0]:
            bounds = &self._ends[0]
        terms = self._ends.shape[0] // self._width - 1
        PyBytes_AsStringAndSize(word, &own, &size)
        fits = self._fitting(word, fewest, &places, &looked_at)
        try:
            for number in range(fits):
                at = places[number]
                ordinal = self._ordinals[at]
                if not 0 <= ordinal < terms:
                    raise IndexError("a term is outside the texts")
                start = bound(bounds, self._width, ordinal)
                stop = bound(bounds, self._width, ordinal + 1)
                if not 0 <= start < stop <= self._texts.shape[0] or stop - start > size + most:
                    raise IndexError("a term is outside the texts")
                edits = edits_between(
                    <const uint8_t *>own, size, &self._texts[start], stop - start, most
                )
                if edits <= most and (edits <= 1 or self._texts[start] == <uint8_t>own[0]):
                    found.append(
                        (PyBytes_FromStringAndSize(<const char *>&self._texts[start], stop - start),
                         edits, -self._counts[at])
                    )
        finally:
            PyMem_Free(places)
        return found, looked_at

    def fitting(self, bytes word not None, tuple fewest not None):
        """The places of words that may be near, by length, a list; and how many were looked at.

        ``word``: letters a to z. ``fewest``: how many documents at least, for one edit and for two,
        or for one alone. Raises ``IndexError`` for other words, and where a length is outside the
        arrays.
        """
        cdef int64_t *places = NULL
        cdef Py_ssize_t looked_at, number, fits = self._fitting(word, fewest, &places, &looked_at)
        found = [places[number] for number in range(fits)]
        PyMem_Free(places)
        return found, looked_at

    cdef Py_ssize_t _fitting(
        self, bytes word, tuple fewest, int64_t **given, Py_ssize_t *looked
    ) except -1:
        """The same: how many fit, and their places, which are to be freed."""
        cdef char *text
        cdef Py_ssize_t length, longer, at, end, high, middle, size
        cdef Py_ssize_t found = 0
        cdef Py_ssize_t looked_at = 0
        cdef Py_ssize_t total = self._letters.shape[0]
        cdef Py_ssize_t edits = len(fewest)
        cdef int32_t least[2]
        cdef Py_ssize_t start[5]
        cdef Py_ssize_t stop[5]
        cdef uint32_t own = 0
        cdef uint16_t head = 0
        cdef uint16_t tail = 0
        cdef uint16_t first, begin
        cdef uint8_t maybe[BLOCK]
        cdef uint32_t some[BLOCK]
        cdef Py_ssize_t block, among, each, number
        cdef int changed
        cdef bint same_end
        cdef int64_t *places
        cdef const uint32_t *letters = NULL
        cdef const uint16_t *heads = NULL
        cdef const uint16_t *tails = NULL
        cdef const int32_t *counts = NULL
        if total:
            letters, heads, tails = &self._letters[0], &self._heads[0], &self._tails[0]
            counts = &self._counts[0]
        PyBytes_AsStringAndSize(word, &text, &size)
        if not 1 <= edits <= 2 or not 0 < size < LENGTHS:
            raise IndexError("there is no such word")
        for at in range(edits):
            least[at] = -min(fewest[at], 0x7FFFFFFF)
        for at in range(size):
            if not 97 <= text[at] <= 122:
                raise IndexError("the word has other letters")
            own |= <uint32_t>1 << (text[at] - 97)
        first = <uint8_t>text[0]
        if size >= TWO_ENDS:
            head = <uint16_t>(first | <uint8_t>text[1] << 8)
            tail = <uint16_t>(<uint8_t>text[size - 2] | <uint8_t>text[size - 1] << 8)
        for length in range(size - edits, size + edits + 1):
            at = length - size + edits
            start[at] = stop[at] = 0
            if not 0 < length < LENGTHS:
                continue
            longer = length - size if length > size else size - length
            start[at], high = self._begins[length], self._begins[length + 1]
            if not 0 <= start[at] <= high <= total:
                raise IndexError("a length is outside the arrays")
            stop[at] = start[at]
            while stop[at] < high:  # counts ascend, the commonest first
                middle = (stop[at] + high) >> 1
                if counts[middle] <= least[longer - 1 if longer else 0]:
                    stop[at] = middle + 1
                else:
                    high = middle
            looked_at += stop[at] - start[at]
        begin = first if edits == 2 else NO_LETTER
        places = <int64_t *>PyMem_Malloc((looked_at + 1) * sizeof(int64_t))
        if places == NULL:
            raise MemoryError
        given[0], looked[0] = places, looked_at
        with nogil:
            for length in range(2 * edits + 1):
                longer = length - edits if length > edits else edits - length
                block = start[length]
                while block < stop[length]:
                    among = stop[length] - block
                    if among > BLOCK:
                        among = BLOCK
                    # Most words have other ends, which is seen sooner than how many letters differ.
                    if size >= TWO_ENDS:
                        look_at_ends(&heads[block], &tails[block], among, head, tail, begin, maybe)
                    else:
                        memset(maybe, 1, <size_t>among)
                    number = <Py_ssize_t>warta_places(maybe, <size_t>among, 1, 0, some)
                    for each in range(number):
                        at = block + some[each]
                        same_end = size < TWO_ENDS or heads[at] == head or tails[at] == tail
                        changed = bit_count(letters[at] ^ own) + <int>longer
                        if changed <= 2 and same_end:
                            places[found] = at
                            found += 1
                        elif (
                            edits == 2
                            and changed <= 4
                            and counts[at] <= least[1]
                            and (heads[at] & 0xFF) == first
                        ):
                            places[found] = at
                            found += 1
                    block += BLOCK
        return found


def by_length(
    const uint8_t[::1] places not None, int place_width, const uint8_t[::1] lengths not None,
    const uint32_t[::1] letters not None, const uint8_t[::1] texts not None,
    const uint8_t[::1] ends not None, int width, int64_t least, uint32_t other,
):
    """The arrays of ``Shapes`` but ``texts`` and ``ends``, of words that ``least`` documents have.

    In the order begins, ordinals, counts, letters, heads and tails, of terms of which each has its
    length, and the set of its letters, below ``other`` where it has none besides. ``places``: where
    the postings of each begin and the last's end, as bytes of numbers of ``place_width`` bytes.
    Raises ``IndexError`` where these do not fit each other.
    """
    cdef Py_ssize_t terms = lengths.shape[0]
    cdef Py_ssize_t number
    cdef int64_t[::1] begins = np.empty(LENGTHS + 1, np.int64)
    cdef Shape *shapes
    cdef Shape *sorted
    if place_width not in (1, 2, 4, 8) or width not in (1, 2, 4, 8) or least < 0:
        raise IndexError("there are no such arrays")
    for found, wide in ((places.shape[0], place_width), (ends.shape[0], width)):
        if found != (terms + 1) * wide:
            raise IndexError("the arrays differ in length")
    if letters.shape[0] != terms or terms > MOST_COUNT:
        raise IndexError("the arrays differ in length")
    shapes = <Shape *>PyMem_Malloc((2 * terms + 1) * sizeof(Shape))
    if shapes == NULL:
        raise MemoryError
    try:
        sorted = shapes + terms
        with nogil:
            number = -1
            if terms:
                number = shapes_of(
                    &places[0], place_width, &lengths[0], &letters[0], texts, &ends[0], width,
                    least, other, terms, shapes,
                ) if texts.shape[0] else -1
        if terms and number < 0:
            raise IndexError("a term is outside the texts")
        number = max(number, 0)
        with nogil:
            put_in_order(shapes, sorted, number, &begins[0])
        return np.asarray(begins), *arrays_of(shapes, number)
    finally:
        PyMem_Free(shapes)


cdef tuple arrays_of(const Shape *shapes, Py_ssize_t number):
    """Each of what shapes have as an array: (number,)."""
    cdef int32_t[::1] ordinals = np.empty(number, np.int32)
    cdef int32_t[::1] counts = np.empty(number, np.int32)
    cdef uint32_t[::1] letters = np.empty(number, np.uint32)
    cdef uint16_t[::1] heads = np.empty(number, np.uint16)
    cdef uint16_t[::1] tails = np.empty(number, np.uint16)
    cdef Py_ssize_t at
    for at in range(number):
        ordinals[at], counts[at] = shapes[at].ordinal, shapes[at].count
        letters[at], heads[at], tails[at] = shapes[at].letters, shapes[at].head, shapes[at].tail
    return (
        *(np.asarray(ordinals), np.asarray(counts), np.asarray(letters), np.asarray(heads)),
        np.asarray(tails),
    )


cdef Py_ssize_t shapes_of(
    const uint8_t *places, int place_width, const uint8_t *lengths, const uint32_t *letters,
    const uint8_t[::1] texts, const uint8_t *ends, int width, int64_t least, uint32_t other,
    Py_ssize_t terms, Shape *shapes
) noexcept nogil:
    """How many words so many documents have; -1 where a term is outside the texts."""
    cdef Py_ssize_t term, found = 0
    cdef Py_ssize_t last = texts.shape[0] - 2  # from where two bytes can be read
    cdef int64_t count, begin, end, start, stop
    begin = <int64_t>bound(places, place_width, 0)
    for term in range(terms):
        end = <int64_t>bound(places, place_width, term + 1)
        count = end - begin if 0 <= begin <= end else -1  # -1: damaged, and no word
        begin = end
        if count < least or letters[term] >= other:
            continue
        start, stop = <int64_t>bound(ends, width, term), <int64_t>bound(ends, width, term + 1)
        if not 0 <= start < stop <= texts.shape[0] or count > MOST_COUNT or last < 0:
            return -1
        shapes[found].ordinal, shapes[found].count = <int32_t>term, <int32_t>-count
        shapes[found].letters, shapes[found].length = letters[term], lengths[term]
        memcpy(&shapes[found].head, &texts[min(start, last)], 2)
        memcpy(&shapes[found].tail, &texts[stop - 2 if stop > 1 else last], 2)
        found += 1
    return found


cdef void put_in_order(Shape *shapes, Shape *room, Py_ssize_t number, int64_t *begins) noexcept nogil:
    """By length, then the commonest first, then as they were; where each length begins."""
    cdef Py_ssize_t sums[DIGITS]
    cdef Py_ssize_t at, place, total
    cdef int32_t least = 0
    cdef int shift = 0
    cdef int key
    cdef Shape *given = shapes
    for at in range(number):
        least = min(least, shapes[at].count)
    while True:
        memset(sums, 0, sizeof(sums))
        for at in range(number):
            sums[key_of(&shapes[at], least, shift)] += 1
        total = 0
        for key in range(DIGITS):
            if shift < 0 and key <= LENGTHS:
                begins[key] = total
            place = sums[key]
            sums[key] = total
            total += place
        for at in range(number):
            key = key_of(&shapes[at], least, shift)
            room[sums[key]] = shapes[at]
            sums[key] += 1
        shapes, room = room, shapes
        if shift < 0:
            break
        shift += DIGIT
        if -<int64_t>least >> shift == 0:
            shift = -1  # the length comes last
    if shapes != given:
        memcpy(given, shapes, number * sizeof(Shape))


cdef inline int key_of(const Shape *shape, int32_t least, int shift) noexcept nogil:
    """A digit of how many more documents the commonest has, or the length."""
    if shift < 0:
        return shape.length
    return <int>(((<int64_t>shape.count - least) >> shift) & (DIGITS - 1))


cdef Py_ssize_t edits_between(
    const uint8_t *one, Py_ssize_t size, const uint8_t *other, Py_ssize_t length, Py_ssize_t most
) noexcept nogil:
    """Letters inserted, deleted, substituted or swapped with a neighbour, each once ("optimal string
    alignment"); more than ``most``, at the most 2, where they are more.

    Only what is so near to the diagonal is counted.
    """
    cdef Py_ssize_t rows[3][5]  # of column j of row i: at j - i + 2
    cdef Py_ssize_t *row
    cdef Py_ssize_t *above
    cdef Py_ssize_t *before
    cdef Py_ssize_t i, j, at, best, far = most + 1
    while size and length and one[0] == other[0]:
        one, other, size, length = one + 1, other + 1, size - 1, length - 1
    while size and length and one[size - 1] == other[length - 1]:
        size, length = size - 1, length - 1
    if size - length > most or length - size > most:
        return far
    row, above, before = rows[0], rows[1], rows[2]
    for i in range(size + 1):
        before, above, row = above, row, before
        for at in range(5):
            j = i + at - 2
            if not 0 <= j <= length or (at - 2 > most or 2 - at > most):
                row[at] = far
                continue
            if not i:
                row[at] = j
                continue
            if not j:
                row[at] = i
                continue
            best = above[at] + (one[i - 1] != other[j - 1])
            if at < 4:
                best = min(best, above[at + 1] + 1)
            if at:
                best = min(best, row[at - 1] + 1)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, before[at] + 1)
            row[at] = min(best, far)
    return row[length - size + 2]


cdef inline void look_at_ends(
    const uint16_t *heads, const uint16_t *tails, Py_ssize_t number,
    uint16_t head, uint16_t tail, uint16_t begin, uint8_t *maybe
) noexcept nogil:
    """Set for each word whether it begins or ends alike, or with the letter; without branches."""
    cdef Py_ssize_t at
    for at in range(number):
        maybe[at] = (heads[at] == head) | (tails[at] == tail) | ((heads[at] & 0xFF) == begin)


cdef inline int bit_count(uint32_t word) noexcept nogil:
    """Pairs of bits, then fours and eights, are added up side by side."""
    word = word - ((word >> 1) & <uint32_t>0x55555555)
    word = (word & <uint32_t>0x33333333) + ((word >> 2) & <uint32_t>0x33333333)
    word = (word + (word >> 4)) & <uint32_t>0x0F0F0F0F
    return <int>((word * <uint32_t>0x01010101) >> 24)
