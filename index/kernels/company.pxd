from libc.stdint cimport int32_t, int64_t, uint8_t, uint64_t

from index.kernels.postings cimport Field, Lookup

cdef struct Pairs:
    Py_ssize_t beside   # documents that have two terms, one right behind the other
    Py_ssize_t both     # that have them
    Py_ssize_t times    # how often these have either

cdef struct Prices:
    # What budgets count for two terms of a segment of which something is read, for a document that
    # is compared, and for a position; up to ``few`` documents with both are read for nothing.
    Py_ssize_t looking
    Py_ssize_t compared
    Py_ssize_t position
    Py_ssize_t few

cdef bint together_in(
    Lookup lookup, str first, str second, Py_ssize_t most, int64_t left, const Prices *prices,
    Pairs *found, int64_t *cost,
) except -1

cdef bint any_beside(
    Lookup lookup, str first, str second, Py_ssize_t most,
    Py_ssize_t *documents, Py_ssize_t *fewer,
) except -1

cdef int beside_in(
    Field field, Py_ssize_t first, Py_ssize_t second, Py_ssize_t most, const uint8_t *left_out,
    uint64_t size, int32_t *having, Pairs *pairs, bint any_, Py_ssize_t row=*, Py_ssize_t other=*,
) except -1
