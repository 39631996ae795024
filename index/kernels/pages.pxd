"""The candidates of a page, what is held among them, and the memory of both: see ``paging``."""

from cpython.buffer cimport PyBUF_C_CONTIGUOUS, PyBUF_FORMAT, PyBuffer_Release, PyObject_GetBuffer
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint8_t
from libc.string cimport memcpy

from index.kernels.holding cimport Held

cdef struct Holding:
    int32_t *documents      # a copy, ascending
    Py_ssize_t size
    double part
    bint lacks              # whether more of it may enter than the best of all have

cdef struct Candidates:
    Holding *holdings
    Py_ssize_t held_by      # how many holdings there are
    int32_t *documents      # copies, as what others wrote to them meanwhile would be read
    double *scores          # which the second stage adds to
    uint8_t *complete       # which have all words
    uint8_t *lacks          # bits of the words that each lacks
    uint8_t *marks          # 0 but for a moment
    Py_ssize_t *places      # of those that enter, ascending
    Py_ssize_t *order
    int32_t *chosen         # the documents of those that enter
    double *reached
    double *gained
    uint8_t *held
    Py_ssize_t size
    Py_ssize_t count        # how many enter


cdef inline int need_ascending(const int32_t *documents, Py_ssize_t size) except -1:
    cdef Py_ssize_t at
    cdef bint falls = False
    for at in range(1, size):
        falls |= documents[at - 1] >= documents[at]
    if falls:
        raise ValueError("documents do not ascend")
    return 0


cdef inline int take_holdings(Candidates *found, tuple holding) except -1:
    """Copy what is held, once: others may write to it, or have it another size, meanwhile."""
    cdef Py_buffer documents
    cdef Holding *one
    cdef Held held
    if not holding:
        return 0
    found.holdings = <Holding *>PyMem_Calloc(len(holding), sizeof(Holding))
    if found.holdings == NULL:
        raise MemoryError
    for each in holding:
        one = &found.holdings[found.held_by]
        if isinstance(each, Held):
            held = <Held>each
            one.part = held.part
            copy_of(found, held.rows.items, held.rows.length)
            continue
        each, one.part = each
        PyObject_GetBuffer(each, &documents, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT)
        try:
            if documents.ndim != 1 or not is_int32(&documents):
                raise ValueError("documents are numbers of 32 bits")
            copy_of(found, documents.buf, documents.shape[0])
        finally:
            PyBuffer_Release(&documents)
    return 0


cdef inline int copy_of(Candidates *found, const void *documents, Py_ssize_t size) except -1:
    """Copy the documents of the next holding, int32."""
    cdef Holding *one = &found.holdings[found.held_by]
    one.size = size
    one.documents = <int32_t *>PyMem_Malloc((size + 1) * sizeof(int32_t))
    if one.documents == NULL:
        raise MemoryError
    found.held_by += 1
    if size:
        memcpy(one.documents, documents, size * sizeof(int32_t))
    return need_ascending(one.documents, size)


cdef inline bint is_int32(const Py_buffer *some) noexcept:
    """Whether items are such numbers, in the order of this machine's bytes."""
    return (
        some.itemsize == sizeof(int32_t) and some.format != NULL
        and (some.format[0] == c"i" or some.format[0] == c"l") and some.format[1] == 0
    )


cdef inline int make_room(
    Candidates *found, Py_ssize_t size, Py_ssize_t most, Py_ssize_t stop
) except -1:
    """Make room for so many candidates, of which as many enter as ``_enter`` lets in; once."""
    cdef Py_ssize_t at, held = 0, room, ordered
    most = min(most, size)
    for at in range(found.held_by):
        held += min(found.holdings[at].size, most)
    room = min(size, most + held)
    ordered = max(room, min(stop, size))
    found.size = size
    found.scores = <double *>PyMem_Malloc(
        (size + 2 * room + 1) * sizeof(double)
        + (room + ordered + 1) * sizeof(Py_ssize_t)
        + (room + size + 1) * sizeof(int32_t)
    )
    found.marks = <uint8_t *>PyMem_Calloc(3 * size + room + 1, 1)
    if found.scores == NULL or found.marks == NULL:
        raise MemoryError
    found.reached = found.scores + size
    found.gained = found.reached + room
    found.places = <Py_ssize_t *>(found.gained + room)
    found.order = found.places + room
    found.chosen = <int32_t *>(found.order + ordered)
    found.documents = found.chosen + room
    found.held = found.marks + size
    found.complete = found.held + room
    found.lacks = found.complete + size
    return 0


cdef inline void leave_room(Candidates *found) noexcept:
    cdef Py_ssize_t at
    for at in range(found.held_by):
        PyMem_Free(found.holdings[at].documents)
    PyMem_Free(found.holdings)
    PyMem_Free(found.scores)
    PyMem_Free(found.marks)
