"""Chunks of texts to their terms, text after text: what ``index.analysis.scanning`` does by arrays."""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t

import numpy as np

cdef extern from *:
    void prefetch_line "__builtin_prefetch"(const void *) nogil

cdef enum:
    AHEAD = 24  # so many chunks before their turn terms are fetched from memory


def encoded(
    const int32_t[::1] chunks not None,
    const int64_t[::1] upto not None,
    const int64_t[::1] begins not None,
    const uint8_t[::1] unless not None,
    const int32_t[::1] first not None,
    const uint32_t[:, ::1] terms not None,
    const uint8_t[::1] are_short not None,
):
    """The terms of texts and where their sentences begin, as ``encoded_by_arrays`` has it.

    What is true or not is uint8 here. Raises IndexError where numbers do not fit.
    """
    cdef Py_ssize_t found
    if terms.shape[1] != 2 or unless.shape[0] != begins.shape[0]:
        raise IndexError("a term is a stem and a surface form, and a sentence begins unless or not")
    if not _fit(upto, chunks.shape[0]) or not _fit(begins, chunks.shape[0] - 1):
        raise IndexError("the numbers of chunks do not ascend")
    if chunks.shape[0] and not (upto.shape[0] and upto[upto.shape[0] - 1] == chunks.shape[0]):
        raise IndexError("chunks are of no text")
    if begins.shape[0] and not begins[0]:
        raise IndexError("no chunk is before a sentence")
    # Another thread may alter the arrays while the results are made: see ``_encode``.
    cdef Py_ssize_t total = _total(chunks, first, are_short.shape[0], terms.shape[0])
    stems, surfaces = np.empty(total, np.uint32), np.empty(total, np.uint32)
    counts, sentences = np.empty(upto.shape[0], np.int64), np.empty(upto.shape[0], np.int64)
    inside = np.empty(begins.shape[0], np.uint32)
    cdef uint32_t[::1] stems_view = stems, surfaces_view = surfaces, inside_view = inside
    cdef int64_t[::1] counts_view = counts, sentences_view = sentences
    found = _encode(
        chunks, upto, begins, unless, first, terms, are_short,
        stems_view, surfaces_view, counts_view, sentences_view, inside_view,
    )
    if found < 0:
        raise IndexError("the arrays were altered meanwhile")
    return stems, surfaces, counts, sentences, inside[:found].copy()


cdef bint _fit(const int64_t[::1] numbers, int64_t most) noexcept nogil:
    """Whether numbers ascend from 0 on to ``most`` at the most."""
    cdef Py_ssize_t at
    cdef int64_t before = 0
    for at in range(numbers.shape[0]):
        if not before <= numbers[at] <= most:
            return False
        before = numbers[at]
    return True


cdef Py_ssize_t _total(
    const int32_t[::1] chunks, const int32_t[::1] first, Py_ssize_t known, Py_ssize_t there
) except -1:
    """How many terms chunks have, all of which are known."""
    cdef Py_ssize_t at, total = 0
    cdef int32_t place, end
    known = min(known, first.shape[0] - 1)
    for at in range(chunks.shape[0]):
        if not 0 <= chunks[at] < known:
            raise IndexError("a chunk has no terms")
        place, end = first[chunks[at]], first[chunks[at] + 1]
        if not 0 <= place <= end <= there:
            raise IndexError("a chunk has no terms")
        total += end - place
    return total


cdef Py_ssize_t _encode(
    const int32_t[::1] chunks, const int64_t[::1] upto, const int64_t[::1] begins,
    const uint8_t[::1] unless, const int32_t[::1] first, const uint32_t[:, ::1] terms,
    const uint8_t[::1] are_short, uint32_t[::1] stems, uint32_t[::1] surfaces, int64_t[::1] counts,
    int64_t[::1] sentences, uint32_t[::1] inside,
) noexcept nogil:
    """Encode texts; how many of their sentences follow another one, -1 where they do not fit.

    What is read is looked at here again, each number read once: it may have been altered since.
    """
    cdef Py_ssize_t text, chunk = 0, total = 0, sentence = 0, found = 0
    cdef Py_ssize_t stop, upon, begin, before, last, room = stems.shape[0], there = terms.shape[0]
    cdef Py_ssize_t known = min(are_short.shape[0], first.shape[0] - 1)
    cdef int32_t place, end, number = 0, ahead
    cdef const uint32_t *ids = &terms[0, 0] if terms.shape[0] else NULL
    for text in range(upto.shape[0]):
        begin = last = total
        before = found
        while True:
            stop = upon = upto[text]
            if sentence < begins.shape[0]:
                stop = min(stop, <Py_ssize_t>begins[sentence])
            if stop > chunks.shape[0]:
                return -1
            while chunk < stop:
                if chunk + AHEAD < chunks.shape[0]:
                    ahead = chunks[chunk + AHEAD]
                    if 0 <= ahead < known:
                        prefetch_line(ids + 2 * <Py_ssize_t>first[ahead])
                number = chunks[chunk]
                if not 0 <= number < known:
                    return -1
                place, end = first[number], first[number + 1]
                if not 0 <= place <= end <= there or end - place > room - total:
                    return -1
                while place < end:
                    stems[total], surfaces[total] = terms[place, 0], terms[place, 1]
                    place += 1
                    total += 1
                chunk += 1
            if stop == upon:
                break
            # A sentence that begins where a text does, or another one, is none.
            if total != last and not (unless[sentence] and are_short[number]):
                inside[found] = <uint32_t>(total - begin)
                last = total
                found += 1
            sentence += 1
        if found > before and last == total:
            found -= 1  # nothing follows
        counts[text] = total - begin
        sentences[text] = found - before
    return found if total == room else -1
