"""Objects of which most slots have their defaults: the compiled form of an ``__init__``.

Of a question few fields are given. An ``__init__`` of Python's sets all of them one by one and then
looks at all; here an object is filled where its slots are, and nobody looks at what is sure to be right.
"""

include "source.pxi"

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject, PyTypeObject
from cpython.ref cimport Py_INCREF

from index.kernels.slotted cimport in_tuple, slots_of, word_of

cdef extern from "Python.h":
    PyTypeObject *Py_TYPE(object one)
    Py_ssize_t PyUnicode_GetLength(object text) except -1
    long long PyLong_AsLongLongAndOverflow(object number, int *beyond) except? -1
    PyObject *PyDict_GetItemWithError(dict some, object key) except? NULL   # borrowed

cdef enum Sure:
    NEVER       # but for the default
    ALWAYS
    NUMBER      # whole, and within bounds
    TEXT        # whose length is within them

cdef struct Field:
    Py_ssize_t word     # of an object
    PyObject *default   # borrowed; what makes it, where it is made anew
    bint anew
    Sure sure
    Py_ssize_t least
    Py_ssize_t most


@cython.no_gc_clear     # as fields borrow from ``defaults``
@cython.final
cdef class Init:
    """The ``__init__`` of a class with slots, which stands in the class under that name.

    ``names``: of all its fields, which are its slots; those that may be given come first, and ``sure``
    has an item for each: None where any value is right, False where the default alone is sure to be,
    else a range, in which a whole number is, or a text's length where the default is a text. Where
    anything else is given ``__post_init__`` is called. ``defaults``: the value of each field;
    where ``anew`` says so, what makes one. ``witness()`` gives the function that does the same in
    Python; it is asked wherever arguments do not fit, and says so, and of objects of other classes.

    Raises TypeError for a class that has other slots, or more than slots; ValueError where the tuples
    do not go together. Shared by threads.
    """

    cdef object kind
    cdef object witness
    cdef tuple defaults
    cdef dict places        # of the fields that may be given
    cdef Field *fields
    cdef Py_ssize_t size
    cdef Py_ssize_t given
    cdef bint checks        # whether there is a ``__post_init__``

    def __cinit__(
        self, kind not None, tuple names not None, tuple defaults not None, tuple anew not None,
        tuple sure not None, witness not None,
    ):
        cdef Py_ssize_t at
        cdef list slots = slots_of(kind, names)
        self.kind, self.witness, self.defaults = kind, witness, defaults
        self.size, self.given = len(names), len(sure)
        if len(defaults) != self.size or len(anew) != self.size or self.given > self.size:
            raise ValueError("each field has a default")
        self.checks = hasattr(kind, "__post_init__")
        self.places = {names[at]: at for at in range(self.given)}
        self.fields = <Field *>PyMem_Calloc(self.size + 1, sizeof(Field))
        if self.fields == NULL:
            raise MemoryError
        for at in range(self.size):
            self.fields[at].word = word_of(slots[at], kind)
            self.fields[at].default = in_tuple(defaults, at)
            self.fields[at].anew = anew[at]
            if at < self.given:
                set_sure(&self.fields[at], sure[at], defaults[at])

    def __dealloc__(self):
        PyMem_Free(self.fields)

    def __get__(self, one, kind):
        # Of the class it is the function in Python, which tells its signature.
        cdef Bound bound
        if one is None:
            return self.witness()
        bound = Bound.__new__(Bound)
        bound.init, bound.one = self, one
        return bound

    cdef bint fill(self, object one, tuple args, dict given) except -1:
        """Fill an object; whether that was done. What was not done the witness does."""
        cdef PyObject **words = <PyObject **><PyObject *>one
        cdef PyObject *place
        cdef Py_ssize_t at, filled = 0
        cdef bint sure = True
        cdef Field *field
        if <PyObject *>Py_TYPE(one) != <PyObject *>self.kind or len(args) > self.given:
            return False
        for at in range(len(args)):
            filled += put(words, &self.fields[at], in_tuple(args, at), &sure)
        for name, value in given.items():
            place = PyDict_GetItemWithError(self.places, name)
            if place == NULL:
                return False
            filled += put(words, &self.fields[<Py_ssize_t><object>place], <PyObject *>value, &sure)
        if filled < len(args) + len(given):     # one is given twice, or was filled before
            return False
        for at in range(self.size):
            field = &self.fields[at]
            if words[field.word] == NULL:
                if field.anew:
                    made = (<object>field.default)()
                    if words[field.word] != NULL:   # it was filled meanwhile
                        return False
                    set_to(words, field.word, <PyObject *>made)
                else:
                    set_to(words, field.word, field.default)
                filled += 1
        if filled < self.size:
            return False
        if self.checks and not sure:
            one.__post_init__()
        return True


@cython.final
cdef class Bound:
    """An ``__init__`` of an object, as ``Init`` makes it: fills it as the witness does.

    Raises what that and ``__post_init__`` raise.
    """

    cdef Init init
    cdef object one

    def __call__(self, *args, **given):
        if self.init is None:
            raise TypeError("nobody but an Init makes it")
        if not self.init.fill(self.one, args, given):
            self.init.witness()(self.one, *args, **given)


cdef int set_sure(Field *field, told, default) except -1:
    """Say which values of a field are sure to be right."""
    if told is None:
        field.sure = ALWAYS
    elif type(told) is range:
        if told.step != 1:
            raise ValueError("values are sure in a range of all numbers")
        field.sure = TEXT if type(default) is str else NUMBER
        field.least, field.most = told.start, told.stop - 1
    elif told is False:
        field.sure = NEVER
    else:
        raise TypeError("a value is sure by a range, always or never")
    return 0


cdef inline void set_to(PyObject **words, Py_ssize_t word, PyObject *value) noexcept:
    Py_INCREF(<object>value)
    words[word] = value


cdef inline bint put(PyObject **words, Field *field, PyObject *value, bint *sure) except -1:
    """Set a slot that has no value; whether it had none. What is not sure makes all not ``sure``."""
    if words[field.word] != NULL:
        return False
    set_to(words, field.word, value)
    if field.sure != ALWAYS and (field.anew or value != field.default):
        sure[0] = sure[0] and is_sure(field, <object>value)
    return True


cdef bint is_sure(const Field *field, value) except -1:
    """Whether a value that is not the default is sure to be right."""
    cdef long long number
    cdef int beyond = 0
    if field.sure == TEXT and type(value) is str:
        number = PyUnicode_GetLength(value)
    elif field.sure == NUMBER and type(value) is int:
        number = PyLong_AsLongLongAndOverflow(value, &beyond)
    else:
        return False
    return beyond == 0 and field.least <= number <= field.most
