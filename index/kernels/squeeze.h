/* Texts without white space and capitals, by 64 bytes at once where the processor can, else by 16. */

#ifndef WARTA_SQUEEZE_H
#define WARTA_SQUEEZE_H

#include <stddef.h>
#include <stdint.h>

enum { WARTA_TEXT = 64 };

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

static int warta_squeeze_is_wide(void) {
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
}

static int warta_squeeze_there(void) {
    return warta_squeeze_is_wide() ||
           (__builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("popcnt"));
}

/* Write ASCII in small letters and without white space, as far as 64 bytes can be read and none is
   beyond ASCII; how many bytes were read. ``into`` has room for 64 more than ``kept``, what is kept. */
__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt,bmi")))
static size_t warta_squeeze_wide(
    const uint8_t *text, size_t size, uint8_t *into, size_t *kept
) {
    const __m512i space = _mm512_set1_epi8(' '), capital = _mm512_set1_epi8('A');
    const __m512i tab = _mm512_set1_epi8(9), part = _mm512_set1_epi8(28);
    size_t at = 0, left = 0;
    while (size - at >= WARTA_TEXT) {
        __m512i bytes = _mm512_loadu_si512(text + at);
        uint64_t others = _mm512_movepi8_mask(bytes), stay;
        uint64_t large = _mm512_cmplt_epu8_mask(
            _mm512_sub_epi8(bytes, capital), _mm512_set1_epi8(26));
        stay = ~(_mm512_cmpeq_epi8_mask(bytes, space) |
                 _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, tab), _mm512_set1_epi8(5)) |
                 _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, part), _mm512_set1_epi8(4)));
        if (others) {
            stay &= (others & -others) - 1;
        }
        bytes = _mm512_mask_add_epi8(bytes, large, bytes, space);
        _mm512_storeu_si512(into + left, _mm512_maskz_compress_epi8(stay, bytes));
        left += (size_t)__builtin_popcountll(stay);
        if (others) {
            at += (size_t)__builtin_ctzll(others);
            break;
        }
        at += WARTA_TEXT;
    }
    *kept = left;
    return at;
}

/* Where each byte that stays goes: of eight bytes, by the bits of those that stay. */
static void warta_squeeze_write_table(uint64_t *table) {
    int bits, byte, to;
    for (bits = 0; bits < 256; bits++) {
        table[bits] = 0;
        for (byte = 0, to = 0; byte < 8; byte++) {
            if (bits >> byte & 1) {
                table[bits] |= (uint64_t)byte << (8 * to);
                to++;
            }
        }
    }
}

/* The same as far as 16 bytes can be read. */
__attribute__((target("sse4.1,popcnt")))
static size_t warta_squeeze_half(
    const uint8_t *text, size_t size, uint8_t *into, size_t *kept, const uint64_t *table
) {
    const __m128i space = _mm_set1_epi8(' '), other = _mm_set1_epi8(8);
    size_t at = 0, left = 0;
    while (size - at >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text + at));
        unsigned others = (unsigned)_mm_movemask_epi8(bytes), stay, first;
        /* Bytes beyond ASCII are negative here, and within no bounds. */
#define WARTA_BETWEEN(low, high)                                                     \
    _mm_and_si128(                                                                   \
        _mm_cmpgt_epi8(bytes, _mm_set1_epi8((low) - 1)),                             \
        _mm_cmplt_epi8(bytes, _mm_set1_epi8((high) + 1)))
        __m128i white = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, space), _mm_or_si128(WARTA_BETWEEN(9, 13), WARTA_BETWEEN(28, 31)));
        __m128i small = _mm_or_si128(bytes, _mm_and_si128(WARTA_BETWEEN('A', 'Z'), space));
#undef WARTA_BETWEEN
        stay = ~(unsigned)_mm_movemask_epi8(white) & 0xffff;
        if (others) {
            stay &= (others & -others) - 1;
        }
        first = stay & 0xff;
        _mm_storel_epi64(
            (__m128i *)(into + left),
            _mm_shuffle_epi8(small, _mm_cvtsi64_si128((long long)table[first])));
        left += (size_t)__builtin_popcount(first);
        _mm_storel_epi64(
            (__m128i *)(into + left),
            _mm_shuffle_epi8(
                small, _mm_add_epi8(_mm_cvtsi64_si128((long long)table[stay >> 8]), other)));
        left += (size_t)__builtin_popcount(stay >> 8);
        if (others) {
            at += (size_t)__builtin_ctz(others);
            break;
        }
        at += 16;
    }
    *kept = left;
    return at;
}

/* The same by 64 bytes or by 16; ``table`` by ``warta_squeeze_write_table``. */
static inline size_t warta_squeeze(
    const uint8_t *text, size_t size, uint8_t *into, size_t *kept, const uint64_t *table
) {
    if (warta_squeeze_is_wide()) {
        return warta_squeeze_wide(text, size, into, kept);
    }
    return warta_squeeze_half(text, size, into, kept, table);
}

#else

static void warta_squeeze_write_table(uint64_t *table) { (void)table; }

static int warta_squeeze_there(void) { return 0; }

static size_t warta_squeeze(
    const uint8_t *text, size_t size, uint8_t *into, size_t *kept, const uint64_t *table
) {
    (void)text;
    (void)size;
    (void)into;
    (void)table;
    *kept = 0;
    return 0;
}

#endif
#endif
