/* CRC-32 of ISO 3309 (zlib's) by carry-less multiplication, where the processor has it.

   Gopal, V. et al. (2009), "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
   Instruction", Intel. Four lanes of 128 bits are folded at once, then one, then reduced as Barrett
   does; the constants are those of the reflected polynomial 0xEDB88320 in that paper. */

#ifndef WARTA_CRC32_H
#define WARTA_CRC32_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

static int warta_crc32_there(void) {
    return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
}

#define WARTA_FOLD(lane, by, next)                                                   \
    _mm_xor_si128(                                                                   \
        _mm_xor_si128(_mm_clmulepi64_si128(lane, by, 0x00), _mm_clmulepi64_si128(lane, by, 0x11)), \
        next)

/* ``size``: at least 64, a multiple of 16. ``state``: the complement of the sum so far, as is what
   is returned. */
__attribute__((target("pclmul,sse4.1")))
static uint32_t warta_crc32_folded(const uint8_t *data, size_t size, uint32_t state) {
    const __m128i by_four = _mm_set_epi64x(0x01c6e41596, 0x0154442bd4);
    const __m128i by_one = _mm_set_epi64x(0x00ccaa009e, 0x01751997d0);
    const __m128i to_64 = _mm_set_epi64x(0, 0x0163cd6124);
    const __m128i barrett = _mm_set_epi64x(0x01f7011641, 0x01db710641);
    const __m128i low = _mm_setr_epi32(~0, 0, ~0, 0);
    const __m128i *at = (const __m128i *)data;
    __m128i a = _mm_xor_si128(_mm_loadu_si128(at), _mm_cvtsi32_si128((int)state));
    __m128i b = _mm_loadu_si128(at + 1);
    __m128i c = _mm_loadu_si128(at + 2);
    __m128i d = _mm_loadu_si128(at + 3);
    __m128i rest;
    at += 4;
    size -= 64;
    for (; size >= 64; size -= 64, at += 4) {
        a = WARTA_FOLD(a, by_four, _mm_loadu_si128(at));
        b = WARTA_FOLD(b, by_four, _mm_loadu_si128(at + 1));
        c = WARTA_FOLD(c, by_four, _mm_loadu_si128(at + 2));
        d = WARTA_FOLD(d, by_four, _mm_loadu_si128(at + 3));
    }
    a = WARTA_FOLD(a, by_one, b);
    a = WARTA_FOLD(a, by_one, c);
    a = WARTA_FOLD(a, by_one, d);
    for (; size >= 16; size -= 16, at += 1) {
        a = WARTA_FOLD(a, by_one, _mm_loadu_si128(at));
    }
    a = _mm_xor_si128(_mm_srli_si128(a, 8), _mm_clmulepi64_si128(a, by_one, 0x10));
    rest = _mm_srli_si128(a, 4);
    a = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(a, low), to_64, 0x00), rest);
    rest = _mm_clmulepi64_si128(_mm_and_si128(a, low), barrett, 0x10);
    rest = _mm_clmulepi64_si128(_mm_and_si128(rest, low), barrett, 0x00);
    return (uint32_t)_mm_extract_epi32(_mm_xor_si128(a, rest), 1);
}

#else

static int warta_crc32_there(void) { return 0; }

static uint32_t warta_crc32_folded(const uint8_t *data, size_t size, uint32_t state) {
    (void)data;
    (void)size;
    return state;
}

#endif
#endif
