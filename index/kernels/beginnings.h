/* Where in a text something may begin: three characters in a row that are those of one of eight
   sets each. A set of characters is kept by the low and the high halves of their codes, so that
   more pass than should: what passes is looked at. */
#include <stdint.h>
#include <string.h>

typedef struct {
    uint8_t low[3][16];  /* by the place in the row; a bit a set */
    uint8_t high[3][16];
} Beginnings;

static inline uint64_t warta_beginnings_plain(const Beginnings *sets, const uint8_t *text)
{
    uint64_t found = 0;
    for (int at = 0; at < 64; at++) {
        uint8_t one = text[at], two = text[at + 1], three = text[at + 2];
        uint8_t here = sets->low[0][one & 15] & sets->high[0][one >> 4]
            & sets->low[1][two & 15] & sets->high[1][two >> 4]
            & sets->low[2][three & 15] & sets->high[2][three >> 4];
        found |= (uint64_t)(here != 0) << at;
    }
    return found;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("ssse3")))
static inline uint64_t warta_beginnings_shuffled(const Beginnings *sets, const uint8_t *text)
{
    const __m128i half = _mm_set1_epi8(15), none = _mm_setzero_si128();
    uint64_t found = 0;
    for (int at = 0; at < 64; at += 16) {
        __m128i here = _mm_set1_epi8(-1);
        for (int place = 0; place < 3; place++) {
            __m128i codes = _mm_loadu_si128((const __m128i *)(text + at + place));
            __m128i low = _mm_loadu_si128((const __m128i *)sets->low[place]);
            __m128i high = _mm_loadu_si128((const __m128i *)sets->high[place]);
            here = _mm_and_si128(here, _mm_shuffle_epi8(low, _mm_and_si128(codes, half)));
            codes = _mm_and_si128(_mm_srli_epi16(codes, 4), half);
            here = _mm_and_si128(here, _mm_shuffle_epi8(high, codes));
        }
        found |= (uint64_t)(uint16_t)~_mm_movemask_epi8(_mm_cmpeq_epi8(here, none)) << at;
    }
    return found;
}

/* Of 64 places a bit each; two characters more behind them are read. */
static inline uint64_t warta_beginnings(const Beginnings *sets, const uint8_t *text)
{
    return __builtin_cpu_supports("ssse3") ? warta_beginnings_shuffled(sets, text)
                                           : warta_beginnings_plain(sets, text);
}
#else
static inline uint64_t warta_beginnings(const Beginnings *sets, const uint8_t *text)
{
    return warta_beginnings_plain(sets, text);
}
#endif
