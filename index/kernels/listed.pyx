"""What lists of hits show of documents, from their stored records: no dictionary in between.

The compiled twin of ``index.segments.records`` and ``index.build.stored_values`` for the records
that Warta writes of articles. Of any other record nothing is told, and those are asked.
"""

include "source.pxi"

from datetime import datetime
from html import escape

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memcmp

import orjson

from index.kernels.sections cimport View

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
    MOST_FACETS = 16
    MOST_DIGITS = 15

cdef enum:          # kinds of them
    ABSENT
    NOTHING
    TEXT
    TRUTH

cdef struct Value:
    int kind
    Py_ssize_t start
    Py_ssize_t stop

cdef struct Key:
    char *letters
    Py_ssize_t length

cdef tuple NAMES = (b"id", b"title", b"url", b"derived_title", b"date", b"body")


cdef class Listed:
    """Records of a segment's documents: ``texts``, bytes, and ``places``, where each begins.

    ``facets``: what the value of each is known by, and its name in records; ``bulky``: under which
    a record says what of it stands elsewhere; ``latest``: no moment is later.
    """

    cdef View texts
    cdef View places
    cdef tuple facets
    cdef str bulky
    cdef object latest
    cdef tuple _names               # bytes, in the order of their numbers
    cdef Key _keys[FACETS + MOST_FACETS]
    cdef Key _bulky
    cdef Py_ssize_t _known

    def __cinit__(self, texts, places, tuple facets not None, str bulky not None, latest):
        self.texts = View(texts)
        self.places = View(places)
        if self.texts.width != 1:
            raise TypeError("a section of bytes is needed")
        self.facets = facets
        self.bulky = bulky
        self.latest = latest
        if len(facets) > MOST_FACETS:
            raise ValueError("so many facets are too many")
        self._names = (*NAMES, *[name.encode() for _, name in facets], bulky.encode())
        self._known = len(self._names) - 1
        for at in range(self._known):
            PyBytes_AsStringAndSize(self._names[at], &self._keys[at].letters, &self._keys[at].length)
        PyBytes_AsStringAndSize(self._names[self._known], &self._bulky.letters, &self._bulky.length)

    def get(self, Py_ssize_t number):
        """Id, title, title as HTML, date in UTC, address and facets of a document, or None.

        Without a date or an address these are None.

        Raises ``FileDamaged``.
        """
        found = self._get(number)
        return None if found is None else found[0]

    def with_size(self, Py_ssize_t number):
        """What ``get`` gives, and the bytes that the document's body has elsewhere.

        None where ``get`` gives None, or where it has no body there. Raises ``FileDamaged``.
        """
        found = self._get(number)
        return None if found is None or found[1] is None else found

    cdef tuple _get(self, Py_ssize_t number):
        """What ``get`` gives, and the bytes of the body, None where it has none; or None."""
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
        return (values["id"], title, as_html(title), date, values.get("url"), facets), size

    cdef tuple _soon(self, const char *text, Py_ssize_t size):
        """The same of a record as Warta writes most; None where that takes a longer look.

        One without blanks, escapes, numbers or what is no article's.
        """
        cdef Value values[FACETS + MOST_FACETS]
        cdef Value moment, value
        cdef Py_ssize_t at = 0, start, stop, which, bytes_ = -1
        cdef bint plain
        cdef dict facets
        for which in range(self._known):
            values[which].kind = ABSENT
        moment.kind, moment.start, moment.stop = ABSENT, 0, 0
        if not follows(text, &at, size, b"[{", 2):
            return None
        if follows(text, &at, size, b'"date":"', 8):
            moment.kind, moment.start = TEXT, at
            at = string_end(text, at, size, &plain)
            moment.stop = at
            if at < 0 or not plain:
                return None
            at += 1
        if not follows(text, &at, size, b"},{", 3):
            return None
        while True:
            if not follows(text, &at, size, b'"', 1):
                return None
            start, stop = at, string_end(text, at, size, &plain)
            if stop < 0 or not plain:
                return None
            at = stop + 1
            if not follows(text, &at, size, b":", 1):
                return None
            which = self._which(text + start, stop - start)
            if which == self._known:
                bytes_ = size_at(text, &at, size)
                if bytes_ < 0:
                    return None
            else:
                plain = True
                value.kind = TRUTH
                if follows(text, &at, size, b'"', 1):
                    value.kind, value.start = TEXT, at
                    at = string_end(text, at, size, &plain)
                    value.stop = at
                    if at < 0:
                        return None
                    at += 1
                elif follows(text, &at, size, b"null", 4):
                    value.kind = NOTHING
                elif not (follows(text, &at, size, b"true", 4) or follows(text, &at, size, b"false", 5)):
                    return None
                if not plain and (which < 0 or which == BODY):
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
        for which in range(FACETS, self._known):
            if values[which].kind != ABSENT and values[which].kind != TEXT:
                return None
        try:
            date = None
            if moment.kind == TEXT:
                date = moment_of(string(text, &moment) + "+00:00")
                if date.tzinfo is None or date > self.latest:
                    return None
            facets = {}
            for which in range(FACETS, self._known):
                if values[which].kind == TEXT:
                    facets[self.facets[which - FACETS][0]] = string(text, &values[which])
            url = string(text, &values[URL]) if values[URL].kind == TEXT else None
            title = string(text, &values[TITLE])
            found = (string(text, &values[ID]), title, as_html(title), date, url, facets)
        except ValueError:  # no moment, or no UTF-8
            return None
        return found, None if bytes_ < 0 or values[BODY].kind != ABSENT else bytes_

    cdef Py_ssize_t _which(self, const char *name, Py_ssize_t length) noexcept nogil:
        """The number of a name; that of ``bulky`` behind all others, and -1 of any other."""
        cdef Py_ssize_t at
        if is_key(&self._bulky, name, length):
            return self._known
        for at in range(self._known):
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
    const char *text, Py_ssize_t at, Py_ssize_t size, bint *plain
) noexcept nogil:
    """Where the quotation mark stands behind a string; -1 where that has escapes, or none does.

    ``plain``: whether it is ASCII.
    """
    plain[0] = True
    while at < size:
        if text[at] == c'"':
            return at
        if text[at] == c"\\" or 0 <= text[at] < 32:
            return -1
        if text[at] & 0x80:
            plain[0] = False
        at += 1
    return -1


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


cdef inline str as_html(str title):
    """A title as HTML has it: most are the same there."""
    cdef Py_UCS4 letter
    for letter in title:
        if letter in (c"&", c"<", c">", c'"', c"'"):
            return escape(title)
    return title


cdef inline str string(const char *text, const Value *value):
    return PyUnicode_DecodeUTF8(text + value.start, value.stop - value.start, NULL)


cdef bint is_plain(dict values, str bulky):
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


cdef class Shelf:
    """What lists of hits show of an index's documents, kept while there is room. Shared by threads.

    ``segments``: of each a ``Listed`` or None, and of its first document the number, ascending.
    Up to ``limit`` bytes are kept, ``each`` and its texts of a document, of one up to half of them.
    Where there is no room, the colder half is forgotten: those stay that were asked for since, and
    of the others the last.
    """

    cdef list segments
    cdef dict kept
    cdef set wanted
    cdef Py_ssize_t bytes_
    cdef Py_ssize_t limit
    cdef Py_ssize_t each

    def __cinit__(self, list segments not None, Py_ssize_t limit, Py_ssize_t each):
        self.segments, self.limit, self.each = segments, limit, each
        self.kept, self.wanted = {}, set()

    def several(self, list numbers not None):
        """What ``Listed.with_size`` gives of each document; None where it is not ``put`` yet.

        Raises IndexError where there is no such document, and ``FileDamaged``.
        """
        return [self._one(number) for number in numbers]

    def put(self, number, tuple found not None):
        """Keep of a document what its ``Listed`` does not give."""
        cdef Py_ssize_t size = self._size(found)
        if size > self.limit // 2:
            return
        if self.bytes_ + size > self.limit:
            self._forget()
        self.bytes_ += size
        self.kept[number] = found

    cdef object _one(self, number):
        cdef Py_ssize_t at = len(self.segments) - 1
        cdef object found = self.kept.get(number)
        if found is not None:
            self.wanted.add(number)
            return found
        while at >= 0 and number < (<tuple?>self.segments[at])[1]:
            at -= 1
        if at < 0:
            raise IndexError("no such document")
        listed, base = <tuple>self.segments[at]
        found = None if listed is None else (<Listed?>listed).with_size(number - base)
        if found is not None:
            self.put(number, <tuple>found)
        return found

    cdef Py_ssize_t _size(self, tuple found) except -1:
        cdef tuple shown = found[0]
        cdef Py_ssize_t size = self.each + 4 * len(<str?>shown[1])
        return size if shown[4] is None else size + 4 * len(<str?>shown[4])

    cdef int _forget(self) except -1:
        # Others put in the midst of it, even within one thread: while objects are made, garbage may
        # be collected and run code. A copy of the dictionary makes none.
        cdef list every = list(self.kept.copy().items()), stay = []
        cdef Py_ssize_t size, total = 0
        cdef bint first, is_full = False
        every.reverse()
        for first in (True, False):
            for number, found in every:
                if is_full:
                    break
                if (number in self.wanted) == first:
                    size = self._size(found)
                    is_full = total + size > self.limit // 2
                    if not is_full:
                        total += size
                        stay.append((number, found))
        stay.reverse()
        self.kept, self.wanted, self.bytes_ = dict(stay), set(), total
        return 0
