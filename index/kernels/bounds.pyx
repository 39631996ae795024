"""What words score at the most: the tighter, the fewer documents must be scored to find the best.

A word's bounds hold for any frequencies and places of its terms. Of words that are searched for
again it is looked up what they score: mostly half of it.
"""

include "source.pxi"

from libc.stdint cimport uint32_t
from libc.stdlib cimport calloc, free

from index.kernels.scored cimport Lead, Run, add_all, highest
from index.kernels.words cimport Word

cdef double ROUNDED = 1.0 + 1e-6  # as what it takes the place of


cdef int tighten(Word word, const Lead *lead, const Py_ssize_t *bases) except -1:
    """Make a word's bounds what it scores in the best document of each segment.

    ``bases``: the segments' first documents, and behind the last. Whoever reads bounds meanwhile
    finds the old ones or the new ones, and both hold.
    """
    cdef Py_ssize_t segment, at, size = 0
    cdef double bound
    cdef double *totals
    for segment in range(word.segments):
        size = max(size, bases[segment + 1] - bases[segment])
    totals = <double *>calloc(size + 1, sizeof(double))
    if totals == NULL:
        raise MemoryError
    with nogil:
        for segment in range(word.segments):
            for at in range(word.at[segment], word.at[segment + 1]):
                add_all(&word.runs[at], lead, totals)
            bound = 0.0
            for at in range(word.at[segment], word.at[segment + 1]):
                bound = max(bound, highest(&word.runs[at], totals))
            bound = bound * ROUNDED
            if bound < word.bounds[segment]:
                word.bounds[segment] = bound
    free(totals)
    return 0
