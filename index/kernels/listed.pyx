"""What lists of hits show of documents, from their stored records: no dictionary in between.

The compiled twin of ``index.segments.records`` and ``index.build.stored_values`` for the records
that Warta writes of articles. Of any other record nothing is told, and those are asked.
"""

include "source.pxi"

from datetime import datetime

from cpython.bytes cimport PyBytes_FromStringAndSize

import orjson

from index.kernels.sections cimport View

cdef object loads = orjson.loads
cdef object moment_of = datetime.fromisoformat


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

    def __cinit__(self, texts, places, tuple facets not None, str bulky not None, latest):
        self.texts = View(texts)
        self.places = View(places)
        if self.texts.width != 1:
            raise TypeError("a section of bytes is needed")
        self.facets = facets
        self.bulky = bulky
        self.latest = latest

    def get(self, Py_ssize_t number):
        """Id, title, date in UTC or None, address or None, and facets of a document, or None.

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
        return (values["id"], values["title"], date, values.get("url"), facets), size


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
