"""Sorts the tokens of a batch by term (see ``index.build.inversion``)."""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint32_t
from libc.string cimport memset


# No loop over tokens has a branch of its own: whether a document has a term again is as good as
# chance, which a processor guesses wrongly half of the time.


cdef struct Term:
    uint32_t tokens  # how many it has; then the place of its next one
    uint32_t postings  # the same of documents
    uint32_t seen  # one more than the last document that was seen with it


cdef class Sorter:
    """Sorts batch after batch. Not safe under threads.

    Keeps what it counts in, an item for each term up to the highest that it met: to make and to
    clear as much for every batch takes longer than to count.
    """

    cdef object _held
    cdef Term *_vocabulary
    cdef Py_ssize_t _terms
    cdef bint _busy

    def sort(self, const uint32_t[::1] ids not None, const int64_t[::1] counts not None):
        """The tokens of documents by term: a counting sort in two passes.

        ``ids``: (t,) of all documents' tokens, ``counts``: (n,) how many each has. Returns
        ``terms``, ``postings`` and ``occurrences``, (r,) int64, the ids that are there in ascending
        order and how many documents and tokens each has; ``numbers`` and ``frequencies``, (p,)
        uint32, of every term its documents and how often each has it; ``positions``, (t,) uint32,
        within their documents. Raises ValueError where the counts do not add up, MemoryError, and
        RuntimeError where another thread is sorting.
        """
        if ids.shape[0] >= <Py_ssize_t>1 << 32 or not _fit(counts, ids.shape[0]):
            raise ValueError("the tokens of documents do not add up")
        if self._busy:
            raise RuntimeError("another thread is sorting")
        self._busy = True
        try:
            return self._sort(ids, counts)
        except BaseException:
            # What was counted must not be there at the next call.
            if self._terms:
                memset(self._vocabulary, 0, self._terms * sizeof(Term))
            raise
        finally:
            self._busy = False

    cdef tuple _sort(self, const uint32_t[::1] ids, const int64_t[::1] counts):
        cdef Py_ssize_t size = ids.shape[0], distinct, postings, rows
        self._make_room(_highest(ids) + 1)
        seen = np.empty(min(size, self._terms) + 1, np.uint32)
        cdef uint32_t[::1] seen_view = seen
        with nogil:
            distinct = _count(ids, counts, self._vocabulary, seen_view)
        seen = seen[:distinct]
        seen.sort()
        seen_view = seen
        arrays = [np.empty(distinct, np.int64) for _ in range(3)]
        cdef int64_t[::1] terms = arrays[0], of_documents = arrays[1], of_tokens = arrays[2]
        with nogil:
            postings = _begin(self._vocabulary, seen_view, terms, of_documents, of_tokens)
        arrays += [np.zeros(rows, np.uint32) for rows in (postings, postings, size)]
        cdef uint32_t[::1] numbers = arrays[3], frequencies = arrays[4], positions = arrays[5]
        with nogil:
            _place(ids, counts, self._vocabulary, numbers, frequencies, positions)
            _clear(self._vocabulary, seen_view)
        return tuple(arrays)

    cdef int _make_room(self, Py_ssize_t terms) except -1:
        if terms > self._terms:
            # All counts are zero between two calls.
            held = np.zeros(max(terms, 2 * self._terms) * 3, np.uint32)
            self._vocabulary = <Term *>_pointer(held)
            self._held, self._terms = held, held.shape[0] // 3
        return 0


cdef uint32_t *_pointer(uint32_t[::1] items) noexcept:
    return &items[0]


cdef bint _fit(const int64_t[::1] counts, Py_ssize_t size) noexcept nogil:
    """Whether documents have ``size`` tokens."""
    cdef Py_ssize_t number
    cdef int64_t left = size
    for number in range(counts.shape[0]):
        if not 0 <= counts[number] <= left:
            return False
        left -= counts[number]
    return left == 0


cdef Py_ssize_t _highest(const uint32_t[::1] ids) noexcept nogil:
    cdef uint32_t highest = 0
    cdef Py_ssize_t at
    for at in range(ids.shape[0]):
        highest = max(highest, ids[at])
    return highest


cdef Py_ssize_t _count(
    const uint32_t[::1] ids, const int64_t[::1] counts, Term *vocabulary, uint32_t[::1] seen
) noexcept nogil:
    """Count tokens and documents of each term; how many terms there are, which are in ``seen``."""
    cdef Py_ssize_t at = 0, distinct = 0, number, within
    cdef Term *term
    for number in range(counts.shape[0]):
        for within in range(counts[number]):
            term = vocabulary + ids[at]
            seen[distinct] = ids[at]
            distinct += term.tokens == 0
            term.tokens += 1
            term.postings += term.seen != <uint32_t>(number + 1)
            term.seen = number + 1
            at += 1
    return distinct


cdef Py_ssize_t _begin(
    Term *vocabulary,
    const uint32_t[::1] seen,
    int64_t[::1] terms,
    int64_t[::1] of_documents,
    int64_t[::1] of_tokens,
) noexcept nogil:
    """Note the counts and make places of them; how many postings there are."""
    cdef Py_ssize_t row
    cdef uint32_t token = 0, posting = 0
    cdef Term *term
    for row in range(seen.shape[0]):
        term = vocabulary + seen[row]
        terms[row], of_documents[row], of_tokens[row] = seen[row], term.postings, term.tokens
        term.seen = 0
        term.tokens, token = token, token + term.tokens
        term.postings, posting = posting, posting + term.postings
    return posting


cdef void _place(
    const uint32_t[::1] ids,
    const int64_t[::1] counts,
    Term *vocabulary,
    uint32_t[::1] numbers,
    uint32_t[::1] frequencies,
    uint32_t[::1] positions,
) noexcept nogil:
    cdef Py_ssize_t at = 0, number, within
    cdef Term *term
    for number in range(counts.shape[0]):
        for within in range(counts[number]):
            term = vocabulary + ids[at]
            positions[term.tokens] = within
            term.tokens += 1
            term.postings += term.seen != <uint32_t>(number + 1)
            term.seen = number + 1
            numbers[term.postings - 1] = number
            frequencies[term.postings - 1] += 1
            at += 1


cdef void _clear(Term *vocabulary, const uint32_t[::1] seen) noexcept nogil:
    cdef Py_ssize_t row
    cdef Term *term
    for row in range(seen.shape[0]):
        term = vocabulary + seen[row]
        term.tokens = term.postings = term.seen = 0
