"""Sets of bytes as bits, one for each remainder by a prime: which parts of a word may be in one."""

from libc.stdint cimport uint8_t, uint32_t, uint64_t

from index.kernels.ascii cimport SHORT

ctypedef fused remainder:
    uint32_t
    uint64_t


cdef inline int need_bits(Py_ssize_t size, uint64_t prime) except -1:
    if <uint64_t>size * 8 < prime or not 0 < prime < 1 << 48:
        raise IndexError("there are too few bits")
    return 0


cdef inline int look(
    const char *bits, uint64_t prime, const uint8_t *word, Py_ssize_t length, uint8_t *found
) except -1:
    """Fill ``found`` for each place of a word: 0 for no end of the set, 2 where both are in it."""
    if length > SHORT:
        raise IndexError("the word is too long")
    if prime < 1 << 24:
        look_by(bits, <uint32_t>prime, word, length, found)
    else:
        look_by(bits, prime, word, length, found)
    return 0


cdef inline void look_by(
    const char *bits, remainder prime, const uint8_t *word, Py_ssize_t length, uint8_t *found
) noexcept nogil:
    """The same of such numbers, of which 256 times the prime is one."""
    cdef remainder before[SHORT]
    cdef remainder number = 0, power = 1
    cdef Py_ssize_t at
    for at in range(length):
        before[at] = number
        number = (number + word[at] * power) % prime
        power = power * 256 % prime
    number = 0
    for at in range(length - 1, 0, -1):
        number = (number * 256 + word[at]) % prime
        found[at] = has(bits, number) + has(bits, before[at]) if has(bits, number) else 0


cdef inline bint has(const char *bits, uint64_t place) noexcept nogil:
    return (<uint8_t>bits[place >> 3] >> (place & 7)) & 1


cdef inline uint64_t remainder_of(
    const uint8_t *text, Py_ssize_t length, uint64_t prime, uint64_t high
) noexcept nogil:
    """That of a text, its bytes as a number, the lowest first; ``high``: of 2**64."""
    cdef Py_ssize_t start, at
    cdef uint64_t word, number = 0, power = 1
    for start in range(0, length, 8):
        word = 0
        for at in range(min(start + 8, length) - 1, start - 1, -1):
            word = word << 8 | text[at]
        number = (number + word % prime * power) % prime
        power = power * high % prime
    return number
