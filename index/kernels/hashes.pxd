"""Hashes of strings that begin from a secret, so that no text can have many of one slot."""

from libc.stdint cimport int64_t, uint8_t, uint64_t
from libc.string cimport memcpy

cdef enum:
    SPARE = 8   # bytes that must be readable behind a string

# The primes of xxHash64 (Collet, Y.), as odd multipliers of a multiplicative hash.
cdef inline uint64_t mixed(uint64_t low, uint64_t high) noexcept nogil:
    cdef uint64_t hash = low * <uint64_t>0x9E3779B185EBCA87
    hash ^= hash >> 32
    hash = (hash + high) * <uint64_t>0xC2B2AE3D27D4EB4F
    hash ^= hash >> 29
    return hash * <uint64_t>0x9E3779B185EBCA87


cdef inline uint64_t word_at(const uint8_t *text, int64_t length) noexcept nogil:
    """The first bytes of a string, eight at the most, as one number; eight are readable."""
    cdef uint64_t word
    memcpy(&word, text, 8)
    return word if length >= 8 else word & ((<uint64_t>1 << (8 * length)) - 1)


cdef inline uint64_t hash_of(const uint8_t *text, int64_t length, uint64_t secret) noexcept nogil:
    """The hash of a string; never 0."""
    cdef uint64_t hash = <uint64_t>length ^ secret
    while length > 8:
        hash = mixed(hash, word_at(text, 8))
        text += 8
        length -= 8
    return mixed(hash, word_at(text, length)) | 1
