"""Sorts the tokens of a batch by term (see ``index.build.inversion``)."""

include "source.pxi"

import numpy as np

from libc.stdint cimport int64_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset


# No loop over tokens has a branch of its own: whether a document has a term again is as good as
# chance, which a processor guesses wrongly half of the time. And no instruction is of every token:
# one that reads what is counted of a term waits for the one that wrote it, once that was of the
# same term, ever after; with one of eight the tokens take half the time (measured).

cdef enum:
    SPARE = 4   # bytes that are written behind the last of narrow numbers

ctypedef fused Token:
    # From the lowest bit on: its position, its document, and whether it is the first of its term.
    uint32_t
    uint64_t

cdef struct Highest:
    uint32_t document   # of those that have tokens
    uint32_t position
    uint32_t frequency

cdef struct Narrow:
    uint8_t *items
    Py_ssize_t width    # bytes of each

cdef struct Columns:
    Narrow numbers
    Narrow frequencies
    Narrow positions
    uint32_t *upto      # of each term, how many postings it has with all before it


cdef class Sorter:
    """Sorts batch after batch. Not safe under threads.

    Keeps what it counts in, a number for each term up to the highest that it met, and some beyond:
    to make and to clear as much for every batch takes longer than to count.
    """

    cdef object _held
    cdef uint32_t *_vocabulary  # of each term how many tokens it has; then the place of its next
    cdef Py_ssize_t _terms
    cdef bint _busy

    def sort(self, const uint32_t[::1] ids not None, const int64_t[::1] counts not None):
        """The tokens of documents by term: a counting sort.

        ``ids``: (t,) of all documents' tokens, ``counts``: (n,) how many each has. Returns
        ``terms``, ``postings`` and ``occurrences``, (r,) uint32, the ids that are there in
        ascending order and how many documents and tokens each has; ``numbers`` and ``frequencies``,
        (p,), of every term its documents and how often each has it; ``positions``, (t,), within
        their documents. The last three are as narrow as they can be. Raises ValueError where the
        counts do not add up, MemoryError, and RuntimeError where another thread is sorting.
        """
        cdef Highest highest
        if ids.shape[0] >= <Py_ssize_t>1 << 32 or not _fit(counts, ids.shape[0], &highest):
            raise ValueError("the tokens of documents do not add up")
        if self._busy:
            raise RuntimeError("another thread is sorting")
        self._busy = True
        try:
            return self._sort(ids, counts, &highest)
        except BaseException:
            # What was counted must not be there at the next call.
            if self._terms:
                memset(self._vocabulary, 0, self._terms * sizeof(uint32_t))
            raise
        finally:
            self._busy = False

    cdef tuple _sort(self, const uint32_t[::1] ids, const int64_t[::1] counts, Highest *highest):
        cdef Py_ssize_t size = ids.shape[0], distinct, postings
        cdef int shift = _bits(highest.position)
        cdef bint are_short = shift + _bits(highest.document) < 32
        cdef Columns into
        self._make_room(_above(ids))
        seen = np.empty(min(size, self._terms) + 1, np.uint32)
        cdef uint32_t[::1] terms = seen
        with nogil:
            distinct = _count(ids, self._vocabulary, &terms[0])
        terms = found = np.sort(seen[:distinct])
        occurrences, upto = np.empty(distinct + 1, np.uint32), np.empty(distinct + 1, np.uint32)
        cdef uint32_t[::1] of_tokens = occurrences, of_postings = upto
        tokens = np.empty(size + 1, np.uint32 if are_short else np.uint64)
        cdef uint8_t[::1] room = tokens.view(np.uint8)
        numbers = narrow(&into.numbers, size, highest.document)
        positions = narrow(&into.positions, size, highest.position)
        # Of these one byte nearly always is enough, which is seen when they are there.
        frequencies = narrow(&into.frequencies, size, 0)
        into.upto = &of_postings[0]
        with nogil:
            if are_short:
                _place(ids, counts, self._vocabulary, terms, &of_tokens[0], shift, <uint32_t *>&room[0])
                postings = _gather(<uint32_t *>&room[0], size, shift, &into, &highest.frequency)
            else:
                _place(ids, counts, self._vocabulary, terms, &of_tokens[0], shift, <uint64_t *>&room[0])
                postings = _gather(<uint64_t *>&room[0], size, shift, &into, &highest.frequency)
        if highest.frequency > 0xFF:
            frequencies = narrow(&into.frequencies, size, highest.frequency)
            with nogil:
                if are_short:
                    _gather(<uint32_t *>&room[0], size, shift, &into, &highest.frequency)
                else:
                    _gather(<uint64_t *>&room[0], size, shift, &into, &highest.frequency)
        return (
            found,
            np.diff(upto[:distinct], prepend=np.uint32(0)),
            occurrences[:distinct],
            numbers[:postings].copy(),
            frequencies[:postings].copy(),
            positions,
        )

    cdef int _make_room(self, Py_ssize_t terms) except -1:
        if terms > self._terms:
            # All counts are zero between two calls.
            held = np.zeros(terms, np.uint32)
            self._vocabulary = _pointer(held)
            self._held, self._terms = held, held.shape[0]
        return 0


cdef uint32_t *_pointer(uint32_t[::1] items) noexcept:
    return &items[0]


cdef object narrow(Narrow *into, Py_ssize_t size, uint32_t highest):
    """Room for numbers of up to ``highest``: an array of their narrowest type."""
    into.width = 1 if highest < 1 << 8 else 2 if highest < 1 << 16 else 4
    room = np.empty(size * into.width + SPARE, np.uint8)
    cdef uint8_t[::1] items = room
    into.items = &items[0]
    return room[: size * into.width].view((np.uint8, np.uint16, np.uint32)[into.width >> 1])


cdef int _bits(uint32_t number) noexcept nogil:
    cdef int bits = 0
    while bits < 32 and number >> bits:     # a shift by 32 is not defined
        bits += 1
    return bits


cdef bint _fit(const int64_t[::1] counts, Py_ssize_t size, Highest *highest) noexcept nogil:
    """Whether documents have ``size`` tokens, fewer than 2**32; the highest of them."""
    cdef Py_ssize_t number
    cdef int64_t left = size
    highest.document = highest.position = highest.frequency = 0
    for number in range(counts.shape[0]):
        if not 0 <= counts[number] <= left:
            return False
        left -= counts[number]
        if counts[number]:
            highest.document = <uint32_t>number
            highest.position = max(highest.position, <uint32_t>(counts[number] - 1))
    return left == 0


cdef Py_ssize_t _above(const uint32_t[::1] ids) noexcept nogil:
    """A power of two that is above all ids, and at most twice the highest."""
    cdef uint32_t together = 0
    cdef Py_ssize_t at
    for at in range(ids.shape[0]):
        together |= ids[at]
    return <Py_ssize_t>1 << _bits(together)


cdef inline Py_ssize_t counted(uint32_t id, uint32_t *vocabulary, uint32_t *seen) noexcept nogil:
    """Count a token and note its term as the next that is seen; 1 if it is, and 0 if it was."""
    cdef uint32_t before = vocabulary[id]
    seen[0] = id
    vocabulary[id] = before + 1
    return before == 0


cdef Py_ssize_t _count(const uint32_t[::1] ids, uint32_t *vocabulary, uint32_t *seen) noexcept nogil:
    """Count the tokens of each term; how many terms there are, which are in ``seen``."""
    cdef Py_ssize_t at = 0, distinct = 0, size = ids.shape[0]
    while at + 8 <= size:
        distinct += counted(ids[at], vocabulary, seen + distinct)
        distinct += counted(ids[at + 1], vocabulary, seen + distinct)
        distinct += counted(ids[at + 2], vocabulary, seen + distinct)
        distinct += counted(ids[at + 3], vocabulary, seen + distinct)
        distinct += counted(ids[at + 4], vocabulary, seen + distinct)
        distinct += counted(ids[at + 5], vocabulary, seen + distinct)
        distinct += counted(ids[at + 6], vocabulary, seen + distinct)
        distinct += counted(ids[at + 7], vocabulary, seen + distinct)
        at += 8
    while at < size:
        distinct += counted(ids[at], vocabulary, seen + distinct)
        at += 1
    return distinct


cdef inline void put(uint32_t id, uint32_t *vocabulary, Token *tokens, Token token) noexcept nogil:
    """Put a token to the next place of its term."""
    cdef uint32_t place = vocabulary[id]
    vocabulary[id] = place + 1
    tokens[place] = token


cdef void _place(
    const uint32_t[::1] ids, const int64_t[::1] counts, uint32_t *vocabulary,
    const uint32_t[::1] terms, uint32_t *occurrences, int shift, Token *tokens,
) noexcept nogil:
    """Put every token to those of its term. Nothing is counted any more then."""
    cdef Py_ssize_t row, number, at = 0, stop
    cdef uint32_t place = 0
    cdef Token token
    for row in range(terms.shape[0]):
        occurrences[row] = vocabulary[terms[row]]
        vocabulary[terms[row]] = place
        place += occurrences[row]
    for number in range(counts.shape[0]):
        token = <Token>number << shift
        stop = at + counts[number]
        while at + 8 <= stop:
            put(ids[at], vocabulary, tokens, token)
            put(ids[at + 1], vocabulary, tokens, token + 1)
            put(ids[at + 2], vocabulary, tokens, token + 2)
            put(ids[at + 3], vocabulary, tokens, token + 3)
            put(ids[at + 4], vocabulary, tokens, token + 4)
            put(ids[at + 5], vocabulary, tokens, token + 5)
            put(ids[at + 6], vocabulary, tokens, token + 6)
            put(ids[at + 7], vocabulary, tokens, token + 7)
            at += 8
            token += 8
        while at < stop:
            put(ids[at], vocabulary, tokens, token)
            at += 1
            token += 1
    place = 0
    for row in range(terms.shape[0]):
        tokens[place] |= <Token>1 << (8 * sizeof(Token) - 1)
        place += occurrences[row]
        vocabulary[terms[row]] = 0


cdef Py_ssize_t _gather(
    const Token *tokens, Py_ssize_t size, int shift, Columns *into, uint32_t *highest
) noexcept nogil:
    """The columns of tokens in their order; how many postings there are, and of the most tokens."""
    cdef Py_ssize_t at, row = -1, postings = 0
    cdef Token first = <Token>1 << (8 * sizeof(Token) - 1), token
    cdef Token mask = (<Token>1 << shift) - 1
    cdef uint32_t document, position, before = 0, frequency = 0, most = 0
    cdef bint is_first, is_new
    # What is narrow is written with zeros behind it, where the next one will be.
    cdef Py_ssize_t of_number = into.numbers.width, of_position = into.positions.width
    cdef Py_ssize_t of_frequency = into.frequencies.width
    cdef uint8_t *numbers = into.numbers.items - of_number
    cdef uint8_t *frequencies = into.frequencies.items - of_frequency
    cdef uint8_t *positions = into.positions.items
    cdef uint32_t *upto = into.upto
    for at in range(size):
        token = tokens[at]
        is_first = token >= first
        document = <uint32_t>((token & ~first) >> shift)
        position = <uint32_t>(token & mask)
        is_new = is_first | (document != before)
        before = document
        row += is_first
        postings += is_new
        numbers += of_number & -<Py_ssize_t>is_new
        frequencies += of_frequency & -<Py_ssize_t>is_new
        frequency = (frequency & (<uint32_t>is_new - 1)) + 1
        most = max(most, frequency)
        memcpy(numbers, &document, sizeof(uint32_t))
        memcpy(frequencies, &frequency, sizeof(uint32_t))
        memcpy(positions, &position, sizeof(uint32_t))
        positions += of_position
        upto[row] = <uint32_t>postings
    highest[0] = most
    return postings
