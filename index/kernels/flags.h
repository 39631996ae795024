/* A byte a document: which of a query's words it has, and whether these are all of them. */

#ifndef WARTA_FLAGS_H
#define WARTA_FLAGS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <emmintrin.h>
#define WARTA_WIDE __attribute__((target("avx2")))
#endif

enum {
    WARTA_BLOCK = 128   /* documents whose number fits a byte */
};

/* Write 2 where marks have all bits that are needed, else 1 where they have any of some, and 0.
   ``strict``: 0 where none has all, else 1. Adds up how many have all, and how many some. */
static inline __attribute__((always_inline)) void warta_states_of(
    const uint8_t *marks, uint8_t *states, size_t length, uint8_t need, uint8_t any_of,
    uint8_t strict, uint32_t *complete, uint32_t *partial
) {
    for (size_t start = 0; start < length; start += WARTA_BLOCK) {
        size_t end = length - start < WARTA_BLOCK ? length : start + WARTA_BLOCK;
        uint8_t all = 0, some = 0;
        for (size_t at = start; at < end; at++) {
            uint8_t state = (uint8_t)(((marks[at] & need) == need) & strict);
            uint8_t other = (uint8_t)(((marks[at] & any_of) != 0) & (state ^ 1));
            states[at] = (uint8_t)(state << 1 | other);
            all = (uint8_t)(all + state);
            some = (uint8_t)(some + other);
        }
        *complete += all;
        *partial += some;
    }
}

/* How many marks have a bit. */
static inline __attribute__((always_inline)) size_t warta_having_of(
    const uint8_t *marks, size_t length, uint8_t bit
) {
    size_t found = 0;
    for (size_t start = 0; start < length; start += WARTA_BLOCK) {
        size_t end = length - start < WARTA_BLOCK ? length : start + WARTA_BLOCK;
        uint8_t part = 0;
        for (size_t at = start; at < end; at++) {
            part = (uint8_t)(part + ((marks[at] & bit) != 0));
        }
        found += part;
    }
    return found;
}

#ifdef WARTA_WIDE
WARTA_WIDE static inline void warta_states_wide(
    const uint8_t *marks, uint8_t *states, size_t length, uint8_t need, uint8_t any_of,
    uint8_t strict, uint32_t *complete, uint32_t *partial
) {
    warta_states_of(marks, states, length, need, any_of, strict, complete, partial);
}

WARTA_WIDE static inline size_t warta_having_wide(const uint8_t *marks, size_t length, uint8_t bit) {
    return warta_having_of(marks, length, bit);
}
#endif

static inline void warta_states(
    const uint8_t *marks, uint8_t *states, size_t length, uint8_t need, uint8_t any_of,
    uint8_t strict, uint32_t *complete, uint32_t *partial
) {
#ifdef WARTA_WIDE
    if (__builtin_cpu_supports("avx2")) {
        warta_states_wide(marks, states, length, need, any_of, strict, complete, partial);
        return;
    }
#endif
    warta_states_of(marks, states, length, need, any_of, strict, complete, partial);
}

static inline size_t warta_having(const uint8_t *marks, size_t length, uint8_t bit) {
#ifdef WARTA_WIDE
    if (__builtin_cpu_supports("avx2")) {
        return warta_having_wide(marks, length, bit);
    }
#endif
    return warta_having_of(marks, length, bit);
}

/* Write the places of bytes that have one of the wanted bits, counted from ``first``; their number. */
static inline size_t warta_places(
    const uint8_t *states, size_t length, uint8_t wanted, uint32_t first, uint32_t *places
) {
    size_t at = 0, count = 0;
#ifdef WARTA_WIDE
    const __m128i bits = _mm_set1_epi8((char)wanted), none = _mm_setzero_si128();
    for (; at + 16 <= length; at += 16) {
        __m128i some = _mm_and_si128(_mm_loadu_si128((const __m128i *)(states + at)), bits);
        unsigned left = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(some, none)) ^ 0xFFFFu;
        while (left) {
            places[count++] = first + (uint32_t)at + (uint32_t)__builtin_ctz(left);
            left &= left - 1;
        }
    }
#endif
    for (; at < length; at++) {
        if (states[at] & wanted) {
            places[count++] = first + (uint32_t)at;
        }
    }
    return count;
}

#endif
