"""The postings of a field, as other kernels read them (see ``index.segments.postings``).

Methods that are called with the GIL look at bounds and checksums and raise ``FileDamaged``. What
they gave may then be read without it, by the views' pointers. Items are as wide as the format says,
which ``FieldIndex`` looks at. Numbers of documents are not looked at here: who uses one as a place
of an array compares it with that array's size.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memcmp, memcpy

from index.kernels.prefetching cimport prefetch_line
from index.kernels.searching cimport galloped, item, lower_bound
from index.kernels.sections cimport View, are_seen

cdef extern from *:
    uint64_t big_endian "__builtin_bswap64"(uint64_t) nogil

cdef extern from "Python.h":
    PyObject *PyTuple_GetItem(object, Py_ssize_t)   # borrowed

cdef enum:
    KEY_STEP = 16
    KEY = 8     # bytes of a key
    LINE = 64
    KEPT_BYTES = 1 << 22
    OBJECTS_BYTES = 200     # of a term that is kept, beside its places
    LONGEST_KEPT = 40       # bytes of a term

cdef uint64_t MOST = <uint64_t>-1


cdef uint64_t key_of(const uint8_t *term, Py_ssize_t length) noexcept nogil:
    """The first eight bytes as a big-endian number, zeros behind shorter terms."""
    cdef uint64_t key = 0
    cdef Py_ssize_t place
    for place in range(8):
        key = (key << 8) | (term[place] if place < length else 0)
    return key


cdef inline int _need(View view, Py_ssize_t start, Py_ssize_t stop) except -1:
    """The same as ``View.need``, which is not called for what is known: most is, of dictionaries."""
    if 0 <= start <= stop <= view.length and are_seen(
        view.seen, view.shift, view.width, start, stop
    ):
        return 0
    return view.need(start, stop)


cdef View optional(object section):
    return None if section is None else View(section)


cdef class Field:
    """The arrays of a ``FieldIndex``; ``damaged`` makes the error of what does not fit."""

    def __cinit__(self, object index):
        section = index.section
        self.terms = index.terms
        self._error = index.damaged
        self.text = View(section("text"))
        self.text_at = View(section("text_at"))
        self.keys = View(section("keys"))
        self.posting_at = View(section("posting_at"))
        self.documents = View(section("documents"))
        times = index.times
        self.frequencies = optional(times if times is None or times.array.dtype.kind == "u" else None)
        self.first = optional(section("first"))
        self.position_at = optional(section("position_at"))
        self.positions = optional(section("positions"))

    def find(self, bytes term not None):
        """The ordinal of a term, or -1. Raises ``FileDamaged``."""
        cdef char *text
        cdef Py_ssize_t length
        PyBytes_AsStringAndSize(term, &text, &length)
        return self.ordinal_of(<const uint8_t *>text, length)

    def document_frequency(self, bytes term not None):
        """How many documents have a term, deleted ones included. Raises ``FileDamaged``."""
        cdef Py_ssize_t start, stop
        cdef Py_ssize_t ordinal = self.find(term)
        if ordinal < 0:
            return 0
        self.range_of(ordinal, &start, &stop)
        return stop - start

    cdef Py_ssize_t ordinal_of(self, const uint8_t *term, Py_ssize_t length) except -2:
        """The ordinal of a term, or -1."""
        cdef Py_ssize_t first, last
        self.among(key_of(term, length), &first, &last)
        return self.ordinal_among(term, length, first, last)

    cdef int among(self, uint64_t key, Py_ssize_t *first, Py_ssize_t *last) except -1:
        """The ordinals, from and up to, among which terms are that begin as ``key_of`` says."""
        cdef Py_ssize_t number = self.keys.length
        cdef const uint8_t *keys = self.keys.data
        first[0] = last[0] = 0
        if not self.terms:
            return 0
        if not self._has_keys:
            self.keys.need(0, number)
            self._has_keys = True
        self.between(key, lower_bound(keys, KEY, 0, number, key), first, last)
        return 0

    cdef void between(
        self, uint64_t key, Py_ssize_t low, Py_ssize_t *first, Py_ssize_t *last
    ) noexcept nogil:
        """The ordinals of the sixteenths between the last smaller key and the first greater one.

        ``low``: of the first key that is not smaller.
        """
        cdef Py_ssize_t high = low, number = self.keys.length
        cdef const uint8_t *keys = self.keys.data
        if high < number and item(keys, KEY, high) == key:
            high = number if key == MOST else galloped(keys, KEY, high, number, key + 1)
        first[0] = max(low - 1, 0) * KEY_STEP
        last[0] = min(high * KEY_STEP, self.terms)

    cdef Py_ssize_t ordinal_among(
        self, const uint8_t *term, Py_ssize_t length, Py_ssize_t first, Py_ssize_t last
    ) except -2:
        """The ordinal of a term that is among some, or -1."""
        cdef Py_ssize_t middle, start, stop, begin, end, shorter
        cdef const uint8_t *places = self.text_at.data
        cdef int width = self.text_at.width, order
        cdef uint64_t key = key_of(term, length), begin_of
        if first >= last:
            return -1
        _need(self.text_at, first, last + 1)
        begin, end = item(places, width, first), item(places, width, last)
        _need(self.text, begin, end)
        while first < last:
            middle = (first + last) >> 1
            start, stop = item(places, width, middle), item(places, width, middle + 1)
            if not begin <= start <= stop <= end:
                self.text.need(start, stop)
            # By the first eight bytes at once, where there are as many; mostly they tell.
            if start + KEY <= self.text.length:
                memcpy(&begin_of, self.text.data + start, KEY)
                begin_of = big_endian(begin_of)
                if stop - start < KEY:
                    begin_of &= ~(MOST >> 8 * (stop - start))
                if begin_of != key:
                    if begin_of < key:
                        first = middle + 1
                    else:
                        last = middle
                    continue
            shorter = min(stop - start, length)
            order = memcmp(self.text.data + start, term, shorter) if shorter else 0
            if order == 0:
                if stop - start == length:
                    return middle
                order = -1 if stop - start < length else 1
            if order < 0:
                first = middle + 1
            else:
                last = middle
        return -1

    cdef int range_of(self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop) except -1:
        """Where the postings of a term begin and end, which may not be verified yet."""
        cdef View places = self.posting_at
        _need(places, ordinal, ordinal + 2)
        start[0] = item(places.data, places.width, ordinal)
        stop[0] = item(places.data, places.width, ordinal + 1)
        if not 0 <= start[0] <= stop[0] <= self.documents.length:
            raise self._error("a term has no postings")
        return 0

    cdef int need_postings(self, Py_ssize_t start, Py_ssize_t stop, bint leads=True) except -1:
        """Verify documents and frequencies of postings, and first positions if it ``leads``."""
        _need(self.documents, start, stop)
        if self.frequencies is not None:
            _need(self.frequencies, start, stop)
        if leads and self.first is not None:
            _need(self.first, start, stop)
        return 0

    cdef int need_positions(
        self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop
    ) except -1:
        """Where the positions of a term begin and end, verified."""
        self.positions_between(ordinal, start, stop)
        self.positions.need(start[0], stop[0])
        return 0

    cdef int positions_between(
        self, Py_ssize_t ordinal, Py_ssize_t *start, Py_ssize_t *stop
    ) except -1:
        """Where the positions of a term begin and end, which may not be verified yet."""
        cdef View places = self.position_at
        if self.positions is None or places is None:
            raise ValueError("the field has no positions")
        _need(places, ordinal, ordinal + 2)
        start[0] = item(places.data, places.width, ordinal)
        stop[0] = item(places.data, places.width, ordinal + 1)
        if not 0 <= start[0] <= stop[0] <= self.positions.length:
            self.positions.need(start[0], stop[0])
        return 0


cdef void _ahead(View view, Py_ssize_t index) noexcept nogil:
    """Have an item, which may be none of the view's, in the processor's cache when it is read."""
    if view is not None and 0 <= index < view.length:
        prefetch_line(view.data + index * view.width)


cdef void _ahead_from(View view, Py_ssize_t index) noexcept nogil:
    """The same of an item and those behind it: of their whole block where that will be verified."""
    cdef Py_ssize_t at
    if view is None or not 0 <= index < view.length:
        return
    at = index * view.width
    if not view.seen[at >> view.shift]:
        at = at >> view.shift << view.shift
        prefetch_line(view.data + at + LINE)
        prefetch_line(view.data + at + 2 * LINE)
    prefetch_line(view.data + at)


cdef class Lookup:
    """Where terms are in a field of all segments, for everything that asks.

    ``fields``: of each segment its Field, or None. What was found is kept in ``KEPT_BYTES``: a
    question's words are counted, scored, looked for in titles and beside each other. Where half of
    them is full, what nobody asked for since the last time is forgotten. Terms of more than
    ``LONGEST_KEPT`` bytes are looked up again. Shared by threads, which hold the GIL.
    """

    def __cinit__(self, object fields not None):
        self.fields = tuple(fields)
        for one in self.fields:
            if one is not None and not isinstance(one, Field):
                raise TypeError("a segment has a field or none")
        self.segments, self._kept, self._older = len(self.fields), {}, {}
        self._most = KEPT_BYTES // 2 // (self.segments * sizeof(Place) + OBJECTS_BYTES) + 1

    cdef bytes find(self, str text):
        """A ``Place`` a segment; read them while the bytes are held. Raises ``FileDamaged``."""
        cdef bytes found = self.known(text), term
        cdef char *letters
        cdef Py_ssize_t length
        if found is not None:
            return found
        term = text.encode("utf-8", "surrogatepass")
        PyBytes_AsStringAndSize(term, &letters, &length)
        found = PyBytes_FromStringAndSize(NULL, self.segments * sizeof(Place))
        find_in(self, <const uint8_t *>letters, length, <Place *>PyBytes_AsString(found))
        self.keep(text, length, found)
        return found

    cdef tuple find_both(self, str first, str second):
        """The same of two terms, looked up together where neither is known."""
        cdef bytes one = self.known(first), two = self.known(second), term, other
        cdef Wanted *each
        if one is not None or two is not None or first == second:
            return self.find(first), self.find(second)
        term, other = first.encode("utf-8", "surrogatepass"), second.encode("utf-8", "surrogatepass")
        one = PyBytes_FromStringAndSize(NULL, self.segments * sizeof(Place))
        two = PyBytes_FromStringAndSize(NULL, self.segments * sizeof(Place))
        each = <Wanted *>PyMem_Malloc(2 * self.segments * sizeof(Wanted))
        if each == NULL:
            raise MemoryError
        try:
            want(each, self, <const uint8_t *>PyBytes_AsString(term), len(term),
                 <Place *>PyBytes_AsString(one))
            want(each + self.segments, self, <const uint8_t *>PyBytes_AsString(other), len(other),
                 <Place *>PyBytes_AsString(two))
            find_each(each, 2 * self.segments)
        finally:
            PyMem_Free(each)
        self.keep(first, len(term), one)
        self.keep(second, len(other), two)
        return one, two

    cdef bytes known(self, str text):
        """The same where it is kept, else None."""
        cdef object found = self._kept.get(text)
        if found is None and self._older:
            found = self._older.get(text)
            if found is not None:
                self.keep(text, 0, <bytes>found)
        return <bytes>found

    cdef Py_ssize_t documents_in(self, bytes held) except -1:
        """How many documents the places of a term are of, deleted ones included."""
        cdef const Place *places = <const Place *>PyBytes_AsString(held)
        cdef Py_ssize_t at, found = 0
        for at in range(self.segments):
            found += places[at].stop - places[at].start
        return found

    cdef int keep(self, str text, Py_ssize_t length, bytes found) except -1:
        """Keep what was found for a text of so many bytes."""
        if length > LONGEST_KEPT:
            return 0
        if len(self._kept) >= self._most:
            self._older, self._kept = self._kept, {}
        self._kept[text] = found
        return 0


cdef Py_ssize_t most_documents(tuple lookups, str text) except -1:
    """How many documents have a term in that of some fields in which most do."""
    cdef Py_ssize_t found = 0
    cdef Lookup lookup
    for lookup in lookups:
        found = max(found, lookup.documents_in(lookup.find(text)))
    return found


cdef Lookup lookup_of(object fields):
    """The fields of all segments, if they are no Lookup yet, as one of their own."""
    return <Lookup>fields if isinstance(fields, Lookup) else Lookup(fields)


cdef Py_ssize_t want(
    Wanted *each, Lookup lookup, const uint8_t *term, Py_ssize_t length, Place *places,
    bint is_read=True,
) noexcept:
    """Note that a term is wanted in all segments: its places there; how many ``each`` has more.

    ``is_read``: whether its postings are read soon, and not only counted.
    """
    cdef Py_ssize_t at
    cdef uint64_t key = key_of(term, length)
    cdef PyObject *field
    for at in range(lookup.segments):
        field = PyTuple_GetItem(lookup.fields, at)
        each[at].field = NULL if field == <PyObject *>None else field
        each[at].term, each[at].length, each[at].key = term, length, key
        each[at].place, each[at].is_read = places + at, is_read
    return lookup.segments


cdef int find_in(
    Lookup lookup, const uint8_t *term, Py_ssize_t length, Place *places, bint is_read=True
) except -1:
    """Where a term's postings are in each segment; ``is_read`` as for ``want``."""
    cdef Py_ssize_t number = lookup.segments
    cdef Wanted alone
    cdef Wanted *each = &alone if number <= 1 else <Wanted *>PyMem_Malloc(number * sizeof(Wanted))
    if each == NULL:
        raise MemoryError
    try:
        want(each, lookup, term, length, places, is_read)
        return find_each(each, number)
    finally:
        if each != &alone:
            PyMem_Free(each)


cdef int find_each(Wanted *each, Py_ssize_t number) except -1:
    """Where the postings of each of some terms are in its field.

    All a step at a time, so that the memory of one's next step is on its way while the others are
    looked at. What is found is not verified yet, see ``need_postings``. Nothing is asked for of what
    is not read: each page that is asked for is waited for until it is found.
    """
    cdef Py_ssize_t at, half, start, left = 0
    cdef const uint64_t *keys
    cdef Place *place
    cdef Field field
    for at in range(number):
        place = each[at].place
        place.ordinal, place.start, place.stop = -1, 0, 0
        if each[at].field == NULL:
            continue
        field = <Field?><object>each[at].field
        if not field.terms:
            continue
        if not field._has_keys:
            field.keys.need(0, field.keys.length)
            field._has_keys = True
        place.stop = field.keys.length
        left = max(left, place.stop)
    # As ``searching.lower_bound``: ``start`` is the place, ``stop`` how many keys are left.
    while left > 1:
        left = (left + 1) >> 1
        for at in range(number):
            place = each[at].place
            if place.stop > 1:
                keys = <const uint64_t *>(<Field>each[at].field).keys.data + place.start
                half = place.stop >> 1
                place.stop -= half
                # Both keys of which the next step reads one, before it is known which.
                prefetch_line(keys + (place.stop >> 1) - 1)
                prefetch_line(keys + half + (place.stop >> 1) - 1)
                place.start += half & -<Py_ssize_t>(keys[half - 1] < each[at].key)
    for at in range(number):
        place = each[at].place
        if place.stop:
            field = <Field>each[at].field
            place.start += (<const uint64_t *>field.keys.data)[place.start] < each[at].key
            field.between(each[at].key, place.start, &place.start, &place.stop)
            _ahead(field.text_at, place.start)
            _ahead(field.text_at, place.stop)
            _ahead(field.posting_at, place.start)
            _ahead(field.posting_at, place.stop)
    for at in range(number):
        place = each[at].place
        if place.start < place.stop:
            field = <Field>each[at].field
            _need(field.text_at, place.start, place.stop + 1)
            start = item(field.text_at.data, field.text_at.width, place.start)
            _ahead(field.text, start)
            _ahead(field.text, start + LINE)
            _ahead(field.text, start + 2 * LINE)
    for at in range(number):
        place = each[at].place
        if place.start < place.stop:
            field = <Field>each[at].field
            place.ordinal = field.ordinal_among(
                each[at].term, each[at].length, place.start, place.stop
            )
            if each[at].is_read:
                _ahead(field.position_at, place.ordinal)
        place.start = place.stop = 0
    for at in range(number):
        place = each[at].place
        if place.ordinal >= 0:
            field = <Field>each[at].field
            field.range_of(place.ordinal, &place.start, &place.stop)
            if not each[at].is_read:
                continue
            _ahead_from(field.documents, place.start)
            _ahead(field.documents, place.stop - 1)
            _ahead_from(field.frequencies, place.start)
            _ahead_from(field.first, place.start)
    return 0
