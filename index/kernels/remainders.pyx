"""Sets of terms as bits, one for each remainder of a term as a number: the compiled form of
``search.local.reading.remainders``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsStringAndSize
from libc.stdint cimport uint8_t, uint64_t

from index.kernels.ascii cimport SHORT
from index.kernels.unaligned cimport bound


def cuts(bytes bits not None, uint64_t prime, bytes word not None):
    """Places in ``word`` whose end may be in the set, ascending: ``(place, beginning)``.

    ``beginning``: whether what stands before may be in the set too. ``bits``: a bit for each
    remainder by ``prime``, the lowest first. Raises ``IndexError`` where there are too few bits.
    """
    cdef uint8_t beginning[SHORT]
    cdef char *letters
    cdef char *set_
    cdef Py_ssize_t at, length, size
    PyBytes_AsStringAndSize(word, &letters, &length)
    PyBytes_AsStringAndSize(bits, &set_, &size)
    need_bits(size, prime)
    look(set_, prime, <const uint8_t *>letters, length, beginning)
    return [(at, beginning[at] == 2) for at in range(1, length) if beginning[at]]


def mark(
    uint8_t[::1] bits not None, uint64_t prime, const uint8_t[::1] texts not None,
    const uint8_t[::1] ends not None, int width, const uint8_t[::1] postings not None, int of_postings,
    Py_ssize_t most,
):
    """Put terms of ``texts`` into the set: those of more than ``most`` postings.

    ``bits`` keep their size meanwhile: a bytearray is locked. ``ends``: where each term begins and
    the last one ends, as bytes of numbers of ``width`` bytes; ``postings``: where its postings do,
    of ``of_postings`` bytes. Of terms longer than 32 bytes the first 32 count. Raises
    ``IndexError`` where there are too few bits, or a term is outside the texts.
    """
    cdef Py_ssize_t ordinal, start, stop, terms, first, last = 0, size = bits.shape[0]
    cdef uint64_t number, high
    cdef const uint8_t *text = NULL
    cdef const uint8_t *bounds = NULL
    cdef const uint8_t *places = NULL
    cdef bint sound = True
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 24:
        raise IndexError("there are too few bits")
    if width not in (1, 2, 4, 8) or of_postings not in (1, 2, 4, 8):
        raise IndexError("there are no such numbers")
    if texts.shape[0]:
        text = &texts[0]
    if ends.shape[0]:
        bounds = &ends[0]
    terms = ends.shape[0] // width - 1
    if terms < 0 or postings.shape[0] // of_postings != terms + 1:
        raise IndexError("there are not as many terms")
    if postings.shape[0]:
        places = &postings[0]
        last = bound(places, of_postings, 0)
    high = (<uint64_t>1 << 63) % prime * 2 % prime  # 2**64
    with nogil:
        for ordinal in range(terms):
            first, last = last, bound(places, of_postings, ordinal + 1)
            if last - first <= most:
                continue
            start, stop = bound(bounds, width, ordinal), bound(bounds, width, ordinal + 1)
            if not 0 <= start <= stop <= texts.shape[0]:
                sound = False
                break
            number = remainder_of(text + start, min(stop - start, <Py_ssize_t>SHORT), prime, high)
            bits[number >> 3] |= 1 << (number & 7)
    if not sound:
        raise IndexError("a term is outside the texts")
