"""Whether any document has a term, which most terms that are asked about are not in."""

from cpython.bytes cimport PyBytes_AsStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.stdint cimport uint8_t

from index.kernels.postings cimport Lookup, Place, find_in

cdef enum:
    FEW = 32    # segments


cdef inline bint any_has(Lookup lookup, const char *term, Py_ssize_t length) except -1:
    """The same of a term's bytes."""
    cdef Place few[FEW]
    cdef Place *places = few
    cdef Py_ssize_t number
    cdef bint found = False
    if lookup.segments > FEW:
        places = <Place *>PyMem_Malloc(lookup.segments * sizeof(Place))
        if places == NULL:
            raise MemoryError
    try:
        find_in(lookup, <const uint8_t *>term, length, places, is_read=False)
        for number in range(lookup.segments):
            found |= places[number].stop > places[number].start
    finally:
        if places != few:
            PyMem_Free(places)
    return found


cdef inline bint has_documents(Lookup lookup, str term) except -1:
    """Whether any has it: what is found is not kept."""
    cdef char *letters
    cdef Py_ssize_t length
    cdef bytes held = term.encode("utf-8", "surrogatepass")
    PyBytes_AsStringAndSize(held, &letters, &length)
    return any_has(lookup, letters, length)
