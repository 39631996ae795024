"""The records of articles as JSON: the compiled form of ``stored_parts`` of ``index.stored_values``."""

include "source.pxi"

from datetime import datetime

from libc.string cimport memcpy

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    ROOM = 1024     # bytes of a record, at most
    NUMBER = 20     # digits of a size


cdef struct Record:
    char text[ROOM]
    Py_ssize_t length


def parts(article not None, tuple facets not None, utc not None, Py_ssize_t most):
    """An article's record, of fewer bytes than ``most``, and its body in UTF-8.

    ``facets``: the names of those that it may have. None where this is not told here: of a moment
    in another zone than ``utc`` or of a class of its own, of lone surrogates, of control characters
    outside of the body.
    """
    cdef Record record
    date, body = article.date, article.body
    record.length = 0
    if type(body) is not str or not body:
        return None
    try:
        text = body.encode()
        if date is None:
            put(&record, b"[{},{", 5)
        else:
            if type(date) is not datetime or date.tzinfo is not utc:
                return None
            put_date(&record, date)
        if not put_value(&record, "id", article.id) or not put_value(&record, "title", article.title):
            return None
        url = article.url
        if url is not None and not put_value(&record, "url", url):
            return None
        if article.derived_title and not put(&record, b'"derived_title":true,', 21):
            return None
        for name in facets:
            value = getattr(article, name)
            if value is not None and not put_value(&record, name, value):
                return None
    except UnicodeEncodeError:
        return None
    put(&record, b'"":[["body",', 12)
    put_number(&record, len(text))
    if not put(&record, b"]]}]", 4) or record.length >= most:
        return None
    return record.text[: record.length], text


cdef bint put(Record *record, const char *text, Py_ssize_t length) noexcept nogil:
    """Write bytes behind the others; False where there is no room, or was none."""
    if record.length + length > ROOM:
        record.length = ROOM
        return False
    memcpy(record.text + record.length, text, <size_t>length)
    record.length += length
    return record.length < ROOM


cdef int put_date(Record *record, date) except -1:
    """Write a moment as ``isoformat`` does, without its zone: that takes four times as long."""
    cdef int microsecond = date.microsecond
    put(record, b'[{"date":"', 10)
    put_digits(record, date.year, 4)
    put(record, b"-", 1)
    put_digits(record, date.month, 2)
    put(record, b"-", 1)
    put_digits(record, date.day, 2)
    put(record, b"T", 1)
    put_digits(record, date.hour, 2)
    put(record, b":", 1)
    put_digits(record, date.minute, 2)
    put(record, b":", 1)
    put_digits(record, date.second, 2)
    if microsecond:
        put(record, b".", 1)
        put_digits(record, microsecond, 6)
    put(record, b'"},{', 4)
    return 0


cdef void put_digits(Record *record, int number, int count) noexcept nogil:
    """Write the last digits of a number, so many."""
    cdef char digits[6]
    cdef int at
    for at in range(count - 1, -1, -1):
        digits[at] = <char>(c"0" + number % 10)
        number //= 10
    put(record, digits, count)


cdef bint put_value(Record *record, str name, value) except -1:
    """Write a value with its name and a comma; False where it is none that is written here."""
    if type(value) is not str:
        return False
    return (
        put_text(record, name) and put(record, b":", 1)
        and put_text(record, value) and put(record, b",", 1)
    )


cdef bint put_text(Record *record, str text) except -1:
    """Write a text in quotes."""
    cdef Py_ssize_t length, at, start = 0
    cdef const char *letters = PyUnicode_AsUTF8AndSize(text, &length)
    put(record, b'"', 1)
    for at in range(length):
        if <unsigned char>letters[at] < c" ":
            return False
        if letters[at] == c'"' or letters[at] == c"\\":
            put(record, letters + start, at - start)
            put(record, b"\\", 1)
            start = at
    put(record, letters + start, length - start)
    return put(record, b'"', 1)


cdef bint put_number(Record *record, Py_ssize_t number) noexcept nogil:
    cdef char digits[NUMBER]
    cdef int at = NUMBER
    while True:
        at -= 1
        digits[at] = <char>(c"0" + number % 10)
        number //= 10
        if not number:
            return put(record, digits + at, NUMBER - at)
