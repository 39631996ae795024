"""The article of a record in whose values little or nothing has to be mended.

The compiled half of ``index.sources.lean``: it looks once at each value, and asks for those that
may have to be altered. Its witness is ``to_article``, which makes the same article and tells the
same repairs.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint32_t

from index.kernels.slotted cimport Maker, in_list
from index.kernels.tidy cimport CERTAIN, PERHAPS, Tidiness

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    MOST_FACETS = 8
    MOST_BEGINNINGS = 64
    BEGINNING = 3   # characters of what begins a text that may say that there is none


cdef class Rules:
    """What is done with values of any record. Shared by threads, which hold the GIL.

    ``kind``: the class of articles, with slots named as here and as the ``facets``. ``printed`` and
    ``beginnings``: what programs print for a text that is none, and the three small letters with
    which a phrase begins that says so; ``is_no_text`` tells of those, of ``longest_no_text``
    characters at most. ``short_name(value, facet)``: the name in a value of ``longest_name``
    characters at most, None or empty, and what was repaired. ``day(value)``: the moment of a day
    that is written in ``plain_day`` characters; it raises ``no_date`` where it is none.
    ``date(values, plan, faults)``: that of others. ``without_cut(body, faults)``: the body without
    what tells that it was cut. ``text(values, plan, field, faults)``, ``line``, ``given_id(values,
    plan, faults)`` and ``name``: the clean text of a field, empty where there is none, its one
    line, the id, and the name of a facet, of values of any kind; what they repair they add.
    ``dateline(body)``: what opens a body, None or with ``source`` and ``place``. ``assembled``: the
    article of values of which some are made of others, as ids longer than ``longest_id`` are. Raises
    TypeError for other slots, ValueError for too many of anything and
    where no facet is a ``source`` or a ``place``.
    """

    cdef Tidiness tidiness
    cdef Maker article
    cdef tuple facets
    cdef Py_ssize_t source      # which of them it is
    cdef Py_ssize_t place
    cdef frozenset printed
    cdef Py_ssize_t longest_printed     # characters
    cdef uint32_t beginnings[MOST_BEGINNINGS]
    cdef Py_ssize_t phrases             # how many of them
    cdef Py_ssize_t longest_no_text
    cdef Py_ssize_t longest_name
    cdef Py_ssize_t plain_day
    cdef Py_ssize_t longest_id
    cdef object is_no_text
    cdef object short_name
    cdef object day
    cdef object no_date
    cdef object date
    cdef object without_cut
    cdef object text
    cdef object one_line
    cdef object given_id
    cdef object name
    cdef object dateline
    cdef object assembled

    def __cinit__(
        self, Tidiness tidiness not None, kind not None, tuple facets not None, *,
        frozenset printed not None, frozenset beginnings not None, is_no_text not None,
        Py_ssize_t longest_no_text, short_name not None, Py_ssize_t longest_name, day not None,
        type no_date not None, Py_ssize_t plain_day, date not None, without_cut not None,
        text not None, line not None, given_id not None, name not None, dateline not None,
        assembled not None, Py_ssize_t longest_id,
    ):
        cdef bytes letters
        names = ("id", "title", "body", "date", "url", *facets, "derived_title")
        if len(facets) > MOST_FACETS or len(beginnings) > MOST_BEGINNINGS:
            raise ValueError("too many facets or beginnings")
        if plain_day < 8:
            raise ValueError("too short a day")
        self.tidiness, self.facets = tidiness, facets
        self.source, self.place = facets.index("source"), facets.index("place")
        self.article = Maker(kind, names, (-1,) * len(names))
        self.printed = printed
        self.longest_printed = max([len(<str?>one) for one in printed], default=0)
        for one in beginnings:
            letters = (<str?>one).encode("ascii")
            if len(letters) != BEGINNING:
                raise ValueError("a beginning has three letters")
            self.beginnings[self.phrases] = as_number(<const uint8_t *>letters)
            self.phrases += 1
        self.longest_no_text, self.longest_name = longest_no_text, longest_name
        self.plain_day, self.longest_id = plain_day, longest_id
        self.is_no_text, self.short_name = is_no_text, short_name
        self.day, self.no_date, self.date = day, no_date, date
        self.without_cut, self.dateline, self.assembled = without_cut, dateline, assembled
        self.text, self.one_line, self.given_id, self.name = text, line, given_id, name

    cdef bint says_nothing(self, str line) except -1:
        """Whether a tidy line may say that there is no text: ``is_no_text`` tells."""
        cdef Py_ssize_t size, at
        cdef const uint8_t *letters
        cdef uint32_t begins
        if len(line) > self.longest_no_text:
            return False
        if len(line) <= self.longest_printed and line in self.printed:
            return True
        letters = <const uint8_t *>PyUnicode_AsUTF8AndSize(line, &size)
        if size < BEGINNING:
            return False
        if (letters[0] | letters[1] | letters[2]) < 0x80:
            begins = as_number(letters)
            for at in range(self.phrases):
                if self.beginnings[at] == begins:
                    break
            else:
                return False
        return self.is_no_text(line)

    cdef bint is_line(self, str value) except -1:
        """Whether a value is a text on one line, and clean."""
        return self.tidiness.line(value) and not self.says_nothing(value)

    cdef bint is_plain_day(self, str value) except -1:
        """Whether a value may be a day as most are written."""
        return len(value) == self.plain_day and value[4] == "-" and value[7] == "-"

    cdef object made(self, str given, str title, str body, date, list names, url, origin):
        """The article of clean values; ``names``: those of its facets."""
        cdef PyObject *values[MOST_FACETS + 6]
        cdef Py_ssize_t at, size = len(names)
        cdef object derived = False
        article_id = given or url
        if not title or article_id is None or len(<str>article_id) > self.longest_id:
            facets = dict(zip(self.facets, names))
            return self.assembled(given, title, body, date, facets, url=url, origin=origin)
        if not (names[self.source] and names[self.place]):
            opening = self.dateline(body)
            if opening is not None:
                names[self.source] = names[self.source] or opening.source
                names[self.place] = names[self.place] or opening.place
        if url is None:
            url = origin
        values[:5] = [
            <PyObject *>article_id, <PyObject *>title, <PyObject *>body, <PyObject *>date,
            <PyObject *>url,
        ]
        for at in range(size):
            values[5 + at] = in_list(names, at)
        values[5 + size] = <PyObject *>derived
        return self.article.of(values)


cdef class Columns:
    """Where the fields of records of one shape are, best first: keys of each.

    ``facets``: the keys of each of the facets, in the order of the rules. ``alone``: no other key
    holds a part of a date. ``plan``: what tells where dates are.
    """

    cdef Rules rules
    cdef object plan
    cdef tuple bodies
    cdef tuple titles
    cdef tuple urls
    cdef tuple origins
    cdef tuple ids
    cdef tuple dates
    cdef tuple facets
    cdef bint alone

    def __cinit__(
        self, Rules rules not None, plan not None, *, tuple body not None, tuple title not None,
        tuple url not None, tuple origin not None, tuple id not None, tuple date not None,
        tuple facets not None, bint alone,
    ):
        cdef tuple keys
        if len(facets) != len(rules.facets):
            raise ValueError("each facet has its keys")
        for keys in facets:
            if keys is None:
                raise TypeError("each facet has its keys")
        self.rules, self.plan, self.alone = rules, plan, alone
        self.bodies, self.titles, self.urls, self.origins = body, title, url, origin
        self.ids, self.dates, self.facets = id, date, facets

    def article(self, values not None, list faults not None):
        """The article of a record of this shape, its repairs added to ``faults``; None without a
        body, and then they tell nothing.

        Raises KeyError for records of another shape.
        """
        cdef Rules rules = self.rules
        cdef list names = []
        cdef Py_ssize_t at
        cdef str body, line, url, given
        cdef object origin = None
        body = self._body(values, faults)
        if not body:
            return None
        line = self._line(values, self.titles, "title", faults)
        date = self._date(values, faults)
        url = self._line(values, self.urls, "url", faults)
        for at in range(len(self.facets)):
            names.append(self._name(values, rules.facets[at], <tuple>self.facets[at], faults))
        given = self._id(values, faults)
        if not url and self.origins:
            origin = self._line(values, self.origins, "origin", faults) or None
        return rules.made(given, line, body, date, names, url or None, origin)

    cdef str _body(self, values, list faults):
        """The body, empty where there is none."""
        cdef Rules rules = self.rules
        cdef int told = 0
        value = first(values, self.bodies)
        if value is None:
            return ""
        if type(value) is str:
            told = rules.tidiness.body(<str>value)
            if told == CERTAIN:
                return <str>value
        if told != PERHAPS:
            value = str.strip(rules.text(values, self.plan, "body", faults))
        return rules.without_cut(value, faults)

    cdef str _line(self, values, tuple keys, field, list faults):
        """The text of a field on one line, empty where there is none."""
        cdef Rules rules = self.rules
        value = first(values, keys)
        if value is None:
            return ""
        if type(value) is str and rules.is_line(<str>value):
            return <str>value
        return rules.one_line(values, self.plan, field, faults)

    cdef str _id(self, values, list faults):
        """The given id, empty where there is none."""
        cdef Rules rules = self.rules
        value = first(values, self.ids)
        if value is None:
            return ""
        if type(value) is int:
            return str(value)
        if type(value) is str and rules.is_line(<str>value):
            return <str>value
        return rules.given_id(values, self.plan, faults)

    cdef object _date(self, values, list faults):
        """The moment of the record, None where there is none."""
        cdef Rules rules = self.rules
        if self.alone:
            value = first(values, self.dates)
            if value is None:
                return None
            if type(value) is str and rules.is_plain_day(<str>value):
                try:
                    return rules.day(value)
                except rules.no_date:
                    pass  # to be told
        return rules.date(values, self.plan, faults)

    cdef object _name(self, values, facet, tuple keys, list faults):
        """The first name among a facet's values, None where there is none."""
        cdef Rules rules = self.rules
        for key in keys:
            value = values[key]
            if value is None:
                continue
            if type(value) is not str or len(<str>value) > rules.longest_name:
                return rules.name(values, self.plan, facet, faults)
            name, repairs = rules.short_name(value, facet)
            if repairs:
                return rules.name(values, self.plan, facet, faults)
            if name:
                return name
        return None


cdef object first(values, tuple keys):
    """The first value that is there; None where none is."""
    for key in keys:
        value = values[key]
        if value is not None and (type(value) is not str or len(<str>value)):
            return value
    return None


cdef inline uint32_t as_number(const uint8_t *letters) noexcept:
    """Three characters of ASCII, capitals as small letters."""
    return small(letters[0]) | small(letters[1]) << 8 | small(letters[2]) << 16


cdef inline uint32_t small(uint8_t letter) noexcept:
    return letter | 32 if c"A" <= letter <= c"Z" else letter
