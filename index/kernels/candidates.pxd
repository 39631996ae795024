from libc.stdint cimport int32_t, uint8_t, uint64_t

from index.kernels.postings cimport Field, Lookup, Place
from index.kernels.words cimport Words

cdef struct Run:
    # The postings of a stem in one segment, and its positions.
    Py_ssize_t segment
    const uint8_t *documents
    const uint8_t *times        # NULL where all are 1
    const uint8_t *first        # NULL where a field does not say how early the term stands
    const uint8_t *positions
    Py_ssize_t start
    Py_ssize_t stop
    Py_ssize_t first_position
    Py_ssize_t last_position
    int width
    int times_width
    int first_width
    int positions_width
    const uint8_t *seen         # which blocks of the positions were verified
    int shift

cdef struct Both:
    # Two stems, the second so many tokens behind the first, and what that is worth.
    Py_ssize_t first
    Py_ssize_t second
    Py_ssize_t step
    double worth

cdef class Sought:
    cdef Words scorer
    cdef Lookup lookup
    cdef Run *runs
    cdef Py_ssize_t *ends       # where the runs of each stem end
    cdef Both *pairs
    cdef Py_ssize_t stems
    cdef Py_ssize_t together
    cdef Py_ssize_t segments
    cdef Py_ssize_t *bases      # the scorer's
    cdef readonly Py_ssize_t terms
    cdef readonly Py_ssize_t postings
    cdef list _stems            # their texts, until they are found
    cdef int _begin(self, Words scorer, Lookup lookup, Py_ssize_t most) except -1
    cdef int add(self, str first, str second, Py_ssize_t step, double worth) except -1
    cdef int find(self) except -1
    cdef Py_ssize_t look_up(self, str text, Py_ssize_t *at) except -1
    cdef int have(self, Run *run, Field field, const Place *place) except -1
    cdef int lift(
        self, const int32_t *documents, Py_ssize_t count, tuple words, double tolerance,
        double *rows, double *reached,
    ) except -1
    cdef int give(
        self, tuple words, const int32_t *documents, Py_ssize_t count, double *given
    ) except -1
    cdef object misfit(self)
    cdef int fill(
        self, const int32_t *documents, Py_ssize_t count, uint64_t *bits, double *rows,
        double *reached,
    ) except -2 nogil
    cdef int open(
        self, const Run *run, const int32_t *documents, Py_ssize_t count, uint64_t *into
    ) except -2 nogil

cdef Sought pairs_for(Words scorer, Lookup lookup, Py_ssize_t most)
cdef void lift_held(
    double *scores, const uint8_t *leading, Py_ssize_t size, const Py_ssize_t *places,
    const uint8_t *held, Py_ssize_t count, double part, uint8_t *apart, double *gained,
) noexcept nogil
