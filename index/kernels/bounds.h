/* Where several numbers stand in a row of 16 bits that ascends, and sums of bytes. */

#ifndef WARTA_BOUNDS_H
#define WARTA_BOUNDS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__) && defined(__GNUC__)
#include <emmintrin.h>

enum {
    WARTA_AT_ONCE = 256 /* numbers that are looked for together */
};

/* The first place of ``items`` whose item is not less, of each of ``wanted`` and ``base`` together, counted from
   ``low``. Eight are compared by one instruction: 0.4 of the time from two dozen numbers on. 0 where they are so
   few that it is no sooner, or anything does not fit 16 bits. */
static inline int warta_lower_bounds(
    const uint16_t *items, size_t left, const uint32_t *wanted, uint32_t base, size_t count, uint32_t low,
    uint32_t *found
) {
    const __m128i none = _mm_setzero_si128();
    uint16_t numbers[WARTA_AT_ONCE + 8], places[WARTA_AT_ONCE + 8];
    uint32_t every = 0;
    size_t at, most = (count + 7) & ~(size_t)7;
    if (count < 8 || count > WARTA_AT_ONCE || left > 0xFFFF) {
        return 0;
    }
    for (at = 0; at < count; at++) {
        every |= wanted[at] + base;
        numbers[at] = (uint16_t)(wanted[at] + base);
    }
    if (every > 0xFFFF) {
        return 0;
    }
    _mm_storeu_si128((__m128i *)(numbers + count), none);
    for (at = 0; at < most; at += 8) {
        _mm_storeu_si128((__m128i *)(places + at), none);
    }
    while (left) {
        size_t half = left > 1 ? left >> 1 : 1;
        const uint16_t *middle = items + half - 1;
        const __m128i step = _mm_set1_epi16((short)half);
        for (at = 0; at < most; at += 8) {
            const uint16_t *place = places + at;
            const __m128i some = _mm_setr_epi16(
                (short)middle[place[0]], (short)middle[place[1]], (short)middle[place[2]],
                (short)middle[place[3]], (short)middle[place[4]], (short)middle[place[5]],
                (short)middle[place[6]], (short)middle[place[7]]);
            const __m128i stay = _mm_cmpeq_epi16(
                _mm_subs_epu16(_mm_loadu_si128((const __m128i *)(numbers + at)), some), none);
            _mm_storeu_si128(
                (__m128i *)(places + at),
                _mm_add_epi16(_mm_loadu_si128((const __m128i *)place), _mm_andnot_si128(stay, step)));
        }
        left = left > 1 ? left - half : 0;
    }
    for (at = 0; at < count; at++) {
        found[at] = low + places[at];
    }
    return 1;
}

static inline uint64_t warta_sum(const uint8_t *bytes, size_t number) {
    __m128i sums = _mm_setzero_si128();
    uint64_t found = 0, half[2];
    for (; number >= 16; number -= 16, bytes += 16) {
        sums = _mm_add_epi64(
            sums, _mm_sad_epu8(_mm_loadu_si128((const __m128i *)bytes), _mm_setzero_si128()));
    }
    if (number >= 8) {
        sums = _mm_add_epi64(
            sums, _mm_sad_epu8(_mm_loadl_epi64((const __m128i *)bytes), _mm_setzero_si128()));
        number -= 8, bytes += 8;
    }
    for (; number; number--, bytes++) {
        found += *bytes;
    }
    _mm_storeu_si128((__m128i *)half, sums);
    return found + half[0] + half[1];
}

#else

static inline int warta_lower_bounds(
    const uint16_t *items, size_t left, const uint32_t *wanted, uint32_t base, size_t count, uint32_t low,
    uint32_t *found
) {
    (void)items, (void)left, (void)wanted, (void)base, (void)count, (void)low, (void)found;
    return 0;
}

static inline uint64_t warta_sum(const uint8_t *bytes, size_t number) {
    uint64_t found = 0;
    while (number--) {
        found += *bytes++;
    }
    return found;
}

#endif
#endif
