"""Counts how often one word follows another in texts (see ``index.glued.neighbours``)."""

include "source.pxi"

import numpy as np

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memset

from index.kernels.postings cimport Field, Lookup, Place
from index.kernels.searching cimport total
from index.kernels.sections cimport View

cdef enum:
    LEVELS = 65     # of documents, see index.segments.sampling
    MOST_SAMPLES = 4096     # kept at a time


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


cdef _Word _word_of(Field field, const Place *place):
    cdef _Word word = _Word()
    word.documents, word.times, word.positions = field.documents, field.frequencies, field.positions
    word.row, word.rows = place.start, place.stop
    field.need_postings(word.row, word.rows, False)
    field.need_positions(place.ordinal, &word.at, &word.end)
    return word


cdef class Neighbours:
    """Counts in a body field of each of some segments; what it found about words is kept.

    ``lookup``: the fields, with positions all. ``levels``: gives the levels of the documents of a
    segment by its number, uint8. Of a word that more than ``most`` documents have some are looked at;
    ``thinned`` gives those that are left of twice as many and more: of a list of arrays, uint32 and
    ascending, one a segment, such a list. Raises ``ValueError`` where ``most`` is not positive.
    """

    cdef Lookup _lookup
    cdef object _levels
    cdef object _thinned
    cdef Py_ssize_t _most
    cdef dict _samples  # by words: where those of each segment end in Py_ssize_t, and they themselves

    def __cinit__(self, Lookup lookup not None, levels not None, thinned not None, Py_ssize_t most):
        if most < 1:
            raise ValueError("of a word a document is looked at, at least")
        self._lookup, self._levels, self._thinned, self._most = lookup, levels, thinned, most
        self._samples = {}

    def together(self, str one not None, str two not None):
        """At how many places the second word follows the first, of those that are looked at.

        Raises ``FileDamaged``.
        """
        cdef bytes first, second, sample = None
        cdef const Place *left
        cdef const Place *right
        cdef const Py_ssize_t *ends = NULL
        cdef Py_ssize_t at, articles, others, segments = self._lookup.segments, begin = 0, found = 0
        cdef bint second_is_rare
        first, second = self._lookup.find_both(one, two)
        articles, others = self._lookup.documents_in(first), self._lookup.documents_in(second)
        second_is_rare = others < articles
        if not min(articles, others):
            return 0
        if min(articles, others) > self._most:
            sample = self._sample(two, second) if second_is_rare else self._sample(one, first)
            ends = <const Py_ssize_t *>PyBytes_AsString(sample)
        left = <const Place *>PyBytes_AsString(first)
        right = <const Place *>PyBytes_AsString(second)
        for at in range(segments):
            if left[at].ordinal >= 0 and right[at].ordinal >= 0:
                if ends == NULL:
                    found += _follows(self._lookup.fields[at], left + at, right + at, second_is_rare)
                else:
                    if at:
                        begin = ends[at - 1]
                    found += _follows(
                        self._lookup.fields[at], left + at, right + at, second_is_rare,
                        <const uint32_t *>(ends + segments) + begin, ends[at] - begin,
                    )
        return found

    cdef bytes _sample(self, str word, bytes held):
        """The documents of a word that are looked at, as ``_samples`` has them."""
        cdef bytes found = self._samples.get(word)
        cdef const Place *places = <const Place *>PyBytes_AsString(held)
        cdef Py_ssize_t at, count, segments = self._lookup.segments, begin = 0
        cdef Py_ssize_t of_levels[LEVELS]
        cdef Py_ssize_t *ends
        cdef uint32_t *documents
        cdef int level
        cdef list levels
        if found is not None:
            return found
        memset(of_levels, 0, sizeof(of_levels))
        levels = [self._levels(at) if places[at].ordinal >= 0 else None for at in range(segments)]
        for at in range(segments):
            if places[at].ordinal >= 0:
                _count_levels(self._lookup.fields[at], places + at, levels[at], of_levels)
        level = _level_for(of_levels, self._most)
        for at in range(level, LEVELS):
            begin += of_levels[at]
        found = PyBytes_FromStringAndSize(
            NULL, segments * sizeof(Py_ssize_t) + begin * sizeof(uint32_t)
        )
        count = begin
        ends = <Py_ssize_t *>PyBytes_AsString(found)
        documents = <uint32_t *>(ends + segments)
        begin = 0
        for at in range(segments):
            if places[at].ordinal >= 0:
                begin = _take(
                    self._lookup.fields[at], places + at, levels[at], level, documents, begin, count
                )
            ends[at] = begin
        if begin > 2 * self._most:
            found = self._thin(found)
        if len(self._samples) >= MOST_SAMPLES:
            self._samples = {}
        self._samples[word] = found
        return found

    cdef bytes _thin(self, bytes sample):
        """What is left of a sample that is too large."""
        cdef Py_ssize_t segments = self._lookup.segments, begin = 0, at
        cdef const Py_ssize_t *ends = <const Py_ssize_t *>PyBytes_AsString(sample)
        cdef uint32_t[::1] every
        parts = []
        every = np.frombuffer(sample, np.uint32, -1, segments * sizeof(Py_ssize_t)).copy()
        for at in range(segments):
            parts.append(np.asarray(every[begin: ends[at]]))
            begin = ends[at]
        parts = [np.ascontiguousarray(part, np.uint32) for part in self._thinned(parts)]
        if len(parts) != segments:
            raise IndexError("the segments differ in number")
        # By the bytes that are there: whatever ``thinned`` gave, no more of them is read.
        lengths = np.cumsum([part.size for part in parts], dtype=np.intp)
        return lengths.tobytes() + b"".join([part.tobytes() for part in parts])


cdef int _count_levels(
    Field field, const Place *place, const uint8_t[::1] levels, Py_ssize_t *of_levels
) except -1:
    """How many documents of a term have each level."""
    cdef Py_ssize_t row
    cdef uint64_t document
    field.need_postings(place.start, place.stop, False)
    for row in range(place.start, place.stop):
        document = field.documents.at(row)
        if document >= <uint64_t>levels.shape[0] or levels[document] >= LEVELS:
            raise field._error("a document is none of the segment")
        of_levels[levels[document]] += 1
    return 0


cdef Py_ssize_t _take(
    Field field, const Place *place, const uint8_t[::1] levels, int level, uint32_t *into,
    Py_ssize_t at, Py_ssize_t most,
) except -1:
    """Write the documents of a term that have the level or more, of which ``most`` were counted.

    From ``at`` on; where the next are to be.
    """
    cdef Py_ssize_t row
    cdef uint64_t document
    for row in range(place.start, place.stop):
        document = field.documents.at(row)
        if at < most and document < <uint64_t>levels.shape[0] and levels[document] >= level:
            into[at] = <uint32_t>document
            at += 1
    return at


cdef int _level_for(const Py_ssize_t *of_levels, Py_ssize_t about) noexcept:
    """As ``level_for`` of ``index.segments.sampling``."""
    cdef Py_ssize_t every = 0, sample, times
    cdef int level = -1, at
    for at in range(LEVELS):
        every += of_levels[at]
    times = every // max(about, 1)
    while times:
        level += 1
        times >>= 1
    level = min(level, LEVELS) if every > about else 0
    while level > 0:
        sample = 0
        for at in range(level, LEVELS):
            sample += of_levels[at]
        if 2 * sample >= about:
            break
        level -= 1
    return max(level, 0)


cdef Py_ssize_t _follows(
    Field field, const Place *one, const Place *two, bint second_is_rare,
    const uint32_t *among=NULL, Py_ssize_t count=0,
) except -1:
    """At how many places of a field a term follows another.

    ``second_is_rare``: whose documents are gone through, and looked for among the other's.
    ``among``: so many documents, ascending, no others are looked at; NULL where all are.
    """
    cdef _Word first, second, rare, other
    cdef Py_ssize_t found
    if among != NULL and not count:
        return 0
    first, second = _word_of(field, one), _word_of(field, two)
    rare, other = (second, first) if second_is_rare else (first, second)
    with nogil:
        found = _count(first, second, rare, other, among, count)
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
