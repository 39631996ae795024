/* A line of memory asked for before it is read. */

#ifndef WARTA_PREFETCH_H
#define WARTA_PREFETCH_H

/* For a compiler, a function that does nothing else has no effect: it drops calls of it, as gcc 12 does.
   So this has one that costs nothing. */
static inline void warta_prefetch_line(const void *address) {
#if defined(__GNUC__)
    __builtin_prefetch(address);
    __asm__ volatile("" : : "r"(address));
#else
    (void)address;
#endif
}

#endif
