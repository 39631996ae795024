"""What lists of hits show of documents, from their stored records: no dictionary in between.

The compiled twin of ``index.segments.records`` and ``index.build.stored_values`` for the records
that Warta writes of articles. Of any other record nothing is told, and those are asked.
"""

include "source.pxi"

from datetime import datetime
from html import escape

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.bytes cimport PyBytes_AsString, PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memchr, memcmp, memcpy

import orjson

from index.kernels.prefetching cimport prefetch_line
from index.kernels.slotted cimport in_list, in_tuple, packed

cdef extern from *:
    object called "PyObject_CallFunctionObjArgs"(object what, PyObject *one, void *end)

cdef object loads = orjson.loads
cdef object moment_of = datetime.fromisoformat

cdef enum:          # names of values
    ID
    TITLE
    URL
    DERIVED
    DATE
    BODY
    FACETS          # the first of them

cdef enum:
    MOST_DIGITS = 15
    LONGEST_MOMENT = 40
    LOG_OF_ALIKE = 11       # of so many the values of facets are known
    LONGEST_ALIKE = 250     # bytes of them
    LINE = 64               # bytes that a processor reads at once
    LINES = 5               # that most records have, at the most
    SECONDS = 19            # letters of a day and a time to the second
    LONGEST_SIGN = 6        # letters of what HTML has in the place of one

cdef enum:          # kinds of them
    ABSENT
    NOTHING
    TEXT
    TRUTH

cdef enum:          # what stands in a string
    LETTERS = 1     # that are not ASCII
    SIGNS = 2       # that HTML has another form of

cdef tuple NAMES = (b"id", b"title", b"url", b"derived_title", b"date", b"body")


cdef class Listed:
    """Records of a segment's documents: ``texts``, bytes, and ``places``, where each begins.

    ``facets``: what the value of each is known by, and its name in records; ``bulky``: under which
    a record says what of it stands elsewhere; ``latest``: no moment is later.
    """

    def __cinit__(self, texts, places, tuple facets not None, str bulky not None, latest):
        self.texts = View(texts)
        self.places = View(places)
        if self.texts.width != 1:
            raise TypeError("a section of bytes is needed")
        self.facets = facets
        self.bulky = bulky
        self.latest = latest
        if latest.year < 9000:
            raise ValueError("what is later is told by the first letter of most moments")
        if len(facets) > MOST_FACETS:
            raise ValueError("so many facets are too many")
        self._alike = [None] * (1 << LOG_OF_ALIKE)
        self._names = (*NAMES, *[name.encode() for _, name in facets], bulky.encode())
        self.known = len(self._names) - 1
        for at in range(self.known):
            PyBytes_AsStringAndSize(self._names[at], &self._keys[at].letters, &self._keys[at].length)
        PyBytes_AsStringAndSize(self._names[self.known], &self._bulky.letters, &self._bulky.length)

    def get(self, Py_ssize_t number):
        """What lists show of a document, or None: see ``search.local.reading.snapshot.Shown``.

        Raises ``FileDamaged``.
        """
        return self.shown(number)

    cdef tuple shown(self, Py_ssize_t number):
        """The same."""
        cdef Py_ssize_t start, stop
        cdef bytes record
        cdef dict values, moments, facets
        self.places.need(number, number + 2)
        start, stop = self.places.at(number), self.places.at(number + 1)
        self.texts.need(start, stop)
        if start == stop or self.texts.data[start] != b"[":
            return None
        found = self._soon(<const char *>self.texts.data + start, stop - start)
        if found is not None:
            return found
        record = PyBytes_FromStringAndSize(<const char *>self.texts.data + start, stop - start)
        try:
            parts = loads(record)
        except ValueError:
            return None
        if type(parts) is not list or len(parts) != 2:
            return None
        if type(parts[0]) is not dict or type(parts[1]) is not dict:
            return None
        moments, values = parts
        if not is_plain(values, self.bulky):
            return None
        date = None
        if moments:
            text = moments.get("date")
            if type(text) is not str or len(moments) != 1 or "date" in values:
                return None
            try:
                date = moment_of(text + "+00:00")
            except ValueError:
                return None
            if date.tzinfo is None or date > self.latest:  # of a day alone it says no offset
                return None
        elif values.get("date") is not None:
            return None
        facets = {}
        for facet, name in self.facets:
            value = values.get(name)
            if value is None:
                if name in values:
                    return None
            elif type(value) is str:
                facets[facet] = value
            else:
                return None
        elsewhere = values.get(self.bulky)
        size = None if elsewhere is None or "body" in values else elsewhere[0][1]
        title = values["title"]
        return values["id"], title, escape(title), date, values.get("url"), facets, size

    cdef void fetch_place(self, Py_ssize_t number) noexcept nogil:
        """Have the memory read that says where a document's record is; nothing of it is looked at."""
        if 0 <= number < self.places.length:
            prefetch_line(self.places.data + number * self.places.width)

    cdef void fetch(self, Py_ssize_t number) noexcept nogil:
        """Have that record read, wherever it is said to be: that is verified later."""
        cdef Py_ssize_t start, line
        if not 0 <= number < self.places.length:
            return
        start = <Py_ssize_t>self.places.at(number)
        if 0 <= start < self.texts.length:
            prefetch_line(self.texts.seen + (start >> self.texts.shift))
            for line in range(LINES):
                if start < self.texts.length:
                    prefetch_line(self.texts.data + start)
                start += LINE

    cdef tuple _soon(self, const char *text, Py_ssize_t size):
        """The same of a record as Warta writes most; None where that takes a longer look.

        One without blanks, escapes, numbers or what is no article's.
        """
        cdef Value values[FACETS + MOST_FACETS]
        cdef Value moment, value
        cdef Py_ssize_t at = 0, start, stop, which, likely = 0, bytes_ = -1
        cdef int has, odd = 0
        for which in range(self.known):
            values[which].kind = ABSENT
        moment.kind, moment.has, moment.start, moment.stop = ABSENT, 0, 0, 0
        if not follows(text, &at, size, b"[{", 2):
            return None
        if follows(text, &at, size, b'"date":"', 8):
            moment.kind, moment.start = TEXT, at
            at = string_end(text, at, size, &has)
            moment.stop = at
            if at < 0 or has & LETTERS:
                return None
            at += 1
        if not follows(text, &at, size, b"},{", 3):
            return None
        while True:
            if not follows(text, &at, size, b'"', 1):
                return None
            start, stop = at, string_end(text, at, size, &has)
            if stop < 0 or has & LETTERS:
                return None
            at = stop + 1
            if not follows(text, &at, size, b":", 1):
                return None
            # Names mostly stand in one order.
            which = likely
            if which >= self.known or not is_key(&self._keys[which], text + start, stop - start):
                which = self._which(text + start, stop - start)
            likely = which + 1
            if which == self.known:
                bytes_ = size_at(text, &at, size)
                if bytes_ < 0:
                    return None
            else:
                has, value.kind = 0, TRUTH
                if follows(text, &at, size, b'"', 1):
                    value.kind, value.start = TEXT, at
                    at = string_end(text, at, size, &has)
                    value.has, value.stop = has, at
                    if at < 0:
                        return None
                    at += 1
                elif follows(text, &at, size, b"null", 4):
                    value.kind = NOTHING
                elif not (follows(text, &at, size, b"true", 4) or follows(text, &at, size, b"false", 5)):
                    return None
                if has & LETTERS and (which < 0 or which == BODY):
                    return None  # nobody would look whether it is UTF-8
                if which >= 0:
                    if values[which].kind != ABSENT:  # it is said twice
                        return None
                    values[which] = value
            if not follows(text, &at, size, b",", 1):
                break
        if not follows(text, &at, size, b"}]", 2) or at != size:
            return None
        if values[ID].kind != TEXT or values[TITLE].kind != TEXT or values[URL].kind == TRUTH:
            return None
        if values[DERIVED].kind == TEXT or values[DATE].kind > NOTHING:
            return None
        if moment.kind == TEXT and values[DATE].kind != ABSENT:
            return None
        for which in range(FACETS, self.known):
            if values[which].kind != ABSENT and values[which].kind != TEXT:
                return None
        for which in range(self.known):
            odd |= values[which].has if values[which].kind == TEXT else 0
        if not odd & LETTERS and (moment.kind != TEXT or is_usual(text, &moment)):
            return self._made(text, values, &moment, bytes_)
        try:
            return self._made(text, values, &moment, bytes_)
        except ValueError:  # no moment, or no UTF-8
            return None

    cdef tuple _made(
        self, const char *text, const Value *values, const Value *moment, Py_ssize_t bytes_
    ):
        """What is shown by values as they should be, or None. Raises ValueError."""
        cdef object date = None, url = None, size = None
        cdef object id_, title, html, facets
        if moment.kind == TEXT:
            date = in_utc(text, moment)
            # Of a day and a time it says an offset, and is none of the latest.
            if moment.stop - moment.start != SECONDS or text[moment.start] >= c"9":
                if date.tzinfo is None or date > self.latest:
                    return None
        id_, title = string(text, &values[ID]), string(text, &values[TITLE])
        html = as_html(text, &values[TITLE]) if values[TITLE].has & SIGNS else title
        if values[URL].kind == TEXT:
            url = string(text, &values[URL])
        facets = self._facets(text, values)
        if bytes_ >= 0 and values[BODY].kind == ABSENT:
            size = bytes_
        return packed(
            7, <PyObject *>id_, <PyObject *>title, <PyObject *>html, <PyObject *>date,
            <PyObject *>url, <PyObject *>facets, <PyObject *>size,
        )

    cdef dict _facets(self, const char *text, const Value *values):
        """The values of facets: the same dictionary for many articles, as most sources are few."""
        cdef Py_ssize_t which, place, size = 0
        cdef uint64_t number = 0
        cdef const Value *one
        cdef char *said
        cdef bytes names
        cdef tuple known
        cdef dict found
        for which in range(FACETS, self.known):
            one = &values[which]
            if one.kind == TEXT:
                number = numbered(number + which, text + one.start, one.stop - one.start)
                size += one.stop - one.start + 2
        place = <Py_ssize_t>(number >> (64 - LOG_OF_ALIKE))
        known = <tuple><object>in_list(self._alike, place)
        if known is not None and self._are_said(text, values, <bytes><object>in_tuple(known, 0)):
            return <dict><object>in_tuple(known, 1)
        found = {}
        for which in range(FACETS, self.known):
            if values[which].kind == TEXT:
                found[self.facets[which - FACETS][0]] = string(text, &values[which])
        if size > LONGEST_ALIKE:
            return found
        names = PyBytes_FromStringAndSize(NULL, size)
        said = PyBytes_AsString(names)
        for which in range(FACETS, self.known):
            one = &values[which]
            if one.kind == TEXT:
                # With the quotation mark behind it, which is in none: so none begins another.
                size = one.stop - one.start + 1
                said[0] = <char>which
                memcpy(said + 1, text + one.start, <size_t>size)
                said += size + 1
        self._alike[place] = names, found
        return found

    cdef bint _are_said(self, const char *text, const Value *values, bytes names):
        """Whether values of facets are those of which such a text was made."""
        cdef Py_ssize_t which, size, left
        cdef char *said
        cdef const Value *one
        PyBytes_AsStringAndSize(names, &said, &left)
        for which in range(FACETS, self.known):
            one = &values[which]
            if one.kind == TEXT:
                size = one.stop - one.start + 1
                if left <= size or said[0] != <char>which or memcmp(said + 1, text + one.start, <size_t>size):
                    return False
                said += size + 1
                left -= size + 1
        return left == 0

    cdef Py_ssize_t _which(self, const char *name, Py_ssize_t length) noexcept nogil:
        """The number of a name; that of ``bulky`` behind all others, and -1 of any other."""
        cdef Py_ssize_t at
        if is_key(&self._bulky, name, length):
            return self.known
        for at in range(self.known):
            if is_key(&self._keys[at], name, length):
                return at
        return -1


cdef inline bint is_key(const Key *key, const char *name, Py_ssize_t length) noexcept nogil:
    return key.length == length and not memcmp(key.letters, name, <size_t>length)


cdef inline bint follows(
    const char *text, Py_ssize_t *at, Py_ssize_t size, const char *what, Py_ssize_t length
) noexcept nogil:
    """Whether something stands at a place, which is then the one behind it."""
    if size - at[0] < length or memcmp(text + at[0], what, <size_t>length):
        return False
    at[0] += length
    return True


cdef inline Py_ssize_t string_end(
    const char *text, Py_ssize_t at, Py_ssize_t size, int *has
) noexcept nogil:
    """Where the quotation mark stands behind a string; -1 where that has escapes, or none does.

    ``has``: whether there are ``LETTERS`` and ``SIGNS``.
    """
    cdef const char *end
    cdef Py_ssize_t stop
    cdef uint8_t letter, high = 0, bad = 0, signs = 0
    has[0] = 0
    if at >= size:
        return -1
    end = <const char *>memchr(text + at, c'"', <size_t>(size - at))
    if end == NULL:
        return -1
    stop = end - text
    while at < stop:
        letter = <uint8_t>text[at]
        high |= letter
        bad |= (letter == c"\\") | (letter < 32)
        signs |= (letter == c"&") | (letter == c"<") | (letter == c">") | (letter == c"'")
        at += 1
    has[0] = (LETTERS if high & 0x80 else 0) | (SIGNS if signs else 0)
    return -1 if bad else stop


cdef inline uint64_t numbered(uint64_t number, const char *text, Py_ssize_t size) noexcept nogil:
    """A number of a text behind another one's."""
    cdef uint64_t eight
    while size >= 8:
        memcpy(&eight, text, 8)
        number = (number ^ eight) * 0x9E3779B97F4A7C15ULL
        number ^= number >> 32
        text += 8
        size -= 8
    eight = <uint64_t>size
    while size:
        size -= 1
        eight = eight << 8 | <uint8_t>text[size]
    return (number ^ eight) * 0x9E3779B97F4A7C15ULL


cdef inline Py_ssize_t size_at(const char *text, Py_ssize_t *at, Py_ssize_t size) noexcept nogil:
    """The size of a body that stands elsewhere, as a record says it; -1 for anything else."""
    cdef Py_ssize_t found = 0, digits = 0
    if not follows(text, at, size, b'[["body",', 9):
        return -1
    while at[0] < size and c"0" <= text[at[0]] <= c"9":
        found = found * 10 + text[at[0]] - c"0"
        at[0] += 1
        digits += 1
        if digits > MOST_DIGITS or (digits == 2 and found < 10):
            return -1
    return found if digits and follows(text, at, size, b"]]", 2) else -1


cdef inline object in_utc(const char *text, const Value *moment):
    """The moment that a text says without a zone; as ``datetime`` reads it with one."""
    cdef char whole[LONGEST_MOMENT + 6]
    cdef Py_ssize_t size = moment.stop - moment.start
    if size > LONGEST_MOMENT:
        raise ValueError("a moment is not so long")
    memcpy(whole, text + moment.start, <size_t>size)
    memcpy(whole + size, b"+00:00", 6)
    said = PyUnicode_DecodeUTF8(whole, size + 6, NULL)
    return called(moment_of, <PyObject *>said, NULL)


cdef inline bint is_usual(const char *text, const Value *moment) noexcept nogil:
    """Whether a text is a day and a time to the second that there are in any month and year."""
    cdef const char *form = b"0000-00-00T00:00:00"
    cdef Py_ssize_t at
    cdef const char *said = text + moment.start
    if moment.stop - moment.start != SECONDS:
        return False
    for at in range(SECONDS):
        if form[at] < c"0" or form[at] > c"9":
            if said[at] != form[at]:
                return False
        elif not c"0" <= said[at] <= c"9":
            return False
    return (
        memcmp(said, b"0001", 4) >= 0
        and 1 <= number_of(said + 5) <= 12 and 1 <= number_of(said + 8) <= 28
        and number_of(said + 11) < 24 and number_of(said + 14) < 60 and number_of(said + 17) < 60
    )


cdef inline int number_of(const char *digits) noexcept nogil:
    """The number that two digits say."""
    return 10 * (digits[0] - c"0") + digits[1] - c"0"


cdef str as_html(const char *text, const Value *value):
    """A string as ``html.escape`` gives it; no quotation mark is in it. Raises ValueError."""
    cdef Py_ssize_t at, size = value.stop - value.start
    cdef char *found = <char *>PyMem_Malloc(<size_t>(size * LONGEST_SIGN + 1))
    cdef char *end = found
    if found == NULL:
        raise MemoryError
    try:
        for at in range(value.start, value.stop):
            if text[at] == c"&":
                memcpy(end, b"&amp;", 5)
                end += 5
            elif text[at] == c"<":
                memcpy(end, b"&lt;", 4)
                end += 4
            elif text[at] == c">":
                memcpy(end, b"&gt;", 4)
                end += 4
            elif text[at] == c"'":
                memcpy(end, b"&#x27;", 6)
                end += 6
            else:
                end[0] = text[at]
                end += 1
        return PyUnicode_DecodeUTF8(found, end - found, NULL)
    finally:
        PyMem_Free(found)


cdef inline str string(const char *text, const Value *value):
    return PyUnicode_DecodeUTF8(text + value.start, value.stop - value.start, NULL)


cdef bint is_plain(dict values, str bulky) except -1:
    """Whether an article's values are what they should be, and but its text none is elsewhere."""
    derived = values.get("derived_title")
    url = values.get("url")
    if type(values.get("id")) is not str or type(values.get("title")) is not str:
        return False
    if not (url is None or type(url) is str) or not (derived is None or type(derived) is bool):
        return False
    elsewhere = values.get(bulky)
    if elsewhere is None:
        return True
    if type(elsewhere) is not list or len(elsewhere) != 1:
        return False
    one = elsewhere[0]
    if type(one) is not list or len(one) != 2 or one[0] != "body" or type(one[1]) is not int:
        return False
    return one[1] >= 0
