"""What words score at the most: the tighter, the fewer documents must be scored to find the best.

A word's bounds hold for any frequencies and places of its terms. Of words that are searched for
again and again it is looked up what they score: mostly half of it.
"""

include "source.pxi"

from index.kernels.chunks cimport Chunk
from index.kernels.scored cimport Lead, Run, add_all, highest, lower_bound
from index.kernels.words cimport Word

cdef double ROUNDED = 1.0 + 1e-6  # as what it takes the place of


cdef void tighten(
    Word word, const Lead *lead, const Chunk *chunks, Py_ssize_t number, double *totals
):
    """Make a word's bounds what it scores in the best document of each segment.

    ``totals``: zeros of a chunk, before and then. Whoever reads bounds meanwhile finds the old ones
    or the new ones, and both hold.
    """
    cdef Py_ssize_t at, k, start, stop
    cdef const Chunk *chunk
    cdef double bound = 0.0
    with nogil:
        for k in range(number):
            chunk = &chunks[k]
            for at in range(word.at[chunk.segment], word.at[chunk.segment + 1]):
                limits(&word.runs[at], chunk, &start, &stop)
                add_all(&word.runs[at], lead, start, stop, chunk.start, totals)
            for at in range(word.at[chunk.segment], word.at[chunk.segment + 1]):
                limits(&word.runs[at], chunk, &start, &stop)
                bound = max(bound, highest(&word.runs[at], start, stop, chunk.start, totals))
            if chunk.last:
                word.bounds[chunk.segment] = min(word.bounds[chunk.segment], bound * ROUNDED)
                bound = 0.0


cdef void limits(
    const Run *run, const Chunk *chunk, Py_ssize_t *start, Py_ssize_t *stop
) noexcept nogil:
    """Which of a run's postings are in a chunk."""
    start[0] = lower_bound(run, 0, chunk.start) if chunk.start else 0
    stop[0] = run.length if chunk.last else lower_bound(run, start[0], chunk.stop)
