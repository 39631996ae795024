"""BLAKE2b of the pieces of a file, eight at once (see ``index.checksums``)."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint64_t
from libc.string cimport memset

from index.kernels.blake2b cimport BLOCK, LANES, ROWS, compress, is_there, put_sum, start

cdef enum:
    SUM = 16    # bytes

THERE = is_there()
"""Whether ``sums`` serves on this processor."""


def sums(data not None, Py_ssize_t size):
    """BLAKE2b-128 of each piece of ``size`` bytes of the data, one after the other.

    Raises ValueError where the pieces are not whole or ``size`` is no multiple of 128, and
    RuntimeError where this processor cannot.
    """
    cdef const uint8_t[::1] view = data
    cdef Py_ssize_t pieces, first = 0
    if size <= 0 or size % BLOCK or view.shape[0] % size:
        raise ValueError("pieces are whole")
    if not THERE:
        raise RuntimeError("the processor has no vectors of 256 bits")
    pieces = view.shape[0] // size
    found = PyBytes_FromStringAndSize(NULL, pieces * SUM)
    cdef uint8_t *into = <uint8_t *>PyBytes_AsString(found)
    with nogil:
        while first < pieces:
            sum_up(
                &view[first * size], size, min(pieces - first, <Py_ssize_t>LANES),
                into + first * SUM,
            )
            first += LANES
    return found


cdef void sum_up(
    const uint8_t *data, Py_ssize_t size, Py_ssize_t pieces, uint8_t *into
) noexcept nogil:
    """The sums of so many pieces, of which each has a lane; other lanes do what the first does."""
    cdef uint64_t state[ROWS * LANES]
    cdef uint64_t upto[LANES]
    cdef uint64_t last[LANES]
    cdef const uint8_t *blocks[LANES]
    cdef Py_ssize_t at = 0
    cdef int lane
    memset(last, 0, sizeof(last))
    for lane in range(LANES):
        start(state, lane, SUM)
    while at < size:
        for lane in range(LANES):
            blocks[lane] = data + (lane * size if lane < pieces else 0) + at
            upto[lane] = at + BLOCK
            if at + BLOCK == size:
                last[lane] = ~<uint64_t>0
        at += BLOCK
        compress(state, blocks, upto, last)
    for lane in range(pieces):
        put_sum(state, lane, 0, into + lane * SUM)
        put_sum(state, lane, 1, into + lane * SUM + 8)
