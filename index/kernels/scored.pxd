from libc.stdint cimport uint8_t, uint32_t, uint64_t

from index.kernels.seeking cimport Run

cdef enum:
    TOUCHED = 4     # of a document's state: something was added to its total

cdef struct Lead:
    const float *worth      # by first position, below PLACES
    float near_worth        # near times its half, and so on: what positions beyond are worth
    float near_half
    float far_worth
    float far_half

cdef inline double rounded_up(double bound) noexcept nogil:
    """What no score is more than where ``bound`` says so: float32 may round scores up."""
    return bound * (1.0 + 1e-6)

cdef inline double most_of(const Run *run, double worth) noexcept nogil:
    """What a run, not of known scores, gives a document at the most, rounded up.

    ``worth``: what that gains by how early its term stands, where the run notes that.
    """
    return rounded_up(<double>run.factor * <double>run.scale) * (
        1.0 + (worth if run.arrays.first != NULL else 0.0)
    )

cdef void mark(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks, uint8_t bit
) noexcept nogil
cdef Py_ssize_t mark_new(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *marks, uint8_t bit
) noexcept nogil
cdef Py_ssize_t add_up(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, uint32_t begin,
    uint8_t *states, uint8_t wanted, const uint8_t *marks, const uint8_t *hopeful, double *totals,
    uint32_t *touched, Py_ssize_t count
) noexcept nogil
cdef void add_among(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, uint32_t begin,
    const uint64_t *bits, double least, double *totals
) noexcept nogil
cdef void add_at(
    const Run *run, const Lead *lead, const uint32_t *documents, Py_ssize_t count, double *totals,
    uint8_t *matched
) noexcept nogil
cdef void add_where(
    const Run *run, const Lead *lead, Py_ssize_t start, Py_ssize_t stop, const uint32_t *documents,
    Py_ssize_t count, uint32_t begin, double *totals
) noexcept nogil
cdef void prefetch(const Run *run, Py_ssize_t start, Py_ssize_t stop) noexcept nogil
