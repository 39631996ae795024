/* Texts without white space and capitals, by 64 bytes at once where the processor can. */

#ifndef WARTA_SQUEEZE_H
#define WARTA_SQUEEZE_H

#include <stddef.h>
#include <stdint.h>

enum { WARTA_TEXT = 64 };

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

static int warta_squeeze_there(void) {
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
}

/* Write ASCII in small letters and without white space, as far as 64 bytes can be read and none is
   beyond ASCII; how many bytes were read. ``into`` has room for 64 more than ``kept``, what is kept. */
__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt,bmi")))
static size_t warta_squeeze(const uint8_t *text, size_t size, uint8_t *into, size_t *kept) {
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

#else

static int warta_squeeze_there(void) { return 0; }

static size_t warta_squeeze(const uint8_t *text, size_t size, uint8_t *into, size_t *kept) {
    (void)text;
    (void)size;
    (void)into;
    *kept = 0;
    return 0;
}

#endif
#endif
