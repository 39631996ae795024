/* Sets of bits: counted by the processor's own instruction where it has one, and gathered of bytes. */

#ifndef WARTA_BITS_H
#define WARTA_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("popcnt")))
static inline size_t warta_popcount_there(const uint64_t *words, size_t number) {
    /* Four sums, as no addition waits for the one before it so. */
    size_t found = 0, second = 0, third = 0, fourth = 0, at = 0;
    for (; at + 4 <= number; at += 4) {
        found += (size_t)__builtin_popcountll(words[at]);
        second += (size_t)__builtin_popcountll(words[at + 1]);
        third += (size_t)__builtin_popcountll(words[at + 2]);
        fourth += (size_t)__builtin_popcountll(words[at + 3]);
    }
    for (; at < number; at++) {
        found += (size_t)__builtin_popcountll(words[at]);
    }
    return found + second + third + fourth;
}
#endif

/* How many bits of words are set. */
static inline size_t warta_popcount(const uint64_t *words, size_t number) {
    size_t found = 0;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("popcnt")) {
        return warta_popcount_there(words, number);
    }
#endif
    for (size_t at = 0; at < number; at++) {
        uint64_t word = words[at];
        word -= (word >> 1) & UINT64_C(0x5555555555555555);
        word = (word & UINT64_C(0x3333333333333333)) + ((word >> 2) & UINT64_C(0x3333333333333333));
        word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
        found += (size_t)((word * UINT64_C(0x0101010101010101)) >> 56);
    }
    return found;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("popcnt,bmi")))
static size_t warta_listed_there(
    const uint64_t *words, size_t number, uint32_t start, uint32_t *places
) {
    size_t found = 0;
    while (number) {
        uint8_t filled[64];
        size_t some = number < 64 ? number : 64, full = 0;
        /* Which words have any at all, told without branches, as these cannot be predicted. */
        for (size_t at = 0; at < some; at++) {
            filled[full] = (uint8_t)at;
            full += words[at] != 0;
        }
        for (size_t at = 0; at < full; at++) {
            uint64_t word = words[filled[at]];
            uint32_t begin = start + 64 * (uint32_t)filled[at];
            size_t done = 0, bits = (size_t)__builtin_popcountll(word);
            uint32_t *next = places + found;
            /* Four at once, which are more than most words have: what is too many is written over. */
            do {
                for (int each = 0; each < 4; each++) {
                    next[done + each] = begin + (uint32_t)_tzcnt_u64(word);
                    word &= word - 1;
                }
                done += 4;
            } while (done < bits);
            found += bits;
        }
        words += some, number -= some, start += 64 * (uint32_t)some;
    }
    return found;
}
#endif

/* Write which bits are set, counted from ``start``; how many. There is room for four places more. */
static inline size_t warta_listed(const uint64_t *words, size_t number, uint32_t start, uint32_t *places) {
    size_t found = 0;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi")) {
        return warta_listed_there(words, number, start, places);
    }
#endif
    for (size_t at = 0; at < number; at++, start += 64) {
        uint64_t word = words[at];
        for (; word; word &= word - 1) {
            places[found++] = start + (uint32_t)__builtin_ctzll(word);
        }
    }
    return found;
}

/* The bits of 64 bytes a word, of each whether its bit ``bit`` is set. */
static inline void warta_bits_of(const uint8_t *bytes, int bit, uint64_t *words, size_t number) {
    for (size_t at = 0; at < number; at++) {
        uint64_t word = 0;
        for (int part = 0; part < 4; part++, bytes += 16) {
#if defined(__x86_64__) && defined(__GNUC__)
            __m128i some = _mm_loadu_si128((const __m128i *)bytes);
            word |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_slli_epi16(some, 7 - bit)) << (16 * part);
#else
            for (int each = 0; each < 16; each++) {
                word |= (uint64_t)((bytes[each] >> bit) & 1) << (16 * part + each);
            }
#endif
        }
        words[at] = word;
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2")))
static void warta_gather_there(uint8_t *flags, uint64_t *words, size_t number) {
    const __m256i none = _mm256_setzero_si256();
    for (size_t at = 0; at < number; at++, flags += 64) {
        __m256i *some = (__m256i *)flags;
        uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256(some), 7));
        uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(_mm256_loadu_si256(some + 1), 7));
        _mm256_storeu_si256(some, none);
        _mm256_storeu_si256(some + 1, none);
        words[at] |= low | (uint64_t)high << 32;
    }
}
#endif

/* Set the bits of 64 flags a word, 0 or 1 each, beside those that are set. The flags are 0 then. */
static inline void warta_gather(uint8_t *flags, uint64_t *words, size_t number) {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2")) {
        warta_gather_there(flags, words, number);
        return;
    }
#endif
    for (size_t at = 0; at < number; at++) {
        uint64_t word = 0;
        for (int part = 0; part < 4; part++, flags += 16) {
#if defined(__x86_64__) && defined(__GNUC__)
            __m128i some = _mm_loadu_si128((const __m128i *)flags);
            word |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_slli_epi16(some, 7)) << (16 * part);
            _mm_storeu_si128((__m128i *)flags, _mm_setzero_si128());
#else
            for (int bit = 0; bit < 16; bit++) {
                word |= (uint64_t)flags[bit] << (16 * part + bit);
            }
            memset(flags, 0, 16);
#endif
        }
        words[at] |= word;
    }
}

#endif
