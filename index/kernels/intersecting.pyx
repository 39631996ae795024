"""Which documents of a chunk have all words of a query, a bit a document.

Where nothing is asked of what has only some of the words but how many these are, and that is mostly
so, words are sets of bits: 8 KiB a chunk, and 64 documents a step. The rarest word comes first, and
a word with far more postings than documents are left is asked about these alone.
"""

include "source.pxi"

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from index.kernels.chunks cimport ALL, CHUNK, Chunk, QueryPart, Search
from index.kernels.matching cimport limits, postings_of
from index.kernels.prefetching cimport prefetch_line
from index.kernels.seeking cimport Run, leave_others, tells

cdef extern from "bits.h":
    void warta_bits_of(const uint8_t *bytes, int bit, uint64_t *words, size_t number) nogil
    void warta_gather(uint8_t *flags, uint64_t *words, size_t number) nogil
    size_t warta_listed(const uint64_t *words, size_t number, uint32_t start, uint32_t *places) nogil
    size_t warta_popcount(const uint64_t *words, size_t number) nogil

cdef enum:
    WORDS = CHUNK >> 6
    LINE = 64
    FAR = 1024      # postings that are on their way from memory before they are read in a row
    MARKED = 24     # postings that are marked in the time of finding one document among them
    MANY = 1500     # postings that are sooner marked by a byte each, of which bits are made then

ctypedef fused number:
    uint16_t
    uint32_t


cdef inline uint64_t *bits_of(const Search *search, const Chunk *chunk) noexcept nogil:
    """The bits of what has all words in a chunk; kept until the search ends."""
    return search.all_words + (chunk - search.chunks) * WORDS


cdef inline Py_ssize_t _words(const Chunk *chunk) noexcept nogil:
    """In how many words of 64 bits a chunk's documents are."""
    return (<Py_ssize_t>chunk.stop - chunk.start + 63) >> 6


cdef void _set_bits(
    const number *documents, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint64_t *bits
) noexcept nogil:
    """Set bits a byte at a time: two documents that follow one another are seldom in one."""
    cdef uint8_t *bytes_ = <uint8_t *>bits
    cdef Py_ssize_t at
    cdef uint32_t document
    for at in range(start, stop):
        document = documents[at] - begin
        bytes_[document >> 3] |= <uint8_t>(1 << (document & 7))


cdef void _set_flags(
    const number *documents, Py_ssize_t start, Py_ssize_t stop, uint32_t begin, uint8_t *flags
) noexcept nogil:
    cdef Py_ssize_t at, end
    while start < stop:
        end = min(start + LINE // <Py_ssize_t>sizeof(number), stop)
        prefetch_line(documents + start + FAR)
        for at in range(start, end):
            flags[documents[at] - begin] = 1
        start = end


cdef void _mark(
    const QueryPart *part, const Chunk *chunk, uint64_t *bits, uint8_t *flags
) noexcept nogil:
    """Make the bits those of a word's documents in a chunk, deleted ones included.

    ``flags``: CHUNK zeros, before and then, by which many documents are marked sooner.
    """
    cdef Py_ssize_t at, start, stop
    cdef bint flagged = False
    cdef const Run *run
    memset(bits, 0, _words(chunk) * sizeof(uint64_t))
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        run = &part.runs[at]
        if not tells(run):
            continue
        limits(run, chunk, &start, &stop)
        if stop - start > MANY:
            flagged = True
            if run.arrays.document_width == 2:
                _set_flags(<const uint16_t *>run.documents, start, stop, chunk.start, flags)
            else:
                _set_flags(<const uint32_t *>run.documents, start, stop, chunk.start, flags)
        elif run.arrays.document_width == 2:
            _set_bits(<const uint16_t *>run.documents, start, stop, chunk.start, bits)
        else:
            _set_bits(<const uint32_t *>run.documents, start, stop, chunk.start, bits)
    if flagged:
        warta_gather(flags, bits, _words(chunk))


cdef void _pass(const uint8_t *flags, const Chunk *chunk, uint64_t *bits) noexcept nogil:
    """Clear the bits of documents whose flags, 0 or 1 of each of the index, are not set."""
    cdef Py_ssize_t at, length = chunk.stop - chunk.start, k
    cdef uint64_t eight, passing
    flags += chunk.begin
    for at in range(length >> 6):
        passing = 0
        for k in range(8):
            memcpy(&eight, flags + (at << 6) + (k << 3), 8)
            passing |= ((eight * <uint64_t>0x0102040810204080) >> 56) << (k << 3)
        bits[at] &= passing
    if length & 63:
        at = length >> 6
        passing = 0
        for k in range(length & 63):
            passing |= <uint64_t>flags[(at << 6) + k] << k
        bits[at] &= passing


cdef Py_ssize_t _ask(
    Search *search, const Chunk *chunk, const QueryPart *part, uint64_t *bits
) noexcept nogil:
    """Clear the bits of documents that do not have a word, by asking each; how many these are."""
    cdef Py_ssize_t at, start, stop, longest = -1, most = -1
    cdef Py_ssize_t count = _listed(bits, chunk, search.wanted)
    cdef uint32_t document
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        if not tells(&part.runs[at]):
            continue
        limits(&part.runs[at], chunk, &start, &stop)
        if stop - start > most:
            longest, most = at, stop - start
    # What most have first: few are left for the others.
    if longest >= 0:
        count = _without(search, chunk, part, longest, count)
    for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
        if at != longest and tells(&part.runs[at]):
            count = _without(search, chunk, part, at, count)
    for at in range(count):
        document = search.wanted[at] - chunk.start
        bits[document >> 6] &= ~(<uint64_t>1 << (document & 63))
    return count


cdef Py_ssize_t _without(
    Search *search, const Chunk *chunk, const QueryPart *part, Py_ssize_t at, Py_ssize_t count
) noexcept nogil:
    """Leave those of the ``wanted`` that a word's run does not have; their number."""
    cdef Py_ssize_t start, stop
    limits(&part.runs[at], chunk, &start, &stop)
    return leave_others(&part.runs[at], start, stop, search.wanted, count)


cdef Py_ssize_t _listed(
    const uint64_t *bits, const Chunk *chunk, uint32_t *documents
) noexcept nogil:
    """The documents whose bits are set, ascending; how many they are."""
    return warta_listed(bits, _words(chunk), chunk.start, documents)


cdef void intersect(Search *search, Chunk *chunk, Py_ssize_t *having) noexcept nogil:
    """Say of each document of a chunk whether it has all words, and count what has only some.

    ``having`` grows by how many live documents have each word that nobody counted.
    """
    cdef Py_ssize_t at, place, number, words = _words(chunk), left = -1, postings
    cdef QueryPart *part
    cdef uint64_t *all_words = bits_of(search, chunk)
    cdef uint64_t *plane = search.plane
    cdef uint64_t *some = search.plane + WORDS
    cdef bint loose = False
    # The rarest first.
    for at in range(search.number):
        postings, place = postings_of(&search.parts[at], chunk, False), at
        while place and search.postings[place - 1] > postings:
            search.order[place] = search.order[place - 1]
            search.postings[place] = search.postings[place - 1]
            place -= 1
        search.order[place], search.postings[place] = at, postings
    for at in range(search.number):
        number = search.order[at]
        part = &search.parts[number]
        if not (part.strict or part.loose or part.uncounted):
            continue
        if left >= 0 and not (part.loose or part.uncounted):
            if left == 0:
                continue
            if left * MARKED < search.postings[at]:
                left -= _ask(search, chunk, part, all_words)
                continue
        _mark(part, chunk, plane, search.chosen)
        if search.live != NULL:
            _pass(search.live, chunk, plane)
        if part.uncounted:
            having[number] += warta_popcount(plane, words)
        if part.loose:
            if loose:
                for place in range(words):
                    some[place] |= plane[place]
            else:
                memcpy(some, plane, words * sizeof(uint64_t))
            loose = True
        if part.strict:
            if left < 0:
                memcpy(all_words, plane, words * sizeof(uint64_t))
                if search.mask != NULL:
                    _pass(search.mask, chunk, all_words)
            elif left:
                for place in range(words):
                    all_words[place] &= plane[place]
            if left:
                left = warta_popcount(all_words, words)
    chunk.complete, chunk.partial = <uint32_t>left, 0
    if loose:
        for place in range(words):
            some[place] &= ~all_words[place]
        if search.mask != NULL:
            _pass(search.mask, chunk, some)
        chunk.partial = <uint32_t>warta_popcount(some, words)


cdef uint64_t *with_all(Search *search, const Chunk *chunk, Py_ssize_t *count) noexcept nogil:
    """The bits of the documents of a chunk that have all words, which are moved to ``wanted``.

    ``count``: how many they are; they ascend.
    """
    cdef uint64_t *all_words = bits_of(search, chunk)
    cdef const uint8_t *states = search.states + chunk.begin
    cdef Py_ssize_t length = chunk.stop - chunk.start, at
    if not search.by_bits:
        warta_bits_of(states, ALL >> 1, all_words, length >> 6)
        if length & 63:
            all_words[length >> 6] = 0
        for at in range(length & ~63, length):
            all_words[at >> 6] |= <uint64_t>(states[at] >> (ALL >> 1) & 1) << (at & 63)
    count[0] = _listed(all_words, chunk, search.wanted)
    return all_words
