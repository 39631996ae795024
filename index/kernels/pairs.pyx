"""Counts which words stand side by side, and in how many texts (see ``index.derived.pairs``).

Pairs are put together by their first word, as a counting sort does; of each first word the second
ones are counted then. Loops over tokens have no branches: whether a word is followed by another is
as good as chance.
"""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint32_t
from libc.stdlib cimport qsort

from index.kernels.prefetching cimport prefetch_line

cdef enum:
    FAR = 16    # tokens or pairs ahead, what one of which needs is asked for: it lies anywhere
    NEAR = 8


cdef struct Behind:
    uint32_t term
    uint32_t text


cdef struct Counted:
    uint32_t texts  # how many have the term behind the word that is looked at
    uint32_t seen  # one more than the last of them


def count_pairs(
    const uint32_t[::1] tokens not None,
    const int64_t[::1] starts not None,
    Py_ssize_t terms,
    Py_ssize_t fewest,
    int short,
):
    """Which of ``terms`` stand one behind the other in ``fewest`` texts or more.

    ``tokens``: (t,) one more than the number of a term, or 0 for none; ``starts``: (n + 1,) where
    each text begins there, and the end of the last. Texts whose numbers differ in the lowest
    ``short`` bits only count as one. Returns how many pairs each term begins, (terms,) int64, and
    of every pair, ascending, its second term and the texts that have it: (p,) uint32 each. Raises
    IndexError for tokens and starts that are none.
    """
    cdef Py_ssize_t found, kept
    if not _fit(tokens, starts, terms) or fewest < 1:
        raise IndexError("texts do not fit each other")
    short = min(max(short, 0), 31)
    ends_array = np.zeros(terms + 1, np.int64)
    cdef int64_t[::1] ends = ends_array
    with nogil:
        found = _count_firsts(tokens, starts, ends)
    # A place more than there are pairs, as what is none is written, too: there.
    by_first = np.empty((found + 1) * 2, np.uint32)
    cdef uint32_t[::1] sorted_ = by_first
    with nogil:
        _place(tokens, starts, short, <Behind *>&sorted_[0], ends)
    held_array = np.zeros((terms + 1) * 2, np.uint32)
    touched_array = np.empty(terms + 1, np.uint32)
    # Every text of a pair has a place of its own.
    arrays = [np.zeros(terms, np.int64), *(np.empty(found // fewest, np.uint32) for _ in range(2))]
    cdef uint32_t[::1] held = held_array, touched = touched_array
    cdef int64_t[::1] counts = arrays[0]
    cdef uint32_t[::1] seconds = arrays[1], texts = arrays[2]
    with nogil:
        kept = _count(
            <Behind *>&sorted_[0], ends, fewest, <Counted *>&held[0], touched, counts, seconds, texts
        )
    return arrays[0], arrays[1][:kept].copy(), arrays[2][:kept].copy()


cdef bint _fit(
    const uint32_t[::1] tokens, const int64_t[::1] starts, Py_ssize_t terms
) noexcept nogil:
    cdef Py_ssize_t at
    cdef uint32_t highest = 0
    cdef int64_t before = 0
    for at in range(starts.shape[0]):
        if not before <= starts[at] <= tokens.shape[0]:
            return False
        before = starts[at]
    for at in range(tokens.shape[0]):
        highest = max(highest, tokens[at])
    return 0 <= terms and <Py_ssize_t>highest <= terms and starts.shape[0] < 0x7FFFFFFF


cdef Py_ssize_t _count_firsts(
    const uint32_t[::1] tokens, const int64_t[::1] starts, int64_t[::1] ends
) noexcept nogil:
    """How many pairs each term begins; how many there are."""
    cdef Py_ssize_t number, place, found = 0
    cdef uint32_t one
    cdef bint is_pair
    for number in range(starts.shape[0] - 1):
        for place in range(starts[number], starts[number + 1] - 1):
            one = tokens[place]
            is_pair = (one != 0) & (tokens[place + 1] != 0)
            ends[one - is_pair] += is_pair
            found += is_pair
    return found


cdef inline Py_ssize_t row_of(uint32_t token) noexcept nogil:
    """Where its pairs are counted; for none any place."""
    return <Py_ssize_t>token - (token != 0)


cdef void _place(
    const uint32_t[::1] tokens,
    const int64_t[::1] starts,
    int short,
    Behind *sorted_,
    int64_t[::1] ends,
) noexcept nogil:
    """Put the pairs together by their first terms; ``ends`` then says where those of each end."""
    cdef Py_ssize_t number, place, row, none = ends.shape[0] - 1, last = tokens.shape[0] - FAR
    cdef uint32_t one, two, text
    cdef bint is_pair
    cdef int64_t begin = 0
    for row in range(ends.shape[0]):
        ends[row], begin = begin, begin + ends[row]
    for number in range(starts.shape[0] - 1):
        text = <uint32_t>((number >> short) + 1)
        for place in range(starts[number], starts[number + 1] - 1):
            if place < last:
                prefetch_line(&ends[row_of(tokens[place + FAR])])
                prefetch_line(&sorted_[ends[row_of(tokens[place + NEAR])]])
            one, two = tokens[place], tokens[place + 1]
            is_pair = (one != 0) & (two != 0)
            row = <Py_ssize_t>one - 1 if is_pair else none
            sorted_[ends[row]].term, sorted_[ends[row]].text = two - 1, text
            ends[row] += is_pair


cdef Py_ssize_t _count(
    const Behind *sorted_,
    const int64_t[::1] ends,
    Py_ssize_t fewest,
    Counted *counted,
    uint32_t[::1] touched,
    int64_t[::1] counts,
    uint32_t[::1] seconds,
    uint32_t[::1] texts,
) noexcept nogil:
    """The pairs of enough texts; how many."""
    cdef Py_ssize_t term, row = 0, found, each, kept = 0, before
    cdef Py_ssize_t last = ends[ends.shape[0] - 2] - FAR if ends.shape[0] > 1 else 0
    cdef Counted *second
    for term in range(counts.shape[0]):
        found, before = 0, kept
        while row < ends[term]:
            if row < last:
                prefetch_line(counted + sorted_[row + FAR].term)
            second = counted + sorted_[row].term
            touched[found] = sorted_[row].term
            found += second.texts == 0
            second.texts += second.seen != sorted_[row].text
            second.seen = sorted_[row].text
            row += 1
        found = _enough(counted, touched, found, fewest)
        for each in range(found):
            second = counted + touched[each]
            seconds[kept], texts[kept] = touched[each], second.texts
            second.texts = second.seen = 0
            kept += 1
        counts[term] = kept - before
    return kept


cdef Py_ssize_t _enough(
    Counted *counted, uint32_t[::1] touched, Py_ssize_t found, Py_ssize_t fewest
) noexcept nogil:
    """Put those of enough texts first, ascending, and clear the others; how many."""
    cdef Py_ssize_t each, kept = 0
    cdef uint32_t term
    for each in range(found):
        term = touched[each]
        if counted[term].texts >= fewest:
            touched[kept] = term
            kept += 1
        else:
            counted[term].texts = counted[term].seen = 0
    if kept > 1:
        qsort(&touched[0], kept, sizeof(uint32_t), _order)
    return kept


cdef int _order(const void *one, const void *two) noexcept nogil:
    cdef uint32_t first = (<const uint32_t *>one)[0], second = (<const uint32_t *>two)[0]
    return (first > second) - (first < second)
