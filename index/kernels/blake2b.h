/* BLAKE2b (Saarinen, M.-J. and Aumasson, J.-P. (2015), RFC 7693) of eight texts side by side, one in
   each lane of vectors of 512 bits where the processor has these (5 times as fast as one text after the
   other), or of two of 256 bits (3 to 4 times). */

#ifndef WARTA_BLAKE2B_H
#define WARTA_BLAKE2B_H

#include <stdint.h>
#include <string.h>

enum { WARTA_LANES = 8, WARTA_ROWS = 8, WARTA_BLOCK = 128 };

static const uint64_t warta_blake2b_begin[WARTA_ROWS] = {
    UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b), UINT64_C(0x3c6ef372fe94f82b),
    UINT64_C(0xa54ff53a5f1d36f1), UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
    UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179)};

/* Begin a text in a lane of ``state``, eight rows of eight lanes, for a sum of so many bytes, no key. */
static inline void warta_blake2b_start(uint64_t *state, int lane, int bytes) {
    int row;
    for (row = 0; row < WARTA_ROWS; row++) {
        state[row * WARTA_LANES + lane] = warta_blake2b_begin[row];
    }
    state[lane] ^= UINT64_C(0x01010000) | (uint64_t)bytes;
}

/* Eight bytes of a lane's sum, those of ``row``. */
static inline void warta_blake2b_sum(const uint64_t *state, int lane, int row, uint8_t *into) {
    uint64_t word = state[row * WARTA_LANES + lane];
    int byte;
    for (byte = 0; byte < 8; byte++) {
        into[byte] = (uint8_t)(word >> (8 * byte));
    }
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

static int warta_blake2b_is_wide(void) { return __builtin_cpu_supports("avx512f"); }

static int warta_blake2b_there(void) {
    return warta_blake2b_is_wide() || __builtin_cpu_supports("avx2");
}

/* What follows is of lanes that are WIDE, eight in 512 bits, or HALF, four in 256. */

#define WARTA_WIDE_ADDED(a, b) _mm512_add_epi64(a, b)
#define WARTA_WIDE_TURNED(a, b, by) _mm512_ror_epi64(_mm512_xor_si512(a, b), by)
#define WARTA_WIDE_TURNED_32(a, b) WARTA_WIDE_TURNED(a, b, 32)
#define WARTA_WIDE_TURNED_24(a, b) WARTA_WIDE_TURNED(a, b, 24)
#define WARTA_WIDE_TURNED_16(a, b) WARTA_WIDE_TURNED(a, b, 16)
#define WARTA_WIDE_TURNED_63(a, b) WARTA_WIDE_TURNED(a, b, 63)

#define WARTA_HALF_ADDED(a, b) _mm256_add_epi64(a, b)
#define WARTA_HALF_TURNED_32(a, b) _mm256_shuffle_epi32(_mm256_xor_si256(a, b), 0xb1)
#define WARTA_HALF_TURNED_24(a, b) _mm256_shuffle_epi8(_mm256_xor_si256(a, b), by_24)
#define WARTA_HALF_TURNED_16(a, b) _mm256_shuffle_epi8(_mm256_xor_si256(a, b), by_16)
#define WARTA_HALF_TURNED_63(a, b) warta_blake2b_turned_63(_mm256_xor_si256(a, b))

__attribute__((target("avx2")))
static inline __m256i warta_blake2b_turned_63(__m256i word) {
    return _mm256_or_si256(_mm256_add_epi64(word, word), _mm256_srli_epi64(word, 63));
}

#define WARTA_MIX(OF, a, b, c, d, one, two)                                          \
    a = WARTA_##OF##_ADDED(WARTA_##OF##_ADDED(a, b), m[one]);                        \
    d = WARTA_##OF##_TURNED_32(d, a);                                                \
    c = WARTA_##OF##_ADDED(c, d); b = WARTA_##OF##_TURNED_24(b, c);                  \
    a = WARTA_##OF##_ADDED(WARTA_##OF##_ADDED(a, b), m[two]);                        \
    d = WARTA_##OF##_TURNED_16(d, a);                                                \
    c = WARTA_##OF##_ADDED(c, d); b = WARTA_##OF##_TURNED_63(b, c);
#define WARTA_ROUND(OF, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, sa, sb, sc, sd, se, sf) \
    WARTA_MIX(OF, v0, v4, v8, vc, s0, s1) WARTA_MIX(OF, v1, v5, v9, vd, s2, s3)      \
    WARTA_MIX(OF, v2, v6, va, ve, s4, s5) WARTA_MIX(OF, v3, v7, vb, vf, s6, s7)      \
    WARTA_MIX(OF, v0, v5, va, vf, s8, s9) WARTA_MIX(OF, v1, v6, vb, vc, sa, sb)      \
    WARTA_MIX(OF, v2, v7, v8, vd, sc, sd) WARTA_MIX(OF, v3, v4, v9, ve, se, sf)
#define WARTA_ROUNDS(OF)                                                             \
    WARTA_ROUND(OF, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)            \
    WARTA_ROUND(OF, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)            \
    WARTA_ROUND(OF, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)            \
    WARTA_ROUND(OF, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)            \
    WARTA_ROUND(OF, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)            \
    WARTA_ROUND(OF, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)            \
    WARTA_ROUND(OF, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)            \
    WARTA_ROUND(OF, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)            \
    WARTA_ROUND(OF, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)            \
    WARTA_ROUND(OF, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)            \
    WARTA_ROUND(OF, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)            \
    WARTA_ROUND(OF, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)

/* Take in a block of 128 bytes of each text. ``upto``: how many bytes that are with those before;
   ``last``: all bits where the text ends there, else none. */
__attribute__((target("avx512f")))
static void warta_blake2b_wide(
    uint64_t *state, const uint8_t *const *blocks, const uint64_t *upto, const uint64_t *last
) {
    __m512i m[16], v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, va, vb, vc, vd, ve, vf;
    uint64_t words[WARTA_LANES];
    int word, lane;
    for (word = 0; word < 16; word++) {
        for (lane = 0; lane < WARTA_LANES; lane++) {
            memcpy(words + lane, blocks[lane] + 8 * word, 8);
        }
        m[word] = _mm512_setr_epi64(
            (long long)words[0], (long long)words[1], (long long)words[2], (long long)words[3],
            (long long)words[4], (long long)words[5], (long long)words[6], (long long)words[7]);
    }
#define WARTA_ROW(row) _mm512_loadu_si512(state + (row) * WARTA_LANES)
#define WARTA_BEGIN(row) _mm512_set1_epi64((long long)warta_blake2b_begin[row])
#define WARTA_LET_IN(row, one, two)                                                  \
    _mm512_storeu_si512(                                                             \
        state + (row) * WARTA_LANES, _mm512_ternarylogic_epi64(WARTA_ROW(row), one, two, 0x96));
    v0 = WARTA_ROW(0); v1 = WARTA_ROW(1); v2 = WARTA_ROW(2); v3 = WARTA_ROW(3);
    v4 = WARTA_ROW(4); v5 = WARTA_ROW(5); v6 = WARTA_ROW(6); v7 = WARTA_ROW(7);
    v8 = WARTA_BEGIN(0); v9 = WARTA_BEGIN(1); va = WARTA_BEGIN(2); vb = WARTA_BEGIN(3);
    vc = _mm512_xor_si512(WARTA_BEGIN(4), _mm512_loadu_si512(upto)); vd = WARTA_BEGIN(5);
    ve = _mm512_xor_si512(WARTA_BEGIN(6), _mm512_loadu_si512(last)); vf = WARTA_BEGIN(7);
    WARTA_ROUNDS(WIDE)
    WARTA_LET_IN(0, v0, v8) WARTA_LET_IN(1, v1, v9) WARTA_LET_IN(2, v2, va) WARTA_LET_IN(3, v3, vb)
    WARTA_LET_IN(4, v4, vc) WARTA_LET_IN(5, v5, vd) WARTA_LET_IN(6, v6, ve) WARTA_LET_IN(7, v7, vf)
#undef WARTA_LET_IN
#undef WARTA_BEGIN
#undef WARTA_ROW
}

/* The same of four lanes; what is given is theirs. */
__attribute__((target("avx2")))
static void warta_blake2b_half(
    uint64_t *state, const uint8_t *const *blocks, const uint64_t *upto, const uint64_t *last
) {
    const __m256i by_24 = _mm256_setr_epi8(
        3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10,
        3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10);
    const __m256i by_16 = _mm256_setr_epi8(
        2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9,
        2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9);
    __m256i m[16], v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, va, vb, vc, vd, ve, vf;
    int word;
#define WARTA_LOAD(at) _mm256_loadu_si256((const __m256i *)(at))
    for (word = 0; word < 16; word += 4) {
        __m256i a = WARTA_LOAD(blocks[0] + 8 * word), b = WARTA_LOAD(blocks[1] + 8 * word);
        __m256i c = WARTA_LOAD(blocks[2] + 8 * word), d = WARTA_LOAD(blocks[3] + 8 * word);
        __m256i even = _mm256_unpacklo_epi64(a, b), odd = _mm256_unpackhi_epi64(a, b);
        __m256i evens = _mm256_unpacklo_epi64(c, d), odds = _mm256_unpackhi_epi64(c, d);
        m[word] = _mm256_permute2x128_si256(even, evens, 0x20);
        m[word + 1] = _mm256_permute2x128_si256(odd, odds, 0x20);
        m[word + 2] = _mm256_permute2x128_si256(even, evens, 0x31);
        m[word + 3] = _mm256_permute2x128_si256(odd, odds, 0x31);
    }
#define WARTA_ROW(row) WARTA_LOAD(state + (row) * WARTA_LANES)
#define WARTA_BEGIN(row) _mm256_set1_epi64x((long long)warta_blake2b_begin[row])
#define WARTA_LET_IN(row, one, two)                                                  \
    _mm256_storeu_si256(                                                             \
        (__m256i *)(state + (row) * WARTA_LANES),                                    \
        _mm256_xor_si256(WARTA_ROW(row), _mm256_xor_si256(one, two)));
    v0 = WARTA_ROW(0); v1 = WARTA_ROW(1); v2 = WARTA_ROW(2); v3 = WARTA_ROW(3);
    v4 = WARTA_ROW(4); v5 = WARTA_ROW(5); v6 = WARTA_ROW(6); v7 = WARTA_ROW(7);
    v8 = WARTA_BEGIN(0); v9 = WARTA_BEGIN(1); va = WARTA_BEGIN(2); vb = WARTA_BEGIN(3);
    vc = _mm256_xor_si256(WARTA_BEGIN(4), WARTA_LOAD(upto)); vd = WARTA_BEGIN(5);
    ve = _mm256_xor_si256(WARTA_BEGIN(6), WARTA_LOAD(last)); vf = WARTA_BEGIN(7);
    WARTA_ROUNDS(HALF)
    WARTA_LET_IN(0, v0, v8) WARTA_LET_IN(1, v1, v9) WARTA_LET_IN(2, v2, va) WARTA_LET_IN(3, v3, vb)
    WARTA_LET_IN(4, v4, vc) WARTA_LET_IN(5, v5, vd) WARTA_LET_IN(6, v6, ve) WARTA_LET_IN(7, v7, vf)
#undef WARTA_LET_IN
#undef WARTA_BEGIN
#undef WARTA_ROW
#undef WARTA_LOAD
}

static inline void warta_blake2b_compress(
    uint64_t *state, const uint8_t *const *blocks, const uint64_t *upto, const uint64_t *last
) {
    if (warta_blake2b_is_wide()) {
        warta_blake2b_wide(state, blocks, upto, last);
        return;
    }
    warta_blake2b_half(state, blocks, upto, last);
    warta_blake2b_half(state + 4, blocks + 4, upto + 4, last + 4);
}

#else

static int warta_blake2b_there(void) { return 0; }

static void warta_blake2b_compress(
    uint64_t *state, const uint8_t *const *blocks, const uint64_t *upto, const uint64_t *last
) {
    (void)state;
    (void)blocks;
    (void)upto;
    (void)last;
}

#endif
#endif
