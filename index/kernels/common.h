/* The next number that two ascending runs of 32 bits have in common. Where they are merged, every step
   waits for what the one before it read; eight numbers are compared with eight at once instead. */

#ifndef WARTA_COMMON_H
#define WARTA_COMMON_H

#include <stddef.h>
#include <stdint.h>

/* Move ``one`` and ``two`` there, which are places in the same numbers, below ``stop`` and ``end``;
   whether there is one. */
static inline int warta_next_merged(
    const uint32_t *numbers, ptrdiff_t *one, ptrdiff_t stop, ptrdiff_t *two, ptrdiff_t end
) {
    ptrdiff_t left = *one, right = *two;
    int found = 0;
    while (left < stop && right < end) {
        uint32_t first = numbers[left], second = numbers[right];
        if (first == second) {
            found = 1;
            break;
        }
        left += first < second;
        right += second < first;
    }
    *one = left;
    *two = right;
    return found;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

__attribute__((target("avx2,bmi")))
static int warta_next_of_eight(
    const uint32_t *numbers, ptrdiff_t *one, ptrdiff_t stop, ptrdiff_t *two, ptrdiff_t end
) {
    const __m256i turn = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0);
    ptrdiff_t left = *one, right = *two;
    while (left + 8 <= stop && right + 8 <= end) {
        __m256i some = _mm256_loadu_si256((const __m256i *)(numbers + left));
        __m256i others = _mm256_loadu_si256((const __m256i *)(numbers + right));
        __m256i same = _mm256_cmpeq_epi32(some, others);
        uint32_t last = numbers[left + 7], last_other = numbers[right + 7];
        for (int turned = 1; turned < 8; turned++) {
            others = _mm256_permutevar8x32_epi32(others, turn);
            same = _mm256_or_si256(same, _mm256_cmpeq_epi32(some, others));
        }
        unsigned bits = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(same));
        if (bits) {
            left += (ptrdiff_t)_tzcnt_u32(bits);
            while (numbers[right] != numbers[left]) {
                right++;
            }
            *one = left;
            *two = right;
            return 1;
        }
        left += last <= last_other ? 8 : 0;
        right += last_other <= last ? 8 : 0;
    }
    *one = left;
    *two = right;
    return warta_next_merged(numbers, one, stop, two, end);
}

static inline int warta_next_common(
    const uint32_t *numbers, ptrdiff_t *one, ptrdiff_t stop, ptrdiff_t *two, ptrdiff_t end
) {
    return __builtin_cpu_supports("avx2") ? warta_next_of_eight(numbers, one, stop, two, end)
                                          : warta_next_merged(numbers, one, stop, two, end);
}
#else
static inline int warta_next_common(
    const uint32_t *numbers, ptrdiff_t *one, ptrdiff_t stop, ptrdiff_t *two, ptrdiff_t end
) {
    return warta_next_merged(numbers, one, stop, two, end);
}
#endif
#endif
