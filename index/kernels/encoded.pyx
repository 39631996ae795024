"""JSON text of objects, by what is declared of them: as dictionaries of them, encoded by orjson."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Realloc
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy


cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size)
    void PyErr_Clear()
    long long PyLong_AsLongLongAndOverflow(object number, int *overflow) except? -1


cdef enum:
    PLAIN, OBJECT, ARRAY, MAPPING, TEXT, TRANSLATED

cdef enum:
    DEEPEST = 100

KINDS = {
    "plain": PLAIN,
    "object": OBJECT,
    "array": ARRAY,
    "mapping": MAPPING,
    "text": TEXT,
    "translated": TRANSLATED,
}

cdef extern from *:
    """
    #define WARTA_ONES UINT64_C(0x0101010101010101)
    """
    const uint64_t ONES "WARTA_ONES"


cdef class Form:
    """How values of a type are written; None is always null.

    ``plain``: as they are. ``object``: the ``members``. ``array`` and ``mapping``: their items as
    ``inner``, keys as ``str``. ``text``: what ``function`` makes of them. ``translated``: what
    their ``in_language`` says. Raises KeyError for another kind, TypeError where its part is
    missing, and ValueError for more than a hundred forms within each other.
    """

    cdef int kind
    cdef int depth
    cdef Form inner
    cdef Member first
    cdef object function

    def __cinit__(self, str kind not None, *, Form inner=None, members=(), function=None):
        cdef Member one
        self.kind = KINDS[kind]
        members = tuple(members)
        self.depth = 1 if inner is None else inner.depth + 1
        self.inner = inner
        self.function = function
        if (self.kind == ARRAY or self.kind == MAPPING) and inner is None:
            raise TypeError("what its items are is missing")
        if self.kind == TEXT and function is None:
            raise TypeError("what makes texts is missing")
        for one in members:
            if one is None or one.placed:
                raise TypeError("a member is needed that stands nowhere else")
            self.depth = max(self.depth, one.form.depth + 1)
        if len(set(members)) < len(members):
            raise TypeError("a member stands twice")
        if self.depth > DEEPEST:
            raise ValueError("too many forms within each other")
        for one in reversed(members):
            one.placed = True
            one.next, self.first = self.first, one


cdef class Member:
    """A member of an object: its name, the attribute that has it, and its form.

    Where ``key`` is not None the attribute is a mapping, whose entry it is. One that may be
    ``omitted`` is so where it is false; raises TypeError for one that is neither ``plain`` nor an
    ``array``, as what is written of it may be empty where it is not.
    """

    cdef bytes name
    cdef str attribute
    cdef Form form
    cdef object key
    cdef bint omitted
    cdef bint placed
    cdef Member next

    def __cinit__(
        self, bytes name not None, str attribute not None, Form form not None, key, bint omitted
    ):
        if omitted and form.kind != PLAIN and form.kind != ARRAY:
            raise TypeError("only a plain value or an array may be omitted")
        self.name = name + b":"
        self.attribute = attribute
        self.form = form
        self.key = key
        self.omitted = omitted


cdef class Output:
    """Bytes that are written one after the other."""

    cdef char *bytes
    cdef Py_ssize_t size
    cdef Py_ssize_t room
    cdef object language
    cdef object others

    def __dealloc__(self):
        PyMem_Free(self.bytes)

    cdef int need(self, Py_ssize_t more) except -1:
        """Have room for so many bytes more."""
        cdef Py_ssize_t room
        cdef char *found
        if more <= self.room - self.size:
            return 0
        room = 2 * self.room + more + 4096
        found = <char *>PyMem_Realloc(self.bytes, <size_t>room)
        if found == NULL:
            raise MemoryError
        self.bytes, self.room = found, room
        return 0

    cdef int whole(self, bytes found) except -1:
        cdef char *text = NULL
        cdef Py_ssize_t size = 0
        PyBytes_AsStringAndSize(found, &text, &size)
        return self.put(text, size)

    cdef int put(self, const char *text, Py_ssize_t size) except -1:
        self.need(size)
        memcpy(self.bytes + self.size, text, <size_t>size)
        self.size += size
        return 0

    cdef int byte(self, char one) except -1:
        self.need(1)
        self.bytes[self.size] = one
        self.size += 1
        return 0

    cdef int string(self, object text) except -1:
        """In quotation marks, with what may not stand between them escaped."""
        cdef Py_ssize_t size = 0, at = 0
        cdef const char *found
        cdef char *into
        cdef uint64_t eight
        found = PyUnicode_AsUTF8AndSize(text, &size)
        if found == NULL:  # no string, or one with half of a pair of surrogates
            PyErr_Clear()
            return self.other(text)
        self.need(6 * size + 2)
        into = self.bytes + self.size
        into[0] = c'"'
        into += 1
        while at < size:
            if at + 8 <= size:
                memcpy(&eight, found + at, 8)
                if not to_escape(eight):
                    memcpy(into, &eight, 8)
                    into += 8
                    at += 8
                    continue
            into = escaped(<uint8_t>found[at], into)
            at += 1
        into[0] = c'"'
        self.size = into + 1 - self.bytes
        return 0

    cdef int other(self, object value) except -1:
        """As the encoder that was given writes it."""
        return self.whole(self.others(value))

    cdef int plain(self, object value) except -1:
        cdef int overflow = 0
        cdef long long number
        kind = type(value)
        if kind is str:
            return self.string(value)
        if value is True:
            return self.put(b"true", 4)
        if value is False:
            return self.put(b"false", 5)
        if kind is int:
            number = PyLong_AsLongLongAndOverflow(value, &overflow)
            if overflow == 0 and 0 <= number < 1000000000:
                return self.number(<uint32_t>number)
        return self.other(value)

    cdef int number(self, uint32_t number) except -1:
        cdef char[10] digits
        cdef int first = 10
        while True:
            first -= 1
            digits[first] = <char>(c"0" + number % 10)
            number //= 10
            if number == 0:
                break
        return self.put(digits + first, 10 - first)

    cdef int value(self, Form form, object value) except -1:
        if value is None:
            return self.put(b"null", 4)
        if form.kind == PLAIN:
            return self.plain(value)
        if form.kind == OBJECT:
            return self.object(form, value)
        if form.kind == ARRAY:
            return self.array(form.inner, value)
        if form.kind == MAPPING:
            return self.mapping(form.inner, value)
        if form.kind == TEXT:
            return self.string(form.function(value))
        return self.string(value.in_language(self.language))

    cdef int object(self, Form form, object value) except -1:
        cdef Member member = form.first
        cdef object before = None, found = None, one
        cdef bint some = False
        self.byte(c"{")
        while member is not None:
            if member.attribute is not before:  # else it is another entry of the same mapping
                before, found = member.attribute, getattr(value, member.attribute)
            one = found if member.key is None else found.get(member.key)
            if not (member.omitted and not one):
                if some:
                    self.byte(c",")
                some = True
                self.whole(member.name)
                self.value(member.form, one)
            member = member.next
        return self.byte(c"}")

    cdef int array(self, Form inner, object values) except -1:
        cdef bint some = False
        self.byte(c"[")
        for one in values:
            if some:
                self.byte(c",")
            some = True
            self.value(inner, one)
        return self.byte(c"]")

    cdef int mapping(self, Form inner, object entries) except -1:
        cdef bint some = False
        self.byte(c"{")
        for key, one in entries.items():
            if some:
                self.byte(c",")
            some = True
            self.string(str(key))
            self.byte(c":")
            self.value(inner, one)
        return self.byte(c"}")


cdef inline bint to_escape(uint64_t eight) noexcept:
    """Whether one of eight bytes is a control character, a quotation mark or a backslash.

    A byte with its high bit set is none of them; the carry of one that is may tell of its
    neighbour falsely, which is then looked at alone.
    """
    cdef uint64_t quotes = eight ^ (ONES * 0x22)
    cdef uint64_t slashes = eight ^ (ONES * 0x5C)
    cdef uint64_t found = (eight - ONES * 0x20) & ~eight
    found |= (quotes - ONES) & ~quotes
    found |= (slashes - ONES) & ~slashes
    return (found & (ONES * 0x80)) != 0


cdef inline char *escaped(uint8_t one, char *into) noexcept:
    """Write a byte of a string, as its escape where it needs one; where the next one goes."""
    cdef const char *digits = b"0123456789abcdef"
    cdef char short = 0
    if one >= 0x20 and one != c'"' and one != c"\\":
        into[0] = <char>one
        return into + 1
    if one == c'"' or one == c"\\":
        short = <char>one
    elif one == 8:
        short = c"b"
    elif one == 9:
        short = c"t"
    elif one == 10:
        short = c"n"
    elif one == 12:
        short = c"f"
    elif one == 13:
        short = c"r"
    into[0] = c"\\"
    if short:
        into[1] = short
        return into + 2
    memcpy(into + 1, b"u00", 3)
    into[4] = digits[one >> 4]
    into[5] = digits[one & 15]
    return into + 6


def encoded(Form form not None, value, language, others):
    """The value as JSON text in UTF-8, its texts in the language.

    None, bool, str and integers from 0 to 999,999,999 are written here, whatever else is plain by
    ``others``, a function to bytes, as are strings that UTF-8 has not. Raises what the values and
    ``others`` do.
    """
    cdef Output output = Output()
    output.language = language
    output.others = others
    output.value(form, value)
    return PyBytes_FromStringAndSize(output.bytes, output.size)
