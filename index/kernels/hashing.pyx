"""Pieces of a text as numbers, and which of them are of some bytes alone: the compiled form of
``index.segments.hashing.Blob``.

Each piece is gone through by itself, which costs the bytes of all pieces: those of a text once where
they lie side by side, but its square where every piece begins at its beginning. Running sums, as
the module has them that this compiles, cost the bytes of the text and some for each piece. The
pieces of terms are short, and so is what is read twice of them.
"""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint64_t


def numbers(
    const uint8_t[::1] text not None,
    const int64_t[::1] starts not None,
    const int64_t[::1] ends not None,
    uint64_t base,
):
    """The numbers of the pieces of a text: (k,) uint64.

    ``starts``, ``ends``: (k,), where each begins and ends. Raises ``IndexError`` where one lies
    outside the text or ends before it begins.
    """
    _require(text, starts, ends)
    found = np.empty(starts.shape[0], np.uint64)
    cdef uint64_t[::1] into = found
    cdef uint64_t number, power
    cdef Py_ssize_t piece, at
    with nogil:
        for piece in range(starts.shape[0]):
            number, power = 0, 1
            for at in range(starts[piece], ends[piece]):
                number += (text[at] + <uint64_t>1) * power
                power *= base
            into[piece] = number
    return found


def are_within(
    const uint8_t[::1] text not None,
    const int64_t[::1] starts not None,
    const int64_t[::1] ends not None,
    uint8_t first,
    uint8_t last,
):
    """Which pieces have no byte below ``first`` and none above ``last``: (k,) bool.

    Else as ``numbers``.
    """
    _require(text, starts, ends)
    found = np.empty(starts.shape[0], np.bool_)
    cdef uint8_t[::1] into = found.view(np.uint8)
    cdef uint8_t others
    cdef Py_ssize_t piece, at
    with nogil:
        for piece in range(starts.shape[0]):
            others = 0
            for at in range(starts[piece], ends[piece]):
                others |= (text[at] < first) | (text[at] > last)
            into[piece] = not others
    return found


cdef int _require(
    const uint8_t[::1] text, const int64_t[::1] starts, const int64_t[::1] ends
) except -1:
    """Raise ``IndexError`` unless all pieces lie in the text."""
    cdef Py_ssize_t piece
    cdef bint outside = ends.shape[0] != starts.shape[0]
    if outside:
        raise IndexError("the arrays do not fit each other")
    for piece in range(starts.shape[0]):
        outside |= not 0 <= starts[piece] <= ends[piece] <= text.shape[0]
    if outside:
        raise IndexError("a piece lies outside the text")
    return 0
