from libc.stdint cimport int32_t, uint8_t, uint64_t

from index.kernels.postings cimport Field, Lookup

cdef struct Pairs:
    Py_ssize_t beside   # documents that have two terms, one right behind the other
    Py_ssize_t both     # that have them
    Py_ssize_t times    # how often these have either

cdef bint any_beside(
    Lookup lookup, str first, str second, Py_ssize_t most,
    Py_ssize_t *documents, Py_ssize_t *fewer,
) except -1

cdef int beside_in(
    Field field, Py_ssize_t first, Py_ssize_t second, Py_ssize_t most, const uint8_t *left_out,
    uint64_t size, int32_t *having, Pairs *pairs, bint any_,
) except -1
